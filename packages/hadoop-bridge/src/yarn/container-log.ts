// What a container wrote to standard error. While logs are not aggregated its node has them, afterwards the
// history server; the node then redirects to an address that does not exist, so that both are asked.
import { isLispingError } from '@lisping/core';
import { ask, type RestAnswer, type Service } from './rest.ts';

/** An error report is a few lines; what a job prints before it may be long. */
const TAIL_BYTES = 64 * 1024;

export interface LogPlace {
  /** `host:port` of the node's web server. */
  readonly node: string;
  readonly container: string;
}

/** The last lines; none where nobody has them any more. */
export async function standardErrorOf(
  { node, container }: LogPlace,
  historyServer: Service,
): Promise<string[]> {
  if (container === '') return [];
  const nodeManager: Service = { name: 'NodeManager', url: `http://${node}` };
  const places: [Service, string][] = [
    [nodeManager, `/ws/v1/node/containers/${container}/logs/stderr?size=-${TAIL_BYTES}`],
    [historyServer, `/ws/v1/history/containerlogs/${container}/stderr?size=-${TAIL_BYTES}`],
  ];
  for (const [service, path] of places) {
    const answer = await quietly(service, path);
    if (answer !== null) return linesOf(answer.text);
  }
  return [];
}

/** Null where there is no log: the node may be gone, which is a reason to fail, and none to stop here. */
async function quietly(service: Service, path: string): Promise<RestAnswer | null> {
  try {
    const answer = await ask(service, { path, accept: 'text/plain' });
    return answer.status === 200 ? answer : null;
  } catch (error) {
    if (isLispingError(error)) return null;
    throw error;
  }
}

/** Both wrap the log into some lines of their own. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => /^Log ?Contents:/.test(line));
  const end = lines.findLastIndex((line) => line.startsWith('End of LogType'));
  const log = lines.slice(begin + 1, end < 0 ? lines.length : end);
  return log.map((line) => line.trimEnd()).filter((line) => line !== '');
}
