// Where the true protocol is tried under the swarm: the grounds on which mutants are hunted, so that "no
// alarm" and "every mutant dies" are said of the same searches, and three more.
import { referenceWorkload } from '@lisping/sim';
import { GROUNDS } from '../packages/sim/mutants/dist/grounds.js';

const reference = { ...referenceWorkload(), replicas: 50, slots: 2, reduces: 16, memo: true };
const [usual] = GROUNDS;

/** Each with its share of the schedules, in thousandths: small clusters find most. */
export const SWARM_GROUNDS = [
  ...GROUNDS.map((ground) => ({ ...ground, share: 110 })),
  { ...usual, name: 'eight replicas', replicas: 8, reduces: 6, splitBytes: 90, share: 60 },
  { ...usual, name: 'one of everything', replicas: 1, reduces: 1, splitBytes: 1 << 20, share: 40 },
  { ...reference, name: 'the reference workload', share: 20 },
];
