// Our own client: the port over WebHDFS or HttpFS, put together from its operations.
import { appendTo } from './append.ts';
import { createClient } from './client.ts';
import type { Hdfs } from './hdfs.ts';
import { tidyPath } from './hdfs-path.ts';
import {
  checksumOf,
  deletePath,
  listOf,
  locationsOf,
  makeDirectories,
  setPermission,
  setTimes,
  statusOf,
} from './metadata.ts';
import type { HdfsOptions } from './options.ts';
import { readRange } from './read.ts';
import { renamePath } from './rename.ts';
import { createFile } from './write.ts';

/**
 * HDFS over its HTTP interface. Nothing is connected before the first operation.
 *
 * @example
 * const hdfs = webHdfs({ nameNodes: ['http://nn1:9870', 'http://nn2:9870'], user: 'ann' });
 * const { length } = await hdfs.status('/data/log');
 */
export function webHdfs(options: HdfsOptions): Hdfs {
  const client = createClient(options);
  return {
    status: async (path) => await statusOf(client, tidyPath(path)),
    list: async (path) => await listOf(client, tidyPath(path)),
    open: (path, how = {}) => readRange(client, tidyPath(path), how),
    create: async (path, source, how = {}) => await createFile(client, tidyPath(path), source, how),
    append: async (path, source) => await appendTo(client, tidyPath(path), source),
    mkdirs: async (path, permission) => await makeDirectories(client, tidyPath(path), permission),
    rename: async (source, target, { overwrite = false } = {}) =>
      await renamePath(
        client,
        await statusOf(client, tidyPath(source)),
        tidyPath(target),
        overwrite,
      ),
    delete: async (path, { recursive = false } = {}) =>
      await deletePath(client, tidyPath(path), recursive),
    checksum: async (path) => await checksumOf(client, tidyPath(path)),
    blockLocations: async (path, range = {}) => await locationsOf(client, tidyPath(path), range),
    setTimes: async (path, times) => await setTimes(client, tidyPath(path), times),
    setPermission: async (path, permission) =>
      await setPermission(client, tidyPath(path), permission),
    close: () => client.transport.close(),
  };
}
