// `npm run hadoop`, as people and scripts use it, on a cluster of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { HadoopCluster } from './hadoop/src/index.ts';
import { skipReason, STARTING_MS } from './hadoop/src/index.ts';
import { isAlive } from './hadoop/src/processes.ts';

const main = fileURLToPath(new URL('hadoop/dist/main.js', import.meta.url));

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function hadoop(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ended {
  const env = { ...process.env, LISPING_HADOOP_NAME: `test ${process.pid}`, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env,
    encoding: 'utf8',
  });
  return { exit: status, stdout, stderr };
}

test('what is not up can be taken down, and has no status', () => {
  expect(hadoop(['status'])).toMatchObject({ exit: 1, stdout: '' });
  expect(hadoop(['status', '--json'])).toMatchObject({ exit: 1, stdout: 'null\n' });
  expect(hadoop(['down'])).toMatchObject({ exit: 0, stdout: 'was not up\n' });
});

test('without Java it says so in one line', () => {
  const { exit, stderr } = hadoop(['up'], { PATH: '/nowhere', JAVA_HOME: '' });
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^!!!! NO HADOOP HERE: not installed: java.*\n$/);
});

test('another word than up, down, status is refused', () => {
  expect(hadoop(['upp'])).toMatchObject({ exit: 2, stdout: '' });
});

// A second cluster beside the one of the other tests takes long: once, by CI.
describe.skipIf(process.env['CI'] !== 'true' || skipReason() !== null)('a cluster', () => {
  afterAll(() => {
    hadoop(['down']);
  });

  test(
    'is up once, tells its addresses, and goes down also when a daemon was killed',
    () => {
      const first = hadoop(['up']);
      expect(first).toMatchObject({ exit: 0, stderr: '' });
      const again = hadoop(['up']);
      expect(again).toMatchObject({ exit: 0, stdout: `is up already\n${first.stdout}` });
      // `status --json` prints what HadoopCluster describes.
      const cluster = JSON.parse(hadoop(['status', '--json']).stdout) as HadoopCluster;
      expect(Object.keys(cluster).slice(0, 2)).toEqual(['nameNode', 'resourceManager']);
      expect(
        hadoop(['status'])
          .stdout.match(/http:\S+/g)
          ?.slice(0, 2),
      ).toEqual([cluster.nameNode, cluster.resourceManager]);
      process.kill(cluster.daemons.NodeManager.pid, 'SIGKILL');
      expect(hadoop(['status'])).toMatchObject({ exit: 1 });
      expect(hadoop(['down'])).toMatchObject({ exit: 0, stdout: 'stopped\n' });
      expect(Object.values(cluster.daemons).filter(isAlive)).toEqual([]);
    },
    STARTING_MS,
  );
});
