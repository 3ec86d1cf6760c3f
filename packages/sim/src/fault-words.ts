/** Faults in the words of the story. */
import type { Microseconds } from '@lisping/core';
import type { Fault, FaultKind } from './fault.ts';

const OF_LINKS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'cut',
  'loss',
  'duplication',
  'delay',
  'reorder',
  'hold',
]);

/** Where the fault is told to happen. */
export function placeOf(fault: Fault): string {
  if (OF_LINKS.has(fault.kind)) return 'network';
  return fault.target === '*' ? 'everybody' : fault.target;
}

/** `20 % of primary → store`, `the packet primary → store`, `packet 3 of primary → store`. */
function packetsWords({
  perMille,
  packet,
  target,
}: Extract<Fault, { readonly kind: 'loss' | 'duplication' | 'delay' }>): string {
  const link = linkWords(target);
  if (packet === undefined) return `${perMille / 10} % of ${link}`;
  return packet === 1 ? `the packet ${link}` : `packet ${packet} of ${link}`;
}

function linkWords(target: string): string {
  return target.replace('<->', ' ⇹ ').replace('->', ' ⇢ ').replaceAll('*', 'everybody');
}

function seconds(time: Microseconds): string {
  return `${(time / 1_000_000).toFixed(3)} s`;
}

/** What happens, and to whom: `replica-7: crashes, and its disk is lost`. */
export function faultWords(fault: Fault): string {
  return about(fault, wordsOf(fault));
}

/** The same of its end. */
export function endWords(fault: Fault): string {
  return about(fault, endOf(fault) ?? `the end of: ${wordsOf(fault)}`);
}

/** Links are named by what happens to them. */
function about(fault: Fault, words: string): string {
  return OF_LINKS.has(fault.kind) ? words : `${placeOf(fault)}: ${words}`;
}

/** What happens when it strikes. */
export function wordsOf(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
      return `crashes${fault.until === null ? ' for good' : ''}${DISK_WORDS[fault.disk]}`;
    case 'crash-at-write':
      return `crashes${fault.down === null ? ' for good' : ''} ${WHEN_WORDS[fault.when]} durable write ${fault.write} from ${seconds(fault.at)} on`;
    case 'pause':
      return `stands still for ${seconds(fault.until - fault.at)}`;
    case 'slow':
      return `is ${fault.factor} times slower`;
    case 'clock':
      return clockWords(fault.offset, fault.drift);
    case 'cut':
      return `✂ ${linkWords(fault.target)}`;
    case 'loss':
      return `loses ${packetsWords(fault)}`;
    case 'duplication':
      return `doubles ${packetsWords(fault)}`;
    case 'delay':
      return `delays ${packetsWords(fault)} by ${seconds(fault.by)}`;
    case 'reorder':
      return `delays ${linkWords(fault.target)} by up to ${seconds(fault.by)} each`;
    case 'hold':
      return `holds ${linkWords(fault.target)}`;
    case 'successor':
      return 'is started beside the primary';
    case 'damage':
      return `bits flip in its segments of partition ${fault.partition}`;
    case 'disk-full':
      return 'has no room on its disk';
    case 'disk-slow':
      return `has a disk ${fault.factor} times slower`;
    case 'journal-slow':
      return `the journal takes ${seconds(fault.by)} longer`;
    case 'journal-cut':
      return 'the journal does not answer';
    case 'journal-full':
      return 'the journal is full';
    case 'store-full':
      return 'is full';
    case 'store-slow':
      return `does everything ${seconds(fault.by)} late`;
    case 'tie':
      return `events of one instant (of ${seconds(fault.grain)}) come ${fault.prefer === 'last' ? 'last first' : 'shuffled'}`;
    case 'task':
      return `user code of ${fault.task === '*' ? 'every task' : fault.task} ${effectWords(fault)}`;
    case 'cancel':
      return fault.job === undefined ? 'cancels the job' : `cancels job ${fault.job}`;
  }
}

const DISK_WORDS = {
  kept: '',
  wiped: ', and its disk is lost',
  'unsynced-lost': ', and what was not synced is lost',
  torn: ', and what was being written is torn',
} as const;

const WHEN_WORDS = { before: 'before', torn: 'in the middle of', after: 'right after' } as const;

function clockWords(offset: Microseconds, drift: number): string {
  const jump = `the clock jumps by ${seconds(offset)}`;
  return drift === 0 ? jump : `${jump} and drifts by ${drift} ppm`;
}

function effectWords(fault: Extract<Fault, { kind: 'task' }>): string {
  if (fault.effect !== 'killed') return fault.effect;
  return fault.record === null
    ? 'is killed before a record'
    : `is killed in record ${fault.record}`;
}

const END_WORDS: Readonly<Partial<Record<FaultKind, string>>> = {
  pause: 'goes on',
  slow: 'is as fast as before',
  clock: 'the clock runs as others do',
  'disk-full': 'has room again',
  'disk-slow': 'has a disk as fast as before',
  'journal-slow': 'the journal is as fast as before',
  'journal-cut': 'the journal answers again',
  'journal-full': 'the journal has room again',
  'store-full': 'has room again',
  'store-slow': 'is as fast as before',
  tie: 'events of one instant come in the order in which they were made',
  task: 'user code runs as it should',
};

/** What happens when it ends. Null for what strikes once; that a process is back is told when it is. */
export function endOf(fault: Fault): string | null {
  if (OF_LINKS.has(fault.kind)) return `heals ${linkWords(fault.target)}`;
  return END_WORDS[fault.kind] ?? null;
}
