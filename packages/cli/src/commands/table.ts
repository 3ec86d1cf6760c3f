// The commands there are. What they do is loaded when they run.
import type { CommandSpec } from '../flags/spec.ts';
import type { Values } from '../flags/values.ts';
import type { Outcome, Screen } from '../outcome.ts';
import { hdfsSpec } from './hdfs-spec.ts';
import { replaySpec } from './replay-spec.ts';
import { runSpec } from './run-spec.ts';
import { simSpec } from './sim-spec.ts';
import { submitSpec } from './submit-spec.ts';

export interface Command {
  readonly spec: CommandSpec;
  run(values: Values, screen: Screen): Promise<Outcome>;
}

export const COMMANDS: readonly Command[] = [
  {
    spec: simSpec,
    run: async (values, screen) => (await import('./sim.ts')).runSim(values, screen),
  },
  {
    spec: runSpec,
    run: async (values, screen) => (await import('./run.ts')).runRun(values, screen),
  },
  {
    spec: submitSpec,
    run: async (values, screen) => (await import('./submit.ts')).runSubmit(values, screen),
  },
  {
    spec: replaySpec,
    run: async (values, screen) => (await import('./replay.ts')).runReplay(values, screen),
  },
  {
    spec: hdfsSpec,
    run: async (values, screen) => (await import('./hdfs.ts')).runHdfs(values, screen),
  },
];

export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.spec.name === name);
}
