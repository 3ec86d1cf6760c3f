// Brings the cluster of this checkout up and down. What was started is written down process by process, so
// that `down` finds it even when `up` was killed.
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  environmentOf,
  writeConfiguration,
  writeHadoopCommand,
  type Installation,
  type Ports,
} from './configuration.ts';
import { DAEMONS, javaCommand, whatIsAwaited, type Addresses, type DaemonName } from './daemons.ts';
import { hadoopLibrary, javaHome, whatIsMissing } from './library.ts';
import { withLock } from './lock.ts';
import { stateDirectory } from './places.ts';
import { freePorts } from './ports.ts';
import { isAlive, processesWorkingIn, startDetached, stopAll, type Started } from './processes.ts';

const READY_WITHIN_MS = 120_000;
const POLL_MS = 200;

/** A cluster that runs. Addresses are `http://host:port`. */
export interface HadoopCluster extends Addresses {
  /** `hdfs://host:port` */
  readonly fileSystem: string;
  /** Who is the superuser of HDFS, and has /user/NAME. */
  readonly user: string;
  /** A `hadoop` command that talks to this cluster. */
  readonly command: string;
  /** Directory of its configuration, for HADOOP_CONF_DIR. */
  readonly conf: string;
  /** Directory of the daemons' logs. */
  readonly logs: string;
  /** Directory of the jars. */
  readonly library: string;
  readonly daemons: Readonly<Record<DaemonName, Started>>;
}

/** Until a cluster is ready some daemons may be missing. */
interface PartialCluster extends Omit<HadoopCluster, 'daemons'> {
  readonly daemons: Readonly<Partial<Record<DaemonName, Started>>>;
}

/** What is kept of a cluster. */
interface Written extends PartialCluster {
  readonly ready: boolean;
}

/** The cluster if it is up with every daemon, else null. */
export function runningCluster(): HadoopCluster | null {
  const written = readWritten();
  if (written === null) return null;
  const { ready, ...cluster } = written;
  if (!ready || !isComplete(cluster)) return null;
  return Object.values(cluster.daemons).every(isAlive) ? cluster : null;
}

/** Starts the cluster unless it is up; `started` says which. On any failure nothing is left. */
export function startCluster(): Promise<{ cluster: HadoopCluster; started: boolean }> {
  return exclusively(async () => {
    const running = runningCluster();
    if (running !== null) return { cluster: running, started: false };
    await clear();
    try {
      return { cluster: await start(), started: true };
    } catch (error) {
      await clear();
      throw error;
    }
  });
}

/** Stops what is there, whole or not, and removes its data. False when there was nothing. */
export function stopCluster(): Promise<boolean> {
  return exclusively(clear);
}

/** One after the other, whichever process asks. */
function exclusively<T>(action: () => Promise<T>): Promise<T> {
  return withLock(`lisping-hadoop ${stateDirectory}`, action);
}

/**
 * The same without waiting for whoever starts or stops it at the moment: for Ctrl-C in the middle of a
 * start, by the process that started.
 */
export async function clear(): Promise<boolean> {
  if (!existsSync(stateDirectory)) return false;
  await stopAll(Object.values(readWritten()?.daemons ?? {}));
  // After the NodeManager, which starts them: what it left behind when it was killed.
  await stopAll(processesWorkingIn(stateDirectory));
  rmSync(stateDirectory, { recursive: true, force: true });
  return true;
}

async function start(): Promise<HadoopCluster> {
  const installation = await install();
  await formatNameNode(installation);
  let written = describe(installation);
  for (const [name, className] of Object.entries(DAEMONS)) {
    const daemon = startDetached(javaCommand(installation, className), {
      cwd: installation.logs,
      env: environmentOf(installation),
      log: logOf(installation.logs, name),
    });
    written = { ...written, daemons: { ...written.daemons, [name]: daemon } };
    write(written);
  }
  await untilReady(written);
  await makeDirectories(written);
  write({ ...written, ready: true });
  const cluster = runningCluster();
  if (cluster === null) throw new Error('a daemon ended as soon as the cluster was ready');
  return cluster;
}

