#!/usr/bin/env node
// Committed, not built: npm links a workspace's bin only if its file exists when `npm ci` runs.
import { existsSync } from 'node:fs';

const entry = new URL('../dist/main.js', import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  await main(process.argv.slice(2));
} else {
  process.stderr.write('lisping is not built yet: run `npx tsc -b` in the root of the checkout\n');
  process.exitCode = 2;
}
