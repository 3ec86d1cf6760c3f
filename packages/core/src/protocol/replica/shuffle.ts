/**
 * The shuffle of one reduce attempt: which segments are wanted, from where, and which have arrived.
 *
 * The primary's location log is read from the start; a later entry for a map replaces an earlier
 * one. Nothing is fetched and no reduce begins before it has been read to its end: what is wanted of
 * one source travels in one request, and no version is taken that the next page replaces. A source
 * that failed is left alone for a while, twice as long each time.
 */
import { versionElement } from '../digest.ts';
import type { FetchStatus } from '../effects.ts';
import { nodeId } from '../ids.ts';
import type { Microseconds, NodeId } from '../ids.ts';
import type { LocationPage } from '../messages.ts';
import type { Location } from '../plan.ts';
import type { Timing } from '../timing.ts';

/** One peer that this attempt fetches from. */
interface Source {
  readonly node: NodeId;
  /** Maps whose segments wait to be asked for. */
  queue: number[];
  /** A request is on its way. */
  busy: boolean;
  /** Requests that failed since the last one that did not. */
  failures: number;
  /** Not to be asked before this time. */
  restUntil: Microseconds;
}

/** A batch to ask one source for. */
export interface FetchBatch {
  readonly from: NodeId;
  readonly wants: readonly Location[];
}

const NO_LOCATIONS: readonly Location[] = [];

/** What an entry of the log meant for this attempt. */
type Meaning = 'nothing' | 'wanted' | 'superseded';

/** The bookkeeping of one attempt's fetches. */
export class Shuffle {
  /** How far the location log has been read. */
  cursor = 0;
  /** Segments that have arrived and were verified. */
  arrived = 0;
  inFlight = 0;
  /** The log goes on beyond what was read of it: what is known of places and versions may be old. */
  private isBehind = false;
  /** The newest known place of each map's segment. */
  private readonly known: (Location | null)[];
  /** The location whose bytes arrived, for each map. */
  private readonly verified: (Location | null)[];
  private readonly sources = new Map<NodeId, Source>();
  /** Sources with something to ask for, in the order in which it was first wanted. */
  private readonly waiting: Source[] = [];

  private readonly timing: Timing;
  readonly maps: number;

  constructor(maps: number, timing: Timing) {
    this.maps = maps;
    this.timing = timing;
    this.known = new Array<Location | null>(maps).fill(null);
    this.verified = new Array<Location | null>(maps).fill(null);
  }

  get complete(): boolean {
    return this.arrived === this.maps && !this.isBehind;
  }

  /** A new primary writes a new log: read it from its start. What arrived is kept. */
  restartLog(): void {
    this.cursor = 0;
  }

  /** Takes in a stretch of the log; true when a segment that had arrived is superseded. */
  learn(page: LocationPage): boolean {
    if (page.from > this.cursor) {
      this.isBehind = true;
      return false;
    }
    let superseded = false;
    for (let i = this.cursor - page.from; i < page.entries.length; i++) {
      const entry = page.entries[i];
      if (entry !== undefined && this.learnOne(entry) === 'superseded') superseded = true;
      this.cursor++;
    }
    // A copy of an earlier page says nothing about the end.
    if (page.from + page.entries.length === this.cursor) this.isBehind = page.more;
    return superseded;
  }

  private learnOne(entry: Location): Meaning {
    const { map } = entry;
    const verified = this.verified[map];
    this.known[map] = entry;
    const superseded =
      verified !== null && verified !== undefined && entry.version > verified.version;
    if (superseded) {
      this.verified[map] = null;
      this.arrived--;
    } else if (verified) {
      return 'nothing';
    }
    if (entry.source >= 0) this.want(this.source(nodeId(entry.source)), map);
    return superseded ? 'superseded' : 'wanted';
  }

  /**
   * The next request that may go out now, or null; to be asked until there is none. Marks it as on
   * its way. The list of those that wait is changed in place: this is asked after every answer.
   */
  nextBatch(now: Microseconds): FetchBatch | null {
    if (this.isBehind || this.inFlight >= this.timing.fetchesInFlight) return null;
    const { waiting } = this;
    for (let i = 0; i < waiting.length; i++) {
      const source = waiting[i];
      if (source === undefined || source.busy || source.restUntil > now) continue;
      const wants = this.takeWants(source);
      if (source.queue.length === 0) takeOut(waiting, i--);
      if (wants.length === 0) continue;
      source.busy = true;
      this.inFlight++;
      return { from: source.node, wants };
    }
    return null;
  }

