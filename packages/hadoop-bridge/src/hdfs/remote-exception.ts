// What HDFS says when it refuses: the class of a Java exception decides, because messages differ
// between versions and may hold a whole stack.
import type { ErrorCode } from '@lisping/core';
import * as v from 'valibot';
import { HdfsFailure, type Cure } from './failure.ts';

const RemoteException = v.object({
  RemoteException: v.object({
    exception: v.string(),
    javaClassName: v.optional(v.string()),
    message: v.optional(v.nullable(v.string())),
  }),
});

interface Meaning {
  readonly code: ErrorCode;
  readonly cure: Cure;
}

const final = (code: ErrorCode): Meaning => ({ code, cure: 'none' });

const MEANINGS = new Map<string, Meaning>([
  ['StandbyException', { code: 'LISPING_E_HDFS_STANDBY', cure: 'other' }],
  ['ObserverRetryOnActiveException', { code: 'LISPING_E_HDFS_STANDBY', cure: 'other' }],
  ['RetriableException', { code: 'LISPING_E_HDFS_STANDBY', cure: 'time' }],
  ['SafeModeException', { code: 'LISPING_E_HDFS_SAFE_MODE', cure: 'time' }],
  ['RecoveryInProgressException', { code: 'LISPING_E_HDFS', cure: 'time' }],
  ['FileNotFoundException', final('LISPING_E_HDFS_MISSING')],
  ['PathNotFoundException', final('LISPING_E_HDFS_MISSING')],
  ['FileAlreadyExistsException', final('LISPING_E_HDFS_EXISTS')],
  ['ParentNotDirectoryException', final('LISPING_E_HDFS_EXISTS')],
  ['PathIsNotEmptyDirectoryException', final('LISPING_E_HDFS_NOT_EMPTY')],
  ['InvalidPathException', final('LISPING_E_HDFS_PATH')],
  ['PathComponentTooLongException', final('LISPING_E_HDFS_PATH')],
  ['AccessControlException', final('LISPING_E_HDFS_DENIED')],
  ['AuthorizationException', final('LISPING_E_HDFS_DENIED')],
  ['AuthenticationException', final('LISPING_E_HDFS_DENIED')],
  ['SecurityException', final('LISPING_E_HDFS_DENIED')],
  ['InvalidToken', final('LISPING_E_HDFS_DENIED')],
  ['QuotaExceededException', final('LISPING_E_HDFS_QUOTA')],
  ['NSQuotaExceededException', final('LISPING_E_HDFS_QUOTA')],
  ['DSQuotaExceededException', final('LISPING_E_HDFS_QUOTA')],
  ['QuotaByStorageTypeExceededException', final('LISPING_E_HDFS_QUOTA')],
  ['MaxDirectoryItemsExceededException', final('LISPING_E_HDFS_QUOTA')],
]);

/** The failure behind an answer that is not 2xx, read from its body; null: no words of HDFS. */
export function remoteFailure(json: unknown, what: string, status: number): HdfsFailure | null {
  const parsed = v.safeParse(RemoteException, json);
  if (!parsed.success) return null;
  const { exception, message } = parsed.output.RemoteException;
  const said = firstLine(message ?? '');
  const { code, cure } = MEANINGS.get(exception) ?? unlisted(exception, said, status);
  const full = `${what}: ${exception}${said === '' ? '' : `: ${said}`}`;
  // 4xx is a refusal: nothing happened. 5xx is an accident, whatever it is called.
  return new HdfsFailure(code, full, { cure, unclear: status >= 500 });
}

/** The one thing that has no class of its own, and accidents inside the server. */
function unlisted(exception: string, message: string, status: number): Meaning {
  const isSpace = exception === 'IOException' && /could only be written to \d+ of/.test(message);
  if (isSpace) return final('LISPING_E_HDFS_SPACE');
  return { code: 'LISPING_E_HDFS', cure: status >= 500 ? 'retry' : 'none' };
}

/** Without the stack that some versions put behind the message. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').trim();
}
