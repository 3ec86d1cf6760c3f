// The NameNodes of a service, of which one is active. Which one is found out by asking; when it cannot
// answer now, the next one or the same one is asked again, for a bounded time, and what for is said.
import { HdfsFailure } from './failure.ts';
import type { Patience } from './options.ts';
import type { Server } from './server.ts';
import { createTries, pauseAfter } from './tries.ts';

export interface NameNodes {
  /** Asks until there is an answer, or until no patience is left: then the last failure is thrown. */
  ask<T>(question: Question<T>): Promise<T>;
  /** What the one last asked sent us to says that it is not active. */
  distrust(): void;
}

interface Question<T> {
  readonly put: (nameNode: Server) => Promise<T>;
  /** False: a failure that leaves open whether it happened is thrown, and not tried again. */
  readonly repeatable: boolean;
}

/** There is at least one server. */
export function nameNodesOf(
  servers: readonly [Server, ...Server[]],
  patience: Patience,
  onWait: (said: string) => void,
): NameNodes {
  let active = 0;
  const next = (): void => void (active = (active + 1) % servers.length);
  return {
    distrust: next,
    ask: async ({ put, repeatable }) => {
      const tries = createTries(patience, servers.length);
      for (;;) {
        try {
          return await put(servers[active] ?? servers[0]);
        } catch (error) {
          if (!(error instanceof HdfsFailure)) throw error;
          if (error.unclear && !repeatable) throw error;
          const pauseMs = tries.after(error);
          if (pauseMs === null) throw error;
          if (error.cure !== 'time') next();
          await pauseAfter(error, pauseMs, onWait);
        }
      }
    },
  };
}
