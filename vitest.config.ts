// Tests run against the TypeScript sources, not against dist: no stale build, no second copy of a
// module. Tests of the command line itself spawn the built bin, so `npm test` builds first.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string =>
  fileURLToPath(new URL(`packages/${path}.ts`, import.meta.url));

// Set by .ci/run, which counts the tests from this file.
const jsonFile = process.env['LISPING_TEST_JSON'];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@lisping\/([\w-]+)$/, replacement: source('$1/src/index') },
      { find: /^lisping$/, replacement: source('cli/src/index') },
      { find: /^lisping\/job$/, replacement: source('cli/src/job') },
    ],
  },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/**/*.test.ts',
      'benchmarks/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: 'tools/hadoop/src/test-run.ts',
    testTimeout: 30_000,
    ...(jsonFile === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: jsonFile } }),
  },
});
