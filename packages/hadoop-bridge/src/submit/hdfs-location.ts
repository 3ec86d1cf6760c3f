// What a user writes for a path on the cluster: with a scheme, absolute, or relative to a home directory.
import { LispingError } from '@lisping/core';
import { tidyPath } from '../hdfs/hdfs-path.ts';

/** What paths are relative to, and whose they may be. */
export interface HdfsHome {
  readonly user: string;
  /** `hdfs://host:port` or `hdfs://` */
  readonly fileSystem: string;
  /** `http://host:port` */
  readonly nameNodes: readonly string[];
}

/**
 * The path in HDFS. Patterns stay patterns.
 *
 * Throws LISPING_E_CONFIG for another file system than the cluster's, LISPING_E_HDFS_PATH for no path at all.
 *
 * @example
 * hdfsPathOf('in/*.txt', { user: 'ann', fileSystem: 'hdfs://nn:8020', nameNodes: [] }); // '/user/ann/in/*.txt'
 */
export function hdfsPathOf(given: string, home: HdfsHome): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/is.exec(given);
  if (parts === null)
    return tidyPath(given.startsWith('/') ? given : `/user/${home.user}/${given}`);
  const [, scheme = '', authority = '', path = '/'] = parts;
  if (!isOfCluster(scheme.toLowerCase(), authority, home)) {
    throw new LispingError('LISPING_E_CONFIG', `${given} does not lie on this cluster`, {
      hint: `Its file system is ${home.fileSystem}; copy the data there, or leave out everything before the path.`,
    });
  }
  return tidyPath(path);
}

function isOfCluster(scheme: string, authority: string, home: HdfsHome): boolean {
  switch (scheme) {
    case 'hdfs': {
      const own = home.fileSystem.replace(/^hdfs:\/\//, '');
      const bare = (name: string): string => name.replace(/:8020$/, ''); // the port that may be left out
      return authority === '' || own === '' || bare(own) === bare(authority);
    }
    case 'webhdfs':
    case 'swebhdfs':
      return home.nameNodes.some((url) => url.replace(/^\w+:\/\//, '') === authority);
    default:
      return false;
  }
}
