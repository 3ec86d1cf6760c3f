// What `lisping hdfs` accepts.
import type { CommandSpec } from '../flags/spec.ts';

export const hdfsSpec: CommandSpec = {
  name: 'hdfs',
  summary: 'List, read and write files of HDFS over HTTP, without Java',
  usage: 'lisping hdfs ls|put|get|cat|rm|mkdir ARGS... [flags]',
  args: [
    { name: 'ACTION', about: 'ls, put, get, cat, rm or mkdir', required: true },
    {
      name: 'PATH',
      about: 'put LOCAL... PATH, get PATH... LOCAL, the others PATH...',
      required: false,
      multiple: true,
    },
  ],
  flags: [
    {
      name: 'namenode',
      value: 'URL',
      about: 'http://HOST:9870; several of one service separated by commas (LISPING_NAMENODE)',
    },
    { name: 'overwrite', about: 'put, get: replace a file that exists' },
    { name: 'recursive', about: 'rm: with everything in a directory' },
  ],
  examples: [
    'lisping hdfs put books/*.txt /user/ann/books --namenode http://namenode:9870',
    'lisping hdfs cat hdfs://namenode/user/ann/counts/part-00000',
  ],
  notes: [
    'A path without / in front is relative to /user/NAME. NAME is HADOOP_USER_NAME, else who you are here.',
    'LISPING_HDFS_HOSTS=NAME=ADDRESS,... tells where DataNodes are whose names are not known here; LISPING_HDFS_TOKEN is a delegation token.',
    'What is copied appears under its name when it is whole.',
    'Exit codes: 0 done, 2 wrong usage or local paths, 4 HDFS or the network, 130 interrupted.',
  ],
};
