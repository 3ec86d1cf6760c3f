// oclif's parser over our own specs. Its errors are worded for oclif's own help and print nothing
// under --json, so each kind is turned into a LispingError that names flag and command.
import { nearestName } from '@lisping/core';
import { string as stringArg } from '@oclif/core/args';
import { boolean, string } from '@oclif/core/flags';
import { parse, type FlagInput } from '@oclif/core/parser';
import { COMMON_FLAGS, type CommandSpec, type FlagSpec } from './spec.ts';
import { usageError } from './usage-error.ts';
import { Values } from './values.ts';

/** Reads the arguments behind the command's name; throws LISPING_E_USAGE. */
export async function parseFlags(spec: CommandSpec, argv: readonly string[]): Promise<Values> {
  const specs = [...spec.flags, ...COMMON_FLAGS];
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  refuseValuesOfSwitches(spec, specs, before);
  const { flags, args } = await parseWithOclif(spec, specs, argv);
  const extra = spec.args.at(-1)?.multiple === true ? undefined : args[spec.args.length];
  if (extra !== undefined) {
    throw usageError(`unexpected argument ${extra}`, helpOf(spec));
  }
  const values = new Values(flags, args, spec);
  if (!values.has('help')) refuseMissingArgs(spec, args.length);
  return values;
}

async function parseWithOclif(
  spec: CommandSpec,
  specs: readonly FlagSpec[],
  argv: readonly string[],
): Promise<{ flags: Record<string, unknown>; args: string[] }> {
  const flags: FlagInput = Object.fromEntries(specs.map((flag) => [flag.name, oclifFlag(flag)]));
  // Without ignoreStdin oclif would read an argument that was left out from a pipe.
  const args = Object.fromEntries(
    spec.args.map(({ name }) => [name, stringArg({ required: false, ignoreStdin: true })]),
  );
  try {
    const parsed = await parse([...argv], { flags, args, strict: false });
    return { flags: parsed.flags, args: parsed.argv.map(String) };
  } catch (error) {
    throw translated(error, spec, specs);
  }
}

function oclifFlag(flag: FlagSpec): FlagInput[string] {
  if (flag.value === undefined) return boolean(flag.name === 'help' ? { char: 'h' } : {});
  // Not greedy: `--input a b` would otherwise swallow the job.
  return flag.multiple === true ? string({ multiple: true, multipleNonGreedy: true }) : string();
}

function translated(error: unknown, spec: CommandSpec, specs: readonly FlagSpec[]): unknown {
  if (!(error instanceof Error)) return error;
  const unknown = unknownFlags(error)[0];
  if (unknown !== undefined) return unknownFlag(unknown, spec, specs);
  // The two that are left: "Flag --x expects a value", "Flag --x can only be specified once".
  if (error.message.startsWith('Flag --')) {
    const [message] = error.message.slice('Flag '.length).split('\n');
    return usageError(message ?? error.message, helpOf(spec));
  }
  return error;
}

/** oclif does not export its error classes; the one for unknown flags carries their names. */
function unknownFlags(error: Error): readonly string[] {
  return 'flags' in error && Array.isArray(error.flags) ? error.flags.map(String) : [];
}

function unknownFlag(given: string, spec: CommandSpec, specs: readonly FlagSpec[]): Error {
  const name = given.split('=')[0] ?? given;
  const near = nearestName(name, [...specs.map((flag) => `--${flag.name}`), '-h']);
  const hint = near === undefined ? helpOf(spec) : `Did you mean ${near}? ${helpOf(spec)}`;
  return usageError(`lisping ${spec.name} has no flag ${name}`, hint);
}

/** `--json=yes` would leave `yes` behind as an argument. */
function refuseValuesOfSwitches(
  spec: CommandSpec,
  specs: readonly FlagSpec[],
  argv: readonly string[],
): void {
  for (const { name, value } of specs) {
    if (value === undefined && argv.some((arg) => arg.startsWith(`--${name}=`))) {
      throw usageError(`--${name} takes no value`, helpOf(spec));
    }
  }
}

function refuseMissingArgs(spec: CommandSpec, given: number): void {
  const missing = spec.args.find((arg, index) => arg.required && index >= given);
  if (missing !== undefined) throw usageError(`${missing.name} is missing`, helpOf(spec));
}

function helpOf(spec: CommandSpec): string {
  return `See lisping ${spec.name} --help.`;
}
