// Operations drawn by a seed, each met by faults, each judged by what HDFS really holds afterwards. An
// operation may fail; what it must never do is say something that is not so.
import type { Hdfs } from '../src/hdfs/hdfs.ts';
import type { Fault, PlannedFault, Side } from './fault.ts';
import { gathered, noise, type World } from './world.ts';

/** How an operation ended, and what was found to be a lie. */
export interface Tally {
  repaired: number;
  refused: number;
  readonly corruptions: string[];
}

interface Lane {
  readonly world: World;
  readonly hdfs: Hdfs;
  readonly draw: (below: number) => number;
  readonly tally: Tally;
}

const SIZES = [0, 1, 4096, 70_000, 300_000];
const content = (size: number): Buffer => noise(size, `content ${size}`);

/** Runs so many operations, one after the other, in a world of its own. */
export async function runFaultedOperations(
  world: World,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Tally> {
  const hdfs = await world.open({
    patience: {
      answerMs: 1500,
      stallMs: 300,
      pauseMs: 5,
      pauseMaxMs: 50,
      unavailableMs: 1000,
      triesMax: 4,
    },
  });
  const tally: Tally = { repaired: 0, refused: 0, corruptions: [] };
  const lane = { world, hdfs, tally, draw: drawsOf(seed) };
  for (const size of SIZES) {
    await hdfs.create(`${world.dir}/size-${size}`, content(size), { blockSize: 65_536 });
  }
  for (let i = 0; i < count; i++) await once(lane, i);
  return tally;
}

/** mulberry32: whole numbers below a bound. */
function drawsOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

async function once(lane: Lane, index: number): Promise<void> {
  const kind = lane.draw(100);
  if (kind < 80) await readOne(lane);
  else if (kind < 86) await createOne(lane, index);
  else if (kind < 90) await replaceOne(lane, index);
  else if (kind < 93) await appendOne(lane, index);
  else if (kind < 97) await renameOne(lane, index);
  else await listOne(lane);
  lane.world.proxy.forget();
}

function plan({ world, draw }: Lane, places: readonly (readonly [Side, string])[]): void {
  const faults: PlannedFault[] = [];
  for (let i = 0; i <= draw(3); i++) {
    const [side, op] = places[draw(places.length)] ?? ['nameNode', 'OPEN'];
    faults.push({ side, op, fault: drawFault(draw, side, op) });
  }
  world.proxy.plan(...faults);
}

function drawFault(draw: (below: number) => number, side: Side, op: string): Fault {
  const afterBytes = draw(4) === 0 ? 0 : draw(120_000);
  const exceptions = ['StandbyException', 'RetriableException', 'SafeModeException'];
  const faults: Fault[] = [
    { kind: 'reset' },
    { kind: 'answer-lost' },
    { kind: 'error-500' },
    { kind: 'garbage' },
    { kind: 'page' },
    { kind: 'cut', afterBytes },
    { kind: 'closed', afterBytes },
    { kind: 'closed-without-length', afterBytes },
    { kind: 'short-length', afterBytes },
    { kind: 'too-long', moreBytes: 1 + draw(9) },
    { kind: 'exception', exception: exceptions[draw(3)] ?? 'StandbyException' },
  ];
  const isData = op === 'OPEN' || op === 'CREATE' || op === 'APPEND';
  if (side === 'nameNode' && isData) faults.push({ kind: 'dead-redirect' });
  if (side === 'dataNode' && op !== 'OPEN') faults.push({ kind: 'upload-cut', afterBytes });
  // Dear in time, so rarer than the others.
  if (draw(20) === 0) return draw(2) === 0 ? { kind: 'silence' } : { kind: 'stall', afterBytes };
  return faults[draw(faults.length)] ?? { kind: 'reset' };
}

/** True: it says that it was done. False: it failed. Null: it says that nobody can know. */
async function said(lane: Lane, action: () => Promise<unknown>): Promise<boolean | null> {
  try {
    await action();
    lane.tally.repaired++;
    return true;
  } catch (error) {
    lane.tally.refused++;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || !code.startsWith('LISPING_E_')) {
      lane.tally.corruptions.push(`no error of ours: ${String(error)}`);
    }
    return code === 'LISPING_E_HDFS_UNCLEAR' ? null : false;
  }
}

function judge({ tally }: Lane, isTrue: boolean, what: string): void {
  if (!isTrue) tally.corruptions.push(what);
}

