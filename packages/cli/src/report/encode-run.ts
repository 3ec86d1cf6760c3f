// A trace as the columns that the page of a report reads.
import { endWords, faultWords, type Check, type StoryLine, type TraceEvent } from '@lisping/sim';
import { ENDINGS, type EncodedRun, type ReportedFault, type Shape } from '../page/format.ts';
import { arrowEnds } from '../seeing/arrows.ts';
import { taskBars } from '../seeing/bars.ts';
import { faultSpans, linkOf, type FaultSpan } from '../seeing/fault-spans.ts';
import { Varints } from './varints.ts';

/** One run to be shown. */
export interface ShownRun extends Pick<EncodedRun, 'role' | 'title' | 'command' | 'slots'> {
  readonly events: readonly TraceEvent[];
  readonly checks: readonly Check[];
  readonly story: readonly StoryLine[];
}

export function encodeRun(run: ShownRun): EncodedRun {
  const { events, checks, story, role, title, command, slots } = run;
  const names = new Names(nodesOf(events));
  const records = new Varints();
  const ends = arrowEnds(events);
  let before = 0;
  events.forEach((event, index) => {
    const { shape, peer, about, more } = fieldsOf(event);
    const end = ends[index] ?? -1;
    records.add(
      event.at - before,
      names.shape(shape),
      names.node(event.node),
      names.node(peer),
      names.string(about),
      names.string(more),
      end >= 0 && end < index ? index - end : 0,
    );
    before = event.at;
  });
  const bars = taskBars(events);
  const barRows = new Varints();
  before = 0;
  for (const { node, slot, attempt, kind, start, shuffled, end, ending } of bars) {
    const shuffle = shuffled === null ? 0 : shuffled - start + 1;
    barRows.add(start - before, names.node(node), slot, names.string(attempt));
    barRows.add(kind === 'map' ? 0 : 1, end - start, shuffle, ENDINGS.indexOf(ending));
    before = start;
  }
  return {
    role,
    title,
    command,
    checks,
    story,
    slots,
    nodes: names.nodes,
    shapes: names.shapes,
    records: events.length,
    recordRows: records.base64(),
    bars: bars.length,
    barRows: barRows.base64(),
    faults: faultSpans(events).map((span) => reportedFault(span, names)),
    strings: names.strings,
  };
}

/** What happened, in the columns that every record has. */
interface Fields {
  readonly shape: Shape;
  readonly peer: string;
  readonly about: string;
  readonly more: string;
}

const fields = (shape: Shape, peer: string, about: string, more: string): Fields => ({
  shape,
  peer,
  about,
  more,
});

function fieldsOf(event: TraceEvent): Fields {
  const name = event.event;
  const plain = (more: string): Fields => fields([name, '', ''], '', '', more);
  switch (event.event) {
    case 'sent':
      return fields([name, event.message, event.fate], event.to, event.about, event.says);
    case 'delivered':
    case 'undelivered':
      return fields([name, event.message, ''], event.from, event.about, event.says);
    case 'began':
      return fields([name, event.effect, ''], event.peer ?? '', event.about, '');
    case 'completed':
      return fields([name, event.effect, ''], event.peer ?? '', event.about, event.result);
    case 'dropped':
      return fields([name, event.effect, ''], '', event.about, '');
    case 'executed':
      return fields([name, '', ''], '', event.attempt, event.failed ? 'failed' : '');
    case 'store':
      return fields([name, event.operation, ''], '', event.about, event.answer);
    case 'scoreboard': {
      const { replica, state, running, held } = event;
      return fields([name, state, ''], replica, '', `${running} ${held}`);
    }
    case 'fault':
    case 'repaired': {
      const { fault } = event;
      const struck = linkOf(fault) === null ? fault.target : '';
      const fate = fault.kind === 'crash' ? fault.disk : '';
      const words = name === 'fault' ? faultWords(fault) : endWords(fault);
      return fields([name, fault.kind, fate], struck, fault.target, words);
    }
    case 'started':
      return plain(`life ${event.life}`);
    case 'stopped':
      return plain(event.why);
    case 'paused':
    case 'resumed':
      return plain('');
    case 'timer':
      return plain(String(event.timer));
    case 'epoch':
      return plain(String(event.epoch));
    case 'journal':
      return plain(event.entries.join(', '));
    case 'told':
      return plain(event.status);
    case 'threw':
      return plain(event.error);
    case 'healed':
      return plain('');
    case 'end':
      return plain(event.verdict);
  }
}

/** Everything that is named, by number; 0 is no node, and no text. */
class Names {
  readonly strings: string[] = [''];
  readonly shapes: Shape[] = [];
  private readonly nodeNumbers: ReadonlyMap<string, number>;
  private readonly stringNumbers = new Map<string, number>([['', 0]]);
  private readonly shapeNumbers = new Map<string, number>();

  readonly nodes: readonly string[];

  constructor(nodes: readonly string[]) {
    this.nodes = nodes;
    this.nodeNumbers = new Map(nodes.map((name, index) => [name, index]));
  }

  node(name: string): number {
    return this.nodeNumbers.get(name) ?? 0;
  }

  /** The nodes of an end of a link; empty for everybody. */
  ends(name: string): number[] {
    const node = this.node(name);
    return node === 0 ? [] : [node];
  }

  string(text: string): number {
    const known = this.stringNumbers.get(text);
    if (known !== undefined) return known;
    this.stringNumbers.set(text, this.strings.length);
    return this.strings.push(text) - 1;
  }

  shape(shape: Shape): number {
    const key = shape.join(' ');
    const known = this.shapeNumbers.get(key);
    if (known !== undefined) return known;
    this.shapeNumbers.set(key, this.shapes.length);
    return this.shapes.push(shape) - 1;
  }
}

const FIXED: readonly string[] = ['world', 'client', 'store', 'primary', 'successor'];

/** Every node of which anything is told, in the order in which they are shown. */
function nodesOf(events: readonly TraceEvent[]): string[] {
  const names = new Set(events.map(({ node }) => node));
  const number = (name: string): number => Number(name.slice(name.lastIndexOf('-') + 1));
  const others = [...names].filter((name) => !FIXED.includes(name));
  return [
    'world',
    ...FIXED.filter((name) => name !== 'world' && names.has(name)),
    ...others.sort((a, b) => number(a) - number(b)),
  ];
}

function reportedFault({ fault, at, until }: FaultSpan, names: Names): ReportedFault {
  const link = linkOf(fault);
  const { kind, target } = fault;
  return {
    kind,
    target,
    text: faultWords(fault),
    at,
    until,
    node: link === null ? names.node(target) : null,
    link: link === null ? null : [names.ends(link.from), names.ends(link.to)],
    both: link?.both ?? false,
  };
}
