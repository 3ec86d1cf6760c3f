// Every verb of a transcript, by group.
import type { Verbs } from './arguments.ts';
import { CLUSTER } from './cluster.ts';
import { EXPECT } from './expect.ts';
import { JOBS } from './jobs.ts';
import { NETWORK } from './network.ts';
import { PROCESSES } from './processes.ts';
import { SHOW } from './show.ts';
import { TIME } from './time.ts';
import { WORLD_FAULTS } from './world-faults.ts';

export const VERBS: Verbs = {
  ...CLUSTER,
  ...JOBS,
  ...TIME,
  ...NETWORK,
  ...PROCESSES,
  ...WORLD_FAULTS,
  ...SHOW,
  ...EXPECT,
};
