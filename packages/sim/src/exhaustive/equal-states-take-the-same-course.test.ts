/**
 * What the search relies on: two runs in the same state take the same course from there on, so that
 * only one of them need be continued. And a share of the search is the same part of it, however many
 * share it.
 */
import { describe, expect, test } from 'vitest';
import { exhaust } from './exhaust.ts';
import type { ExhaustStep } from './exhaust.ts';
import { Fingerprint } from './fingerprint.ts';
import { placementsAt } from './placements.ts';
import { Scout } from './scout.ts';
import { SmallWorld } from './small-run.ts';
import { VARIANTS } from './small-world.ts';
import type { Fault } from '../fault.ts';

const UNTIL = 1_000_000;
const EVERY = 5_000;
/** One placement of so many, to be done in seconds. */
const SAMPLE = process.env['CI'] === undefined ? 9 : 2;

interface Course {
  /** State by boundary. */
  readonly states: Map<number, number>;
  /** What was handled, as words, with its time. */
  readonly events: { readonly at: number; readonly words: string }[];
}

function courseOf(world: SmallWorld, faults: readonly Fault[]): Course {
  const { queue } = world;
  const fingerprint = new Fingerprint();
  const run = world.prepare(faults, 2 * UNTIL);
  const states = new Map<number, number>();
  const events: Course['events'] = [];
  let boundary = Math.floor((faults[0]?.at ?? 0) / EVERY);
  queue.watcher = {
    added: () => undefined,
    taking: (now, event) => {
      if (now >= UNTIL) return false;
      const next = Math.floor(now / EVERY);
      if (next > boundary) {
        boundary = next;
        states.set(boundary, fingerprint.of(run, queue, { time: now, event }, boundary));
      }
      const { type, node, message, operation, timer } = event;
      const what = [message?.kind, operation?.request.kind, type === 2 ? timer : ''];
      events.push({ at: now, words: `${now} ${type} ${node} ${what.join(' ')}` });
      return true;
    },
  };
  run.schedule.run(run.checks.observers);
  queue.watcher = null;
  return { states, events };
}

function placements(world: SmallWorld): Fault[] {
  const run = world.prepare([], UNTIL);
  const scout = new Scout(run.schedule.world, 0);
  world.queue.watcher = {
    added: (now, event, time) => scout.added(now, event, time),
    taking: (now, event) => now < UNTIL / 2 && scout.taking(now, event),
  };
  run.schedule.run(run.checks.observers);
  world.queue.watcher = null;
  return scout.points.flatMap((point) => placementsAt(point, 0));
}

describe('in the small world', () => {
  test.each(VARIANTS)('two runs in the same state go on alike: $name', (variant) => {
    const world = new SmallWorld(variant);
    const after = new Map<number, string>();
    let again = 0;
    const lists = placements(world).filter((_, i) => i % SAMPLE === 0);
    for (const faults of [[], ...lists.map((fault) => [fault])]) {
      const { states, events } = courseOf(world, faults);
      for (const [boundary, state] of states) {
        const rest = events.filter(({ at }) => at >= boundary * EVERY);
        const words = rest.map((event) => event.words).join('\n');
        const before = after.get(state);
        if (before === undefined) after.set(state, words);
        else {
          again++;
          expect(words).toBe(before);
        }
      }
    }
    // The test is about something: states are met again, and often.
    expect(again).toBeGreaterThan(100);
    expect(after.size).toBeGreaterThan(1000);
  });

  // It takes the first steps of the search three times.
  const longer = process.env['CI'] === undefined ? test.skip : test;
  longer(
    'a share is the same part of the search, however many share it',
    { timeout: 600_000 },
    () => {
      const done = (part: number, of: number): ExhaustStep[] => {
        const steps: ExhaustStep[] = [];
        const onStep = (step: ExhaustStep): void => void steps.push(step);
        exhaust({ depth: 2, variants: ['moody'], part, of, onStep });
        return steps;
      };
      // The last branches are the shortest.
      const [first, ...whole] = done(1330, 50);
      expect(whole.length).toBeGreaterThan(1);
      const shares = [done(1330, 100), done(1380, 100)];
      for (const [own] of shares) expect(own).toEqual(first);
      const rest = shares.flatMap(([, ...steps]) => steps).sort((a, b) => a.branch - b.branch);
      expect(rest).toEqual(whole);
    },
  );
});
