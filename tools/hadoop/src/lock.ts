// One `up` or `down` at a time for each checkout: test files run in several processes, and each may be the
// first to need a cluster. The lock is an abstract socket of Linux: the kernel frees it when its holder dies.
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 100;

/** Runs `action` while nobody else in this machine holds the lock of that name. */
export async function withLock<T>(name: string, action: () => Promise<T>): Promise<T> {
  const held = await acquire(name);
  try {
    return await action();
  } finally {
    held.close();
  }
}

async function acquire(name: string): Promise<Server> {
  for (;;) {
    const server = await listening(`\0${name}`);
    if (server !== null) return server;
    await sleep(RETRY_MS);
  }
}

/** Null when somebody else listens there. */
function listening(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}
