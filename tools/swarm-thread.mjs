// Runs stretches of the swarm in a thread, and answers each with what came of it.
import { parentPort } from 'node:worker_threads';
import { FAULT_KINDS, Marks, noMarks, simulate, swarmFaults, swarmKnobs } from '@lisping/sim';
import { SWARM_GROUNDS } from './swarm-grounds.mjs';

/** Counts what struck in each schedule, so that a blind generator is seen. */
function counter({ struck, perSchedule }) {
  let faults = 0;
  return {
    faultApplied(_now, { kind }) {
      struck[kind]++;
      faults++;
    },
    end() {
      perSchedule[faults] = (perSchedule[faults] ?? 0) + 1;
    },
  };
}

/** So many schedules on one ground; one that raises an alarm counts, and the others go on. */
function stretch({ ground: index, seed, schedules }) {
  const { name, share: _share, ...ground } = SWARM_GROUNDS[index];
  const sums = {
    marks: noMarks(),
    struck: Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])),
    perSchedule: [],
    schedules: 0,
    events: 0,
    failedJobs: 0,
    cancelled: 0,
    alarms: [],
  };
  while (sums.schedules < schedules) {
    const result = simulate({
      ...ground,
      jobName: ground.job.name,
      failRate: 0,
      seed: `${seed} ${name} ${sums.schedules}`,
      schedules: schedules - sums.schedules,
      keepGoing: false,
      faults: swarmFaults,
      knobs: swarmKnobs,
      parameters: {},
      observe: () => [new Marks(sums.marks), counter(sums)],
    });
    sums.schedules += result.schedules;
    sums.events += result.events;
    sums.failedJobs += result.failedJobs;
    sums.cancelled += result.cancelled;
    if (result.failing === undefined) continue;
    // A job that fails, and breaks no promise by it, fails as it must: two of the grounds are there for that.
    if (result.checks.every(({ ok }) => ok)) sums.failedJobs++;
    else sums.alarms.push(alarmOf(name, result));
  }
  return sums;
}

function alarmOf(name, { checks, failing: { seed, faults, knobs } }) {
  const fired = checks.filter(({ ok }) => !ok);
  const said = fired.map((check) => `${check.name}: ${check.detail}`).join('; ');
  return { name, seed, said, knobs, faults };
}

parentPort.on('message', (wanted) => parentPort.postMessage(stretch(wanted)));
