// Where the `lisping` command begins: bin/lisping.js calls `main` with the arguments of the user.
// The version is answered before anything else is loaded; it is asked for by scripts, often.
import { versionText } from './version.ts';

/** Runs one command line. Sets `process.exitCode`; never throws for a mistake of the user. */
export async function main(argv: readonly string[]): Promise<void> {
  const only = argv.length === 1 ? argv[0] : undefined;
  if (only === '--version' || only === '-v' || only === 'version') {
    process.stdout.once('error', (error: Error) => void versionWasLost(error));
    process.stdout.write(`lisping ${versionText()}\n`);
    return;
  }
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(argv);
}

async function versionWasLost(error: Error): Promise<void> {
  const { stdoutError } = await import('./standard-output.ts');
  const lost = stdoutError(error);
  if (lost === null) return;
  process.stderr.write(`error ${lost.message}  ${lost.code}\n`);
  process.exitCode = lost.exit;
}
