// `npm run hadoop -- up|down|status`: a real Hadoop on this machine, one for each checkout.
import { clear, runningCluster, startCluster, stopCluster, type HadoopCluster } from './cluster.ts';
import { whatIsMissing } from './library.ts';

const USAGE = 'usage: npm run -s hadoop -- up | down | status [--json]';

async function main([command = '', ...rest]: readonly string[]): Promise<number> {
  const json = rest.length === 1 && rest[0] === '--json';
  if (rest.length > 0 && !(json && command === 'status')) return complain(USAGE, 2);
  switch (command) {
    case 'up':
      return await up();
    case 'down':
      say((await stopCluster()) ? 'stopped' : 'was not up');
      return 0;
    case 'status':
      return status(json);
    default:
      return complain(USAGE, 2);
  }
}

async function up(): Promise<number> {
  const missing = whatIsMissing();
  if (missing !== null) return complain(`!!!! NO HADOOP HERE: ${missing}`, 1);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => void clear().finally(() => process.exit(130)));
  }
  const { cluster, started } = await startCluster();
  if (!started) say('is up already');
  say(lines(cluster));
  return 0;
}

function status(json: boolean): number {
  const cluster = runningCluster();
  if (cluster === null) {
    if (json) say('null');
    return json ? 1 : complain('down', 1);
  }
  say(json ? JSON.stringify(inOrder(cluster), null, 2) : lines(cluster));
  return 0;
}

/** The two addresses that everybody needs come first. */
function inOrder({ nameNode, resourceManager, ...others }: HadoopCluster): HadoopCluster {
  return { nameNode, resourceManager, ...others };
}

/** Addresses first, so that scripts can cut them out. */
function lines(cluster: HadoopCluster): string {
  const { nameNode, resourceManager, historyServer, fileSystem, command, logs } = cluster;
  return [
    `${nameNode}  NameNode`,
    `${resourceManager}  ResourceManager`,
    `${historyServer}  JobHistoryServer`,
    `${fileSystem}  file system`,
    `${command}  hadoop command`,
    `${logs}  logs`,
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string, exit: number): number {
  process.stderr.write(`${text}\n`);
  return exit;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = complain(error instanceof Error ? error.message : String(error), 1);
}
