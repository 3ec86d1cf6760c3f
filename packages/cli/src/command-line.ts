// From arguments to an exit code. Whatever happens, under --json exactly one object is printed.
import { isLispingError, LispingError, nearestName } from '@lisping/core';
import { COMMANDS, findCommand } from './commands/table.ts';
import { parseFlags } from './flags/parse.ts';
import { usageError } from './flags/usage-error.ts';
import { failure, interrupted, type Outcome, type Screen } from './outcome.ts';
import { errorText } from './print/error.ts';
import { commandHelp, mainHelp } from './print/help.ts';
import { progressOn, silentProgress } from './print/progress.ts';
import { outputOn } from './print/terminal.ts';
import { stdoutError } from './standard-output.ts';
import { versionText } from './version.ts';

/** Runs the command, prints its outcome, and sets the exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const { screen, interruption, lost } = openScreen(argv);
  const outcome = await Promise.race([interruption, outcomeOf(argv, screen)]);
  screen.progress.clear();
  // An outcome that only a lost stdout brought about is not worth telling.
  if ((await lost()) === null) await print(outcome, screen);
  process.exitCode = sayWhatWasLost(await lost(), screen) ?? outcome.exit;
  // After Ctrl-C something may still hold the process open.
  if (outcome.exit === 130) process.exit();
}

interface Opened {
  readonly screen: Screen;
  /** Comes with Ctrl-C, or when stdout takes nothing more. */
  readonly interruption: Promise<Outcome>;
  /** Why stdout did not take all it was given; null when it did. */
  readonly lost: () => Promise<LispingError | null>;
}

function openScreen(argv: readonly string[]): Opened {
  const json = hasSwitch(argv, '--json');
  const out = outputOn(process.stdout);
  const err = outputOn(process.stderr);
  let handler = async (): Promise<Outcome> => interrupted('before anything began');
  let lost: LispingError | null = null;
  const interruption = new Promise<Outcome>((resolve, reject) => {
    const stop = (): void => void handler().then(resolve, reject);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    process.stdout.on('error', (error: Error) => {
      lost ??= stdoutError(error);
      if (lost !== null) stop();
    });
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
  const progress = json || hasSwitch(argv, '--quiet') ? silentProgress : progressOn(err);
  const onInterrupt = (newHandler: () => Promise<Outcome>): void => void (handler = newHandler);
  const jobOutput = json ? process.stderr : process.stdout;
  const screen = { out, err, progress, jobOutput, json, onInterrupt };
  // A stream tells of an error after the write that met it has called back.
  return { screen, interruption, lost: () => nextTurn().then(() => lost) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Also true when the rest of the line makes no sense: the error must come as JSON then. */
function hasSwitch(argv: readonly string[], name: string): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes(name);
}

async function outcomeOf(argv: readonly string[], screen: Screen): Promise<Outcome> {
  try {
    return await dispatch(argv, screen);
  } catch (error) {
    return failure(isLispingError(error) ? error : defect(error));
  }
}

async function dispatch(argv: readonly string[], screen: Screen): Promise<Outcome> {
  const [first, ...rest] = argv.filter((arg, index) => index > 0 || arg !== '--json');
  if (first === undefined || first === '--help' || first === '-h') return help(screen, []);
  if (first === 'help') return help(screen, rest);
  if (first === '--version' || first === '-v' || first === 'version') return version();
  const command = findCommand(first);
  if (command === undefined) throw unknownCommand(first);
  const values = await parseFlags(command.spec, argv.slice(argv.indexOf(first) + 1));
  if (values.has('help')) return help(screen, [first]);
  return await command.run(values, screen);
}

function help(screen: Screen, topics: readonly string[]): Outcome {
  const [topic] = topics.filter((each) => !each.startsWith('-'));
  if (topic === undefined) return shown('help', mainHelp(COMMANDS, screen.out));
  const command = findCommand(topic);
  if (command === undefined) throw unknownCommand(topic);
  return shown('help', commandHelp(command.spec, screen.out));
}

function version(): Outcome {
  return { exit: 0, json: { version: versionText() }, text: `lisping ${versionText()}\n` };
}

function shown(name: string, text: string): Outcome {
  return { exit: 0, json: { version: versionText(), [name]: text }, text };
}

function unknownCommand(given: string): LispingError {
  const what = given.startsWith('-') ? 'flag' : 'command';
  const known = [...COMMANDS.map((command) => command.spec.name), 'help', 'version'];
  const near = nearestName(given, what === 'flag' ? ['--help', '--version', '--json'] : known);
  const advice = near === undefined ? '' : `Did you mean ${near}? `;
  return usageError(`lisping has no ${what} ${given}`, `${advice}See lisping help.`);
}

/** Whatever is no LispingError is a mistake of ours. */
function defect(error: unknown): LispingError {
  const message = error instanceof Error ? error.message : String(error);
  const wrapped = new LispingError('LISPING_E_INTERNAL', message, { cause: error });
  if (error instanceof Error && error.stack !== undefined) wrapped.stack = error.stack;
  return wrapped;
}

async function print({ json, text, error }: Outcome, screen: Screen): Promise<void> {
  if (screen.json) return await written(process.stdout, `${JSON.stringify(json, null, 2)}\n`);
  await written(process.stdout, text);
  if (error === undefined) return;
  await written(process.stderr, errorText(error.toJSON(), error.stack ?? '', screen.err));
}

/** Also under --json, whose object could not be written. Gives the exit code that it calls for. */
function sayWhatWasLost(lost: LispingError | null, { err }: Screen): number | null {
  if (lost === null) return null;
  err.write(errorText(lost.toJSON(), lost.stack ?? '', err));
  return lost.exit;
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}
