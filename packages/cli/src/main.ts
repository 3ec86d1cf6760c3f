// Where the `lisping` command begins: bin/lisping.js calls `main` with the arguments of the user.
import { readFileSync } from 'node:fs';

/** Runs one command line. Sets `process.exitCode`; never throws for a mistake of the user. */
export async function main(_argv: readonly string[]): Promise<void> {
  const manifest = new URL('../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  process.stdout.write(`lisping ${version}\n`);
}
