// How much of a directory's quota is left. Beside the port: it is asked before a job is submitted and
// nowhere else, and clusters before Hadoop 3 do not answer.
import * as v from 'valibot';
import { jsonOf } from './body.ts';
import { createClient, type Client } from './client.ts';
import { HdfsFailure } from './failure.ts';
import type { HdfsOptions } from './options.ts';

/** What is left; null where there is no quota. */
interface Quota {
  readonly names: number | null;
  /** Copies count. */
  readonly bytes: number | null;
}

export interface Quotas {
  /** Null when there is no such directory, or nobody tells. */
  of(path: string): Promise<Quota | null>;
  close(): void;
}

export function quotasAt(options: HdfsOptions): Quotas {
  const client = createClient(options);
  return { of: (path) => quotaOf(client, path), close: () => client.transport.close() };
}

async function quotaOf(client: Client, path: string): Promise<Quota | null> {
  try {
    const operation = { method: 'GET', op: 'GETQUOTAUSAGE', path, repeatable: true } as const;
    const answer = await client.ask(operation, ({ text }) => v.safeParse(ANSWER, jsonOf(text)));
    if (!answer.success) return null;
    const { quota, fileAndDirectoryCount, spaceQuota, spaceConsumed } = answer.output.QuotaUsage;
    return {
      names: quota < 0 ? null : quota - fileAndDirectoryCount,
      bytes: spaceQuota < 0 ? null : spaceQuota - spaceConsumed,
    };
  } catch (error) {
    if (error instanceof HdfsFailure && error.cure === 'none') return null;
    throw error;
  }
}

const ANSWER = v.object({
  QuotaUsage: v.object({
    quota: v.number(),
    fileAndDirectoryCount: v.number(),
    spaceQuota: v.number(),
    spaceConsumed: v.number(),
  }),
});
