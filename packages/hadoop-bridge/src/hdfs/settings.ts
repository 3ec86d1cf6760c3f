// Which HDFS a user means: what stands in a path or a flag, else what the environment says. Secrets come from
// the environment only, because everybody on a machine sees its command lines.
import { userInfo } from 'node:os';
import { LispingError } from '@lisping/core';
import type { HdfsOptions } from './options.ts';

/** A path and the cluster that has it. */
export interface HdfsPlace {
  readonly options: HdfsOptions;
  /** Absolute. */
  readonly path: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment may hold. */
interface Settings {
  /** `--namenode`: `http://host:port`, several NameNodes of one service separated by commas. */
  readonly nameNode: string | undefined;
  readonly environment: Environment;
}

/**
 * Reads `/path`, `path` (of the user's home), `hdfs://host/path` and `webhdfs://host:port/path`. Throws
 * LISPING_E_CONFIG when no NameNode is known.
 *
 * @example
 * hdfsPlace('logs/a', { nameNode: 'http://nn:9870', environment: process.env }).path; // '/user/ann/logs/a'
 */
export function hdfsPlace(given: string, { nameNode, environment }: Settings): HdfsPlace {
  const { user, nameNodes: usual, ...how } = hdfsEnvironment(environment);
  const known = nameNode === undefined ? usual : listOf(nameNode);
  const [, scheme, authority, behind] = /^(s?webhdfs|hdfs):\/\/([^/]*)(\/.*)?$/s.exec(given) ?? [];
  const nameNodes = nameNodesOf(scheme, authority, known);
  const path = scheme === undefined ? inHome(given, user) : (behind ?? '/');
  return { path, options: { ...how, nameNodes, user } };
}

function nameNodesOf(
  scheme: string | undefined,
  authority: string | undefined,
  known: readonly string[],
): readonly string[] {
  // `hdfs://` names the RPC port or a service: of the web port it only lets us guess the host.
  const isWeb = scheme !== undefined && scheme !== 'hdfs';
  if (isWeb) return [`${scheme}://${authority}`];
  if (known.length > 0) return known;
  const host = authority?.replace(/:\d+$/, '') ?? '';
  if (host !== '') return [`http://${host}:9870`];
  throw new LispingError('LISPING_E_CONFIG', 'the address of the NameNode is not known', {
    hint: 'Give it with --namenode http://HOST:9870, or set LISPING_NAMENODE.',
  });
}

function inHome(path: string, user: string): string {
  return path.startsWith('/') ? path : `/user/${user}/${path}`;
}

/** Who asks, and how: what the environment says of every HDFS. `nameNodes` is empty where it names none. */
export function hdfsEnvironment(environment: Environment): HdfsOptions & { readonly user: string } {
  const nameNodes = listOf(environment['LISPING_NAMENODE'] ?? '');
  const user = set(environment['HADOOP_USER_NAME']) ?? userInfo().username;
  const token = set(environment['LISPING_HDFS_TOKEN']);
  const doAs = set(environment['HADOOP_PROXY_USER']);
  const hosts = set(environment['LISPING_HDFS_HOSTS']);
  return {
    nameNodes,
    user,
    ...(token === undefined ? {} : { token }),
    ...(doAs === undefined ? {} : { doAs }),
    ...(hosts === undefined ? {} : { hosts: hostMap(hosts) }),
  };
}

/** Addresses between commas. */
function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** `dn1=10.0.0.7,dn2:9864=localhost:19864` */
function hostMap(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair): [string, string] => {
      const [from = '', to = ''] = pair.split('=').map((each) => each.trim());
      if (from !== '' && to !== '') return [from, to];
      throw new LispingError(
        'LISPING_E_CONFIG',
        `LISPING_HDFS_HOSTS: '${pair}' is no NAME=ADDRESS`,
      );
    }),
  );
}

function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
