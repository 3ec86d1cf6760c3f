// The data plane and the user's code, as replicas reach them.
import { assert } from '../../src/errors/assert.ts';
import { attemptName } from '../../src/protocol/index.ts';
import type { AttemptId, Effect, EffectId, Location, Result } from '../../src/protocol/index.ts';
import { letterOf, segmentText } from './contents.ts';
import type { Life, Workspace } from './life.ts';
import { nodeName } from './names.ts';
import type { Course } from './tasks.ts';
import type { World } from './world.ts';

const FETCH_TAKES = 10_000;
/** How long a fetch waits for a peer that does not answer. */
const FETCH_TIMEOUT = 1_000_000;

export function runMap(
  world: World,
  life: Life,
  { attempt, effect, plan }: Extract<Effect, { kind: 'run-map' }>,
): void {
  const course = begin(world, life, attempt);
  world.later(life, course.takes, () => {
    if (!life.workspaces.has(attemptName(attempt))) return;
    if (isTrouble(course)) return complain(world, life, attempt, effect, course);
    const counters = { 'map-runs': 1 };
    if (plan.reduces === 0) {
      const text = `map-${attempt.task}:${course.bytes}`;
      const part = { length: text.length, checksum: world.contents.checksum(text) };
      return world.complete(life, 0, effect, { kind: 'part', part, counters });
    }
    const checksums = Array.from({ length: plan.reduces }, (_, partition) =>
      world.contents.checksum(segmentText(attempt.task, partition, course.bytes)),
    );
    life.workspaces.delete(attemptName(attempt));
    world.disks.keep(life.node, { attempt, checksums, counters });
    world.complete(life, 0, effect, { kind: 'mapped', checksums, counters });
  });
}

export function runReduce(
  world: World,
  life: Life,
  { attempt, effect, sources }: Extract<Effect, { kind: 'run-reduce' }>,
): void {
  const { letters: fetched } = workspaceOf(life, attempt);
  const course = begin(world, life, attempt);
  const letters = sources.map((source, map) => {
    const letter = fetched.get(map);
    assert(letter !== undefined, `${attemptName(attempt)} runs without the segment of map ${map}`);
    assert(letter === letterAt(world, source, attempt.task), 'the segment that was verified');
    return letter;
  });
  world.later(life, course.takes, () => {
    if (!life.workspaces.has(attemptName(attempt))) return;
    if (isTrouble(course)) return complain(world, life, attempt, effect, course);
    const text = letters.join('');
    const part = { length: text.length, checksum: world.contents.checksum(text) };
    world.complete(life, 0, effect, { kind: 'part', part, counters: { 'reduce-runs': 1 } });
  });
}

export function fetch(
  world: World,
  life: Life,
  { attempt, effect, from, partition, wants }: Extract<Effect, { kind: 'fetch' }>,
): void {
  const { letters: fetched } = workspaceOf(life, attempt);
  const what = `${wants.map(({ map }) => `map-${map}`).join(', ')} for ${attemptName(attempt)}`;
  world.later(life, FETCH_TAKES, () => {
    if (!life.workspaces.has(attemptName(attempt))) return;
    const source = world.findLife(from);
    const isThere = source !== undefined && !source.dead && !source.paused;
    if (!isThere || !world.network.canFetch(life.node, from)) {
      world.mutter(life.node, null, `asks ${nodeName(from)} for ${what}, in vain`);
      return world.complete(life, FETCH_TIMEOUT, effect, { kind: 'unreachable' });
    }
    const statuses = wants.map((want) => world.disks.look(from, want, partition));
    wants.forEach((want, i) => {
      if (statuses[i] === 'ok') fetched.set(want.map, letterAt(world, want, partition));
    });
    const bad = wants.flatMap(({ map }, i) =>
      statuses[i] === 'ok' ? [] : `map-${map} ${statuses[i]}`,
    );
    const verdict = bad.length === 0 ? '' : `: ${bad.join(', ')}`;
    world.log(life.node, null, `fetches from ${nodeName(from)} ${what}${verdict}`);
    world.complete(life, 0, effect, { kind: 'fetched', statuses });
  });
}

export function abandon(world: World, life: Life, attempt: AttemptId): void {
  const name = attemptName(attempt);
  const workspace = life.workspaces.get(name);
  if (workspace === undefined) return;
  life.workspaces.delete(name);
  if (!workspace.over) world.log(life.node, null, `stops ${name}`);
}

export function discard(world: World, life: Life, attempt: AttemptId): void {
  if (!world.disks.discard(life.node, attempt)) return;
  world.log(life.node, null, `discards the output of ${attemptName(attempt)}`);
}

function begin(world: World, life: Life, attempt: AttemptId): Course {
  workspaceOf(life, attempt);
  world.log(life.node, null, `runs ${attemptName(attempt)}`);
  return world.tasks.begin(life.node, attempt);
}

/** The workspace of an attempt, made when it is first used. */
export function workspaceOf(life: Life, attempt: AttemptId): Workspace {
  const name = attemptName(attempt);
  let workspace = life.workspaces.get(name);
  if (workspace === undefined) {
    workspace = { letters: new Map(), over: false };
    life.workspaces.set(name, workspace);
  }
  return workspace;
}

function letterAt(world: World, { checksums }: Location, partition: number): string {
  const checksum = checksums[partition];
  assert(checksum !== undefined, 'a location names the checksum of every partition');
  return letterOf(world.contents.text(checksum));
}

function isTrouble({ fails, dies }: Course): boolean {
  return fails !== null || dies !== null;
}

/** The user's code failed, or took its process with it. */
function complain(
  world: World,
  life: Life,
  attempt: AttemptId,
  effect: EffectId,
  { fails, dies }: Course,
): void {
  workspaceOf(life, attempt).over = true;
  const result: Result =
    fails === null
      ? { kind: 'process-lost', record: dies }
      : { kind: 'failed', error: { code: fails, message: 'as the transcript says' } };
  world.complete(life, 0, effect, result);
}
