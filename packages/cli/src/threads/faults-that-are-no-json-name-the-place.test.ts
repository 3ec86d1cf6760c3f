import { afterEach, expect, test } from 'vitest';
import { workbench, type Workbench } from '../../test-support/lisping.ts';
import { readFaultsFile } from './faults-file.ts';

let bench: Workbench;
afterEach(() => bench.remove());

test('a fault file that is no JSON is told with line and column', () => {
  bench = workbench({ 'faults.json': '[\n  { "at": 1, }\n]\n' });
  expect(() => readFaultsFile(bench.file('faults.json'))).toThrow(
    /faults\.json is no JSON at line 2, column 14: /,
  );
});

test('a fault file that ends too early says so', () => {
  bench = workbench({ 'faults.json': '' });
  expect(() => readFaultsFile(bench.file('faults.json'))).toThrow(/is no JSON: .*end of JSON/);
});
