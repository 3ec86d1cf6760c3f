// What `lisping submit` accepts.
import { JOB_ARG, PARAM_FLAG, REDUCES_FLAG, SPLIT_BYTES_FLAG } from '../flags/shared.ts';
import type { CommandSpec } from '../flags/spec.ts';

export const submitSpec: CommandSpec = {
  name: 'submit',
  summary: 'Run a job on an existing Hadoop cluster',
  usage: 'lisping submit JOB --input PATH... --output PATH [flags]',
  args: [JOB_ARG],
  flags: [
    {
      name: 'input',
      value: 'PATH',
      about: 'file, directory, pattern or comma list in HDFS; repeatable',
      multiple: true,
    },
    {
      name: 'output',
      value: 'PATH',
      about: 'where in HDFS part-00000, ... and _SUCCESS go; must not exist',
    },
    REDUCES_FLAG,
    SPLIT_BYTES_FLAG,
    PARAM_FLAG,
    {
      name: 'resource-manager',
      value: 'URL',
      about: 'http://HOST:8088 (as HADOOP_CONF_DIR says)',
    },
    { name: 'namenode', value: 'URL', about: 'http://HOST:9870 (as the cluster says)' },
    { name: 'via', value: 'http|cli', about: 'over HTTP, or by the hadoop command (what works)' },
    { name: 'queue', value: 'NAME', about: "the queue of YARN (the cluster's choice)" },
    { name: 'ship-node', about: 'bring Node along: the cluster has none' },
    {
      name: 'fetch',
      value: 'DIR',
      about: 'also bring the output here; must not exist',
    },
  ],
  examples: [
    'lisping submit word-count.ts --resource-manager http://rm:8088 --input /books --output /counts --reduces 4',
    "lisping submit word-count.ts --input 'logs/2026-*' --output counts --fetch counts",
  ],
  notes: [
    'A path without a scheme is one of HDFS, relative to /user/NAME. NAME is HADOOP_USER_NAME, else who you are here.',
    'Ctrl-C asks once, and kills the job on the cluster.',
    'Exit codes: 0 done, 1 the job failed, 2 wrong usage or configuration, 4 HDFS, YARN or the network, 130 interrupted.',
  ],
};
