// The trips against a plain program that intersects the stops of every two routes.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byBytes, lispingJson, partsIn, scratch, sortedLines } from '../../tools/cli.ts';

const example = import.meta.dirname;
const input = join(example, 'input');
const files = readdirSync(input).sort();

/** The stops of every route. Knows of CSV only what these files hold: a quoted second field. */
function stopsOfRoutes(): Map<string, Set<string>> {
  const stops = new Map<string, Set<string>>();
  for (const file of files) {
    const [, ...rows] = readFileSync(join(input, file), 'utf8').trimEnd().split('\n');
    for (const row of rows) {
      const comma = row.indexOf(',');
      const route = row.slice(0, comma);
      const stop = row.slice(comma + 2, -1).replaceAll('""', '"');
      stops.set(route, (stops.get(route) ?? new Set()).add(stop));
    }
  }
  return stops;
}

function tripsByHand(): string[] {
  const routes = [...stopsOfRoutes()];
  const trips: string[] = [];
  for (const [from, stopsOfFrom] of routes) {
    for (const [to, stopsOfTo] of routes) {
      if (!(from < to)) continue;
      const shared = [...stopsOfFrom].filter((stop) => stopsOfTo.has(stop));
      if (shared.length > 0) trips.push(`${from} to ${to}\t${byBytes(shared).join('; ')}`);
    }
  }
  return byBytes(trips);
}

test('the network is what its script makes, and has at least 500 routes', () => {
  const made = scratch();
  const script = join(example, 'generate.mjs');
  expect(spawnSync(process.execPath, [script, made]).status).toBe(0);
  expect(readdirSync(made).sort()).toEqual(files);
  for (const file of files) {
    expect(readFileSync(join(made, file))).toEqual(readFileSync(join(input, file)));
  }
  expect(stopsOfRoutes().size).toBeGreaterThanOrEqual(500);
});

test('run finds every trip with one change, and no other', () => {
  const output = join(scratch(), 'trips');
  const { job } = lispingJson('run', example, '--input', input, '--output', output);
  expect(job).toBe('routes-that-meet + trips-with-one-change');
  expect(sortedLines(partsIn(output))).toEqual(tripsByHand());
});

test('a simulation in which half of the replicas crash writes the same bytes as run', () => {
  const directory = scratch();
  const [ran, simulated] = [join(directory, 'run'), join(directory, 'sim')];
  const common = [example, '--input', input, '--reduces', '4', '--split-bytes', '65536'];
  lispingJson('run', ...common, '--output', ran);
  const faulty = ['--replicas', '6', '--fail-rate', '0.5', '--schedules', '3', '--seed', 'transit'];
  const said = lispingJson('sim', ...common, ...faulty, '--output', simulated);
  expect(said).toMatchObject({ verdict: 'passed' });
  expect(partsIn(simulated)).toEqual(partsIn(ran));
  expect(partsIn(simulated).size).toBe(4);
});
