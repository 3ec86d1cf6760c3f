// Free ports for the daemons that others must find. They lie below those which the kernel gives to
// connections that go out, so that none of these takes one before its daemon has started.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const FIRST = 11_000; // fetch refuses 10080, whoever listens there
const BEYOND = 30_000;

/** `count` different ports of 127.0.0.1 on which nobody listens now. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST, BEYOND);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