  /** What is still wanted from this source, each map once; the rest of its queue is forgotten. */
  private takeWants({ node, queue }: Source): readonly Location[] {
    let wants: Location[] | null = null;
    let left = 0;
    for (const map of queue) {
      const location = this.known[map];
      if (!location || location.source !== node || this.verified[map]) continue;
      if (wants === null) wants = [location];
      else if (wants.includes(location)) continue;
      else if (wants.length < this.timing.page) wants.push(location);
      else queue[left++] = map;
    }
    while (queue.length > left) queue.pop();
    return wants ?? NO_LOCATIONS;
  }

  /** A request came back. Returns the locations whose bytes are not there or not whole. */
  fetched(
    now: Microseconds,
    batch: FetchBatch,
    statuses: readonly FetchStatus[],
  ): { missing: readonly Location[]; damaged: readonly Location[] } {
    const source = this.source(batch.from);
    this.answered(source);
    let missing: Location[] | null = null;
    let damaged: Location[] | null = null;
    const { wants } = batch;
    for (let i = 0; i < wants.length; i++) {
      const want = wants[i];
      if (want === undefined) continue;
      const status = statuses[i] ?? 'missing';
      if (status === 'ok') {
        this.arrive(want);
        continue;
      }
      if (status === 'missing') (missing ??= []).push(want);
      else (damaged ??= []).push(want);
      this.want(source, want.map);
    }
    if (missing !== null || damaged !== null) this.rest(now, source);
    else source.failures = 0;
    return { missing: missing ?? NO_LOCATIONS, damaged: damaged ?? NO_LOCATIONS };
  }

  /** A request was not answered. */
  unreachable(now: Microseconds, batch: FetchBatch): void {
    const source = this.source(batch.from);
    this.answered(source);
    for (const want of batch.wants) this.want(source, want.map);
    this.rest(now, source);
  }

  /** Requests to this peer that have failed in a row. */
  failuresOf(node: NodeId): number {
    return this.source(node).failures;
  }

  /** The digest of the versions of everything that arrived: what a reduce over it consumed. */
  consumed(): number {
    let digest = 0;
    for (const location of this.verified) {
      if (location) digest = (digest + versionElement(location.map, location.version)) | 0;
    }
    return digest;
  }

  /** All verified locations, by map; only when complete. */
  takeSources(): Location[] {
    const sources: Location[] = [];
    for (const location of this.verified) if (location) sources.push(location);
    return sources;
  }

  private arrive(want: Location): void {
    const known = this.known[want.map];
    // The log may have moved on while the bytes travelled: a superseded version is of no use.
    if (known && known.version > want.version) return;
    if (this.verified[want.map]) return;
    this.verified[want.map] = want;
    this.arrived++;
  }

  private answered(source: Source): void {
    source.busy = false;
    this.inFlight--;
  }

  private rest(now: Microseconds, source: Source): void {
    const wait = this.timing.fetchRetry * 2 ** Math.min(source.failures, 20);
    source.failures++;
    source.restUntil = now + Math.min(wait, this.timing.fetchRetryMax);
  }

  private source(node: NodeId): Source {
    let source = this.sources.get(node);
    if (source === undefined) {
      source = { node, queue: [], busy: false, failures: 0, restUntil: 0 };
      this.sources.set(node, source);
    }
    return source;
  }

  private want(source: Source, map: number): void {
    if (source.queue.length > 0) return void source.queue.push(map);
    this.waiting.push(source);
    // Mostly it stays the only one, and a list of one takes less than a list that is to grow.
    source.queue = [map];
  }
}

/** What `splice` does, but for the list that it makes of what it takes out. */
function takeOut(list: Source[], place: number): void {
  for (let i = place + 1; i < list.length; i++) {
    const next = list[i];
    if (next !== undefined) list[i - 1] = next;
  }
  list.pop();
}
