/** Which faults are tried at a point: every kind that can matter there, with ends that differ. */
import { nodeId } from '@lisping/core';
import type { Microseconds, NodeId } from '@lisping/core';
import { CLIENT, nodeName, PRIMARY, STORE, SUCCESSOR } from '../address.ts';
import type { Fault } from '../fault.ts';
import type { Point } from './scout.ts';
import { LASTS, SMALL_SETTING } from './small-world.ts';

/** The faults that are tried at this point, in a fixed order; none of them before `from`. */
export function placementsAt(point: Point, from: Microseconds): readonly Fault[] {
  const { at } = point;
  if (point.kind === 'packet') {
    return atPacket(at, nodeId(point.from), nodeId(point.to), point.packet);
  }
  const node = nodeId(point.node);
  const target = nodeName(node);
  switch (point.kind) {
    case 'event':
      return atEvent(at, node, from);
    case 'step':
      return atStep(at, target);
    case 'write':
      return atWrite(at, node);
    case 'journal':
      return [
        { at, kind: 'journal-slow', target, until: at + 1, by: 2 * SMALL_SETTING.journalPatience },
        { at, kind: 'journal-cut', target, until: at + LASTS.short },
      ];
    case 'request':
      return [
        { at, kind: 'store-slow', target: 'store', until: at + 1, by: LASTS.short },
        { at, kind: 'store-slow', target: 'store', until: at + 1, by: LASTS.lost },
      ];
    case 'upload':
      return [{ at, kind: 'store-full', target: 'store', until: at + LASTS.lease }];
    case 'tie':
      return [{ at, kind: 'tie', target: '*', until: at + 1, grain: 1, prefer: 'last' }];
  }
}

// -------------------------------------------------------------------- processes

function atEvent(at: Microseconds, node: NodeId, from: Microseconds): Fault[] {
  switch (node) {
    case CLIENT:
      return [crash(at, node, 'unsynced-lost', LASTS.moment)];
    case STORE:
      return [pause(at, node, LASTS.short), pause(at, node, LASTS.lost)];
    case PRIMARY:
    case SUCCESSOR:
      return atPrimary(at, node, from);
    default:
      return atReplica(at, node);
  }
}

function atPrimary(at: Microseconds, node: NodeId, from: Microseconds): Fault[] {
  const faults: Fault[] = [
    crash(at, node, 'unsynced-lost', LASTS.moment),
    crash(at, node, 'unsynced-lost', LASTS.lost),
    crash(at, node, 'unsynced-lost', null),
    pause(at, node, LASTS.lease),
    pause(at, node, LASTS.lost),
    { at, kind: 'successor', target: 'successor' },
    jump(at, node, LASTS.lease),
    jump(at, node, -LASTS.lease),
  ];
  // What the user asks for arrives just before this event.
  const asked = at - SMALL_SETTING.network.latency - 1;
  if (asked >= from && asked > SMALL_SETTING.primaryFirst) {
    faults.push({ at: asked, kind: 'cancel', target: 'client' });
  }
  return faults;
}

function atReplica(at: Microseconds, node: NodeId): Fault[] {
  return [
    crash(at, node, 'unsynced-lost', LASTS.moment),
    crash(at, node, 'wiped', LASTS.moment),
    crash(at, node, 'unsynced-lost', LASTS.lost),
    crash(at, node, 'wiped', LASTS.lost),
    crash(at, node, 'wiped', null),
    pause(at, node, LASTS.lease),
    pause(at, node, LASTS.lost),
    jump(at, node, LASTS.lease),
    jump(at, node, -LASTS.lease),
    { at, kind: 'damage', target: nodeName(node), partition: 0 },
  ];
}

function crash(
  at: Microseconds,
  node: NodeId,
  disk: 'unsynced-lost' | 'wiped',
  lasts: Microseconds | null,
): Fault {
  const until = lasts === null ? null : at + lasts;
  return { at, kind: 'crash', target: nodeName(node), disk, until };
}

function pause(at: Microseconds, node: NodeId, lasts: Microseconds): Fault {
  return { at, kind: 'pause', target: nodeName(node), until: at + lasts };
}

function jump(at: Microseconds, node: NodeId, offset: Microseconds): Fault {
  return { at, kind: 'clock', target: nodeName(node), until: at + 1, offset, drift: 0 };
}

// -------------------------------------------------------------------- steps and writes

function atStep(at: Microseconds, target: string): Fault[] {
  const task = { at, kind: 'task', target, task: '*' } as const;
  return [
    { at, kind: 'slow', target, until: at + LASTS.slow, factor: 10 },
    { at, kind: 'disk-full', target, until: at + LASTS.lease },
    { ...task, until: at + 1, effect: 'throws' },
    { ...task, until: at + LASTS.lease, effect: 'hangs' },
    { ...task, until: at + 1, effect: 'killed', record: null },
    { ...task, until: at + 1, effect: 'killed', record: 0 },
  ];
}

/** What dies before the write has been tried as a crash; here it is torn, or done and unanswered. */
function atWrite(at: Microseconds, node: NodeId): Fault[] {
  const target = nodeName(node);
  const fault = { at, kind: 'crash-at-write', target, until: at + WRITE_TAKES, write: 1 } as const;
  const faults: Fault[] = [
    { ...fault, when: 'torn', down: LASTS.moment },
    { ...fault, when: 'after', down: LASTS.moment },
    { ...fault, when: 'after', down: LASTS.lost },
  ];
  if (node !== PRIMARY && node !== SUCCESSOR) return faults;
  // For good, so that a successor can take over what it finds.
  faults.push({ ...fault, when: 'torn', down: null }, { ...fault, when: 'after', down: null });
  faults.push({ at, kind: 'journal-full', target, until: at + WRITE_TAKES });
  return faults;
}

const WRITE_TAKES: Microseconds = SMALL_SETTING.journal.base + 1;

// -------------------------------------------------------------------- links

function atPacket(at: Microseconds, from: NodeId, to: NodeId, packet: number): Fault[] {
  const [sender, receiver] = [nodeName(from), nodeName(to)];
  const target = `${sender}->${receiver}`;
  const one = { at, target, until: at + 1, perMille: 1000, packet } as const;
  const faults: Fault[] = [
    { ...one, kind: 'loss' },
    { ...one, kind: 'delay', by: LASTS.short },
    { ...one, kind: 'delay', by: LASTS.lost },
    { ...one, kind: 'duplication', by: LASTS.short },
    { ...one, kind: 'duplication', by: LASTS.lost },
  ];
  if (packet > 1) return faults;
  const until = at + LASTS.lost;
  faults.push(
    { at, kind: 'cut', target, until: at + LASTS.lease },
    { at, kind: 'cut', target, until },
    { at, kind: 'hold', target, until },
    { at, kind: 'cut', target: `${sender}->*`, until },
    { at, kind: 'cut', target: `*->${receiver}`, until },
    { at, kind: 'cut', target: `${sender}<->*`, until },
  );
  return faults;
}