async function readOne(lane: Lane): Promise<void> {
  const size = SIZES[lane.draw(SIZES.length)] ?? 0;
  const offset = lane.draw(2) === 0 ? 0 : lane.draw(size + 1);
  const length = lane.draw(2) === 0 ? size : lane.draw(size + 1);
  plan(lane, [
    ['dataNode', 'OPEN'],
    ['dataNode', 'OPEN'],
    ['nameNode', 'OPEN'],
    ['nameNode', 'GETFILESTATUS'],
  ]);
  let got: Buffer = Buffer.of();
  const isDone = await said(lane, async () => {
    got = await gathered(lane.hdfs.open(`${lane.world.dir}/size-${size}`, { offset, length }));
  });
  const wanted = content(size).subarray(offset, offset + length);
  if (isDone === true) judge(lane, wanted.equals(got), `read ${offset}+${length} of ${size}`);
}

const WRITE_PLACES = [
  ['dataNode', 'CREATE'],
  ['dataNode', 'CREATE'],
  ['nameNode', 'CREATE'],
  ['nameNode', 'GETFILESTATUS'],
  ['nameNode', 'RENAME'],
] as const;

async function createOne(lane: Lane, index: number): Promise<void> {
  const path = `${lane.world.dir}/new-${index}`;
  const bytes = noise(lane.draw(150_000), `new ${index}`);
  plan(lane, WRITE_PLACES);
  const isDone = await said(lane, async () => await lane.hdfs.create(path, bytes));
  lane.world.proxy.forget();
  const found = await lane.world.oracle.read(path);
  if (isDone === true) judge(lane, found?.equals(bytes) === true, `created ${path}`);
  else judge(lane, found === null || (isDone === null && found.equals(bytes)), `failed ${path}`);
}

async function replaceOne(lane: Lane, index: number): Promise<void> {
  const path = `${lane.world.dir}/replaced`;
  const before = noise(1000, 'before');
  const after = noise(lane.draw(150_000), `after ${index}`);
  await lane.hdfs.create(path, before, { overwrite: true });
  plan(lane, WRITE_PLACES);
  const isDone = await said(
    lane,
    async () => await lane.hdfs.create(path, after, { overwrite: true }),
  );
  const found = (await lane.world.oracle.read(path)) ?? Buffer.of();
  const [isOld, isNew] = [found.equals(before), found.equals(after)];
  if (isDone === true) judge(lane, isNew, `replaced ${index}`);
  else judge(lane, isOld || (isDone === null && isNew), `not replaced ${index}`);
}

async function appendOne(lane: Lane, index: number): Promise<void> {
  const path = `${lane.world.dir}/appended-${index}`;
  const [first, more] = [noise(500, 'first'), noise(lane.draw(90_000), `more ${index}`)];
  await lane.hdfs.create(path, first);
  plan(lane, [
    ['dataNode', 'APPEND'],
    ['nameNode', 'APPEND'],
    ['nameNode', 'GETFILESTATUS'],
  ]);
  const isDone = await said(lane, async () => await lane.hdfs.append(path, more));
  const whole = Buffer.concat([first, more]);
  const found = (await lane.world.oracle.read(path)) ?? Buffer.of();
  if (isDone === true) judge(lane, found.equals(whole), `appended ${path}`);
  else judge(lane, isDone === null || found.equals(first) || found.equals(whole), `append ${path}`);
}

async function renameOne(lane: Lane, index: number): Promise<void> {
  const [from, to] = [`${lane.world.dir}/from-${index}`, `${lane.world.dir}/to-${index}`];
  const bytes = noise(100, `renamed ${index}`);
  await lane.hdfs.create(from, bytes);
  plan(lane, [
    ['nameNode', 'RENAME'],
    ['nameNode', 'GETFILESTATUS'],
  ]);
  const isDone = await said(lane, async () => await lane.hdfs.rename(from, to));
  const { oracle } = lane.world;
  const [old, found] = [await oracle.read(from), await oracle.read(to)];
  if (isDone === true) judge(lane, old === null && found?.equals(bytes) === true, `renamed ${to}`);
  else judge(lane, (old ?? found)?.equals(bytes) === true, `lost by a rename: ${from}`);
}

async function listOne(lane: Lane): Promise<void> {
  const { dir, oracle } = lane.world;
  plan(lane, [['nameNode', 'LISTSTATUS']]);
  let names: string[] = [];
  const isDone = await said(lane, async () => {
    names = (await lane.hdfs.list(dir)).map(({ path }) => path.slice(dir.length + 1));
  });
  lane.world.proxy.forget();
  if (isDone !== true) return;
  // What a broken writer left may still come and go; everything else must be there.
  const shown = (list: readonly string[]): string =>
    list.filter((name) => !name.startsWith('.')).join(' ');
  judge(lane, shown(names) === shown(await oracle.names(dir)), `list of ${dir}`);
}