async function install(): Promise<Installation> {
  const java = javaHome();
  if (java === null) throw new Error(whatIsMissing() ?? 'no Java');
  const library = await hadoopLibrary();
  const inState = (name: string): string => {
    const path = join(stateDirectory, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const installation = {
    conf: inState('conf'),
    logs: inState('logs'),
    data: inState('data'),
    library,
    javaHome: java,
    ports: await choosePorts(),
  };
  writeConfiguration(installation);
  writeHadoopCommand(join(inState('bin'), 'hadoop'), installation);
  return installation;
}

async function choosePorts(): Promise<Ports> {
  const free = await freePorts(12);
  const next = (): number => free.pop()!; // as many as there are names below
  return {
    nameNode: next(),
    nameNodeHttp: next(),
    dataNodeHttp: next(),
    resourceManager: next(),
    resourceManagerHttp: next(),
    scheduler: next(),
    tracker: next(),
    admin: next(),
    nodeManagerHttp: next(),
    history: next(),
    historyHttp: next(),
    historyAdmin: next(),
  };
}

async function formatNameNode(installation: Installation): Promise<void> {
  const [java, ...args] = javaCommand(installation, DAEMONS.NameNode, '-format', '-nonInteractive');
  await promisify(execFile)(java!, args, {
    cwd: installation.logs,
    env: environmentOf(installation),
    maxBuffer: 16 * 1024 * 1024,
  });
}

function describe({ conf, logs, library, ports }: Installation): Written {
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    ready: false,
    nameNode: at(ports.nameNodeHttp),
    resourceManager: at(ports.resourceManagerHttp),
    historyServer: at(ports.historyHttp),
    dataNode: at(ports.dataNodeHttp),
    nodeManager: at(ports.nodeManagerHttp),
    fileSystem: `hdfs://127.0.0.1:${ports.nameNode}`,
    user: userInfo().username,
    command: join(stateDirectory, 'bin', 'hadoop'),
    conf,
    logs,
    library,
    daemons: {},
  };
}

async function untilReady(written: Written): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    for (const [name, daemon] of Object.entries(written.daemons)) {
      if (!isAlive(daemon)) throw new Error(`the ${name} ended:\n${lastLines(written.logs, name)}`);
    }
    const awaited = await whatIsAwaited(written);
    if (awaited === null) return;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${awaited}`);
    await sleep(POLL_MS);
  }
}

/** As on any cluster: a /tmp and a staging directory for everybody, and a home. */
async function makeDirectories({ nameNode, user }: Written): Promise<void> {
  const put = async (path: string, operation: string): Promise<void> => {
    const url = `${nameNode}/webhdfs/v1${path}?user.name=${user}&op=${operation}`;
    const response = await fetch(url, { method: 'PUT' });
    if (!response.ok) throw new Error(`${operation} ${path}: ${await response.text()}`);
  };
  for (const path of ['/tmp', '/tmp/hadoop-yarn', '/tmp/hadoop-yarn/staging']) {
    await put(path, 'MKDIRS');
    await put(path, 'SETPERMISSION&permission=1777');
  }
  await put(`/user/${user}`, 'MKDIRS');
}

function isComplete(cluster: PartialCluster): cluster is HadoopCluster {
  return Object.keys(DAEMONS).every((name) => name in cluster.daemons);
}

const stateFile = join(stateDirectory, 'cluster.json');

function readWritten(): Written | null {
  try {
    // Nobody but `write` makes this file, and it appears whole.
    return JSON.parse(readFileSync(stateFile, 'utf8')) as Written;
  } catch {
    return null;
  }
}

function write(written: Written): void {
  writeFileSync(`${stateFile}.new`, JSON.stringify(written, null, 2));
  renameSync(`${stateFile}.new`, stateFile);
}

function logOf(logs: string, name: string): string {
  return join(logs, `${name}.log`);
}

function lastLines(logs: string, name: string): string {
  if (!readdirSync(logs).includes(`${name}.log`)) return '';
  return readFileSync(logOf(logs, name), 'utf8').split('\n').slice(-30).join('\n');
}
