/**
 * What stands between a replica and its surroundings: its disk, its slots, and the data plane on
 * which replicas fetch segments from each other.
 */
import { assert, createReplica, incarnation, sameAttempt } from '@lisping/core';
import type {
  AttemptId,
  Effect,
  Fetch,
  FetchStatus,
  JobId,
  Location,
  Machine,
  Microseconds,
  RunMap,
  RunReduce,
  Store,
} from '@lisping/core';
import { PRIMARY, SUCCESSOR } from './address.ts';
import { attemptKey } from './attempt-key.ts';
import { Disk, Output } from './disk.ts';
import { mixKey } from './draws.ts';
import type { EffectResult } from './effect-result.ts';
import { taskDuration } from './host-context.ts';
import type { HostContext } from './host-context.ts';
import type { TaskFault } from './fault.ts';
import type { Execution, ReplicaView, WorkView } from './observe.ts';
import { Operation } from './operation.ts';
import type { Cargo, Request } from './operation.ts';
import type { Host, Process } from './process.ts';
import { requestStore, storeAnswered, storeTimedOut } from './store-client.ts';
import { injuredDuration, injuryError, Surroundings } from './surroundings.ts';
import { Workspace } from './workspace.ts';
import { trapOf } from './write-trap.ts';
import type { WriteTrap } from './write-trap.ts';
import { sizeOfPart } from './made.ts';

export interface ReplicaHostOptions {
  readonly slots: number;
}

export class ReplicaHost implements Host, ReplicaView {
  readonly disk: Disk = new Disk();
  readonly surroundings: Surroundings = new Surroundings();
  private readonly context: HostContext;
  private readonly options: ReplicaHostOptions;
  /** What is worked on. Replaced when it changes, so that it may be walked meanwhile. */
  private places: readonly Workspace<Operation>[] = [];
  private dying = false;

  constructor(context: HostContext, options: ReplicaHostOptions) {
    this.context = context;
    this.options = options;
  }

  boot(process: Process): Machine {
    return createReplica({
      self: process.node,
      incarnation: incarnation(process.life),
      slots: this.options.slots,
      primaries: [PRIMARY, SUCCESSOR],
      timing: this.context.timing,
      held: this.disk.outputs(),
      effects: this.context.effects,
    });
  }

  // ------------------------------------------------------------------ the view from outside

  get executing(): readonly AttemptId[] {
    return this.places.filter((place) => place.executing).map((place) => place.attempt);
  }

  get working(): number {
    return this.places.length;
  }

  worksOn(attempt: AttemptId): boolean {
    return this.find(attempt) !== null;
  }

  addMaps(job: JobId, maps: Set<number>): void {
    this.disk.addMaps(job, maps);
  }

  get workspaces(): readonly AttemptId[] {
    return this.places.map((place) => place.attempt);
  }

  get works(): readonly WorkView[] {
    return this.places.map(({ attempt, operations, segments }) => ({
      attempt,
      asks: operations.filter(({ open }) => open).map(({ request }) => request),
      segments,
    }));
  }

  get held(): readonly Output[] {
    return this.disk.outputs();
  }

  /** How many things lie here that a finished job should not leave. */
  get leftovers(): number {
    return this.disk.size + this.places.length;
  }

  // ------------------------------------------------------------------ effects

  perform(now: Microseconds, process: Process, effect: Effect): void {
    switch (effect.kind) {
      case 'run-map':
        return this.beginMap(now, process, effect);
      case 'fetch':
        return this.beginFetch(now, process, effect);
      case 'run-reduce':
        return this.beginReduce(now, process, effect);
      case 'store':
        return this.beginUpload(now, process, effect);
      case 'abandon':
        return this.abandon(effect.attempt);
      case 'discard':
        return this.disk.discard(effect.attempt);
      case 'send':
      case 'set-timer':
      case 'cancel-timer':
      case 'plan':
      case 'journal-list':
      case 'journal-create':
      case 'journal-read':
      case 'journal-write':
      case 'resign':
      case 'tell-user':
        assert(false, `a replica has no ${effect.kind}`);
    }
  }

  private beginMap(now: Microseconds, process: Process, effect: RunMap): void {
    const { attempt, plan } = effect;
    const operation = this.begin(now, process, effect, attempt, attemptKey(attempt));
    const bytes = plan.splits[attempt.task]?.length ?? 0;
    const duration = taskDuration(this.context, this.context.setting.map, bytes, attempt);
    const syncing = this.context.setting.syncWindow * (this.surroundings.diskSlowness - 1);
    this.run(now, process, operation, duration * process.slowness + syncing);
  }

  private beginReduce(now: Microseconds, process: Process, effect: RunReduce): void {
    const { attempt } = effect;
    const operation = this.begin(now, process, effect, attempt, attemptKey(attempt));
    const bytes = operation.workspace?.fetchedBytes ?? 0;
    const duration = taskDuration(this.context, this.context.setting.reduce, bytes, attempt);
    this.run(now, process, operation, duration * process.slowness);
  }

  /** User code runs for so long, unless something befalls it. */
  private run(now: Microseconds, process: Process, operation: Operation, usual: number): void {
    const { world, setting } = this.context;
    const { request } = operation;
    let duration = usual;
    if (this.surroundings.taskFaults.length > 0 && 'attempt' in request) {
      const injury = this.surroundings.injuryOf(request.attempt);
      if (injury !== null) duration = injuredDuration(injury, now, usual, setting.taskPatience);
      operation.injury = injury;
    }
    world.doLocally(operation, now + duration);
  }

  private beginFetch(now: Microseconds, process: Process, effect: Fetch): void {
    const { world, setting } = this.context;
    const name = fetchKey(effect);
    const key = mixKey(name, world.occurrence(name, process.node));
    const operation = this.begin(now, process, effect, effect.attempt, key);
    if (effect.from === process.node) return world.doLocally(operation, now + LOCAL_FETCH);
    world.request(operation, effect.from, 0, setting.fetchPatience);
  }

  private beginUpload(now: Microseconds, process: Process, effect: Store): void {
    const { operation: wanted } = effect;
    assert(wanted.kind === 'upload', 'a replica only uploads');
    const place = this.find(wanted.attempt);
    const operation = requestStore(this.context, now, process, effect, place?.part ?? null);
    this.attach(operation, wanted.attempt);
  }

  private begin(
    now: Microseconds,
    process: Process,
    request: Request,
    attempt: AttemptId,
    key: number,
  ): Operation {
    const operation = new Operation(request, process, mixKey(key, process.node), now);
    this.attach(operation, attempt);
    return operation;
  }

  private attach(operation: Operation, attempt: AttemptId): void {
    let place = this.find(attempt);
    if (place === null) {
      place = new Workspace<Operation>(attempt);
      this.places = this.places.concat([place]);
      if (attempt.kind === 'map') this.context.tally.mapAttempts++;
      else this.context.tally.reduceAttempts++;
    }
    operation.workspace = place;
    place.add(operation);
  }

  private find(attempt: AttemptId): Workspace<Operation> | null {
    for (const place of this.places) if (sameAttempt(place.attempt, attempt)) return place;
    return null;
  }

  private abandon(attempt: AttemptId): void {
    const place = this.find(attempt);
    if (place === null) return;
    place.close();
    this.leave(place);
  }

  private leave(place: Workspace<Operation>): void {
    const at = this.places.indexOf(place);
    if (at >= 0) this.places = this.places.toSpliced(at, 1);
  }

  // ------------------------------------------------------------------ completions

  finish(now: Microseconds, operation: Operation): void {
    const { request, injury } = operation;
    if (injury !== null && (request.kind === 'run-map' || request.kind === 'run-reduce')) {
      return this.fail(now, operation, injury, request);
    }
    switch (request.kind) {
      case 'run-map':
        this.context.tally.computed += now - operation.issued;
        return this.finishMap(now, operation, request);
      case 'run-reduce':
        this.context.tally.computed += now - operation.issued;
        return this.finishReduce(now, operation, request);
      case 'fetch':
        return this.accept(operation, request, this.lookUp(request));
      case 'store':
      case 'plan':
      case 'journal-list':
      case 'journal-create':
      case 'journal-read':
      case 'journal-write':
        assert(false, `a replica does no ${request.kind} by itself`);
    }
  }

  /** The attempt ends without a result, for a reason that is not in the user's code. */
  private fail(
    now: Microseconds,
    operation: Operation,
    injury: TaskFault,
    request: RunMap | RunReduce,
  ): void {
    const { attempt } = request;
    if (injury.effect === 'killed') {
      operation.result = { kind: 'process-lost', record: injury.record };
      return;
    }
    const error = injuryError(injury, attempt);
    operation.result = { kind: 'failed', error };
    this.tellExecuted(now, operation, {
      attempt,
      kind: attempt.kind,
      real: false,
      checksums: [],
      part: null,
      counters: null,
      error,
      consumed: request.kind === 'run-map' ? [] : consumedBy(operation, request).consumed,
    });
  }

  private finishMap(now: Microseconds, operation: Operation, { attempt }: RunMap): void {
    const { work } = this.context;
    const { made, real } = work.map(attempt);
    const { checksums, counters, part } = made;
    let trap: WriteTrap | null = null;
    const error = made.error === null ? null : work.taskError(made.error);
    if (error !== null) operation.result = { kind: 'failed', error };
    else if (part !== null) this.keepPart(operation, part, counters);
    else if (this.surroundings.diskFull) {
      operation.result = { kind: 'no-room' };
      return;
    } else {
      trap = this.store(operation, new Output(attempt, made));
    }
    if (trap?.fault.when === 'before') return trap.spring();
    this.tellExecuted(now, operation, {
      attempt,
      kind: 'map',
      real,
      checksums,
      part,
      counters,
      error,
      consumed: [],
    });
    trap?.spring();
  }

  /** The one durable write of a replica; the process may be meant to die at it. */
  private store(operation: Operation, output: Output): WriteTrap | null {
    const { traps } = this.surroundings;
    const trap = traps.length === 0 || this.dying ? null : trapOf(traps);
    const when = trap?.fault.when;
    if (when !== 'before') this.disk.hold(output);
    if (when === 'torn') output.tear(this.context.crashes.bits(operation.key));
    const { checksums, counters } = output;
    operation.result = { kind: 'mapped', checksums, counters };
    // Its workspace has become the output.
    if (operation.workspace !== null) this.leave(operation.workspace);
    return trap;
  }

  private finishReduce(now: Microseconds, operation: Operation, request: RunReduce): void {
    const { attempt } = request;
    const { work } = this.context;
    const { outputs, consumed } = consumedBy(operation, request);
    const { made, real } = work.reduce(attempt, outputs);
    const { part, counters } = made;
    const error = made.error === null ? null : work.taskError(made.error);
    if (error !== null) operation.result = { kind: 'failed', error };
    else if (part !== null) this.keepPart(operation, part, counters);
    this.tellExecuted(now, operation, {
      attempt,
      kind: 'reduce',
      real,
      checksums: [],
      part,
      counters,
      error,
      consumed,
    });
  }

  private keepPart(
    operation: Operation,
    part: NonNullable<Execution['part']>,
    counters: Output['counters'],
  ): void {
    if (operation.workspace !== null) operation.workspace.part = part;
    const identity = { length: sizeOfPart(part), checksum: part.checksum };
    operation.result = { kind: 'part', part: identity, counters };
  }

  private tellExecuted(now: Microseconds, { issuer }: Operation, execution: Execution): void {
    for (const observer of this.context.world.watch.executed) {
      observer.executed(now, issuer.node, execution);
    }
  }

  /** From now on everything takes `factor` times as long as usual, also what is under way. */
  changeSpeed(now: Microseconds, process: Process, factor: number): void {
    for (const { operations } of this.places) {
      for (const operation of operations) {
        const { kind } = operation.request;
        if (!operation.open || operation.due <= now) continue;
        if (kind !== 'run-map' && kind !== 'run-reduce') continue;
        const left = Math.ceil(((operation.due - now) * factor) / process.slowness);
        this.context.world.doLocally(operation, now + left);
      }
    }
    process.slowness = factor;
  }

  /** The disk is empty when the replica is back. */
  wipe(): void {
    this.context.tally.mapsLost += this.disk.size;
    this.disk.wipe();
  }

  // ------------------------------------------------------------------ the data plane

  serve(_now: Microseconds, process: Process, operation: Operation): void {
    const { request } = operation;
    assert(request.kind === 'fetch', 'replicas are asked for segments only');
    const found = this.lookUp(request);
    let bytes = 0;
    for (const output of found) bytes += output?.sizeOf(request.partition) ?? 0;
    const reading = this.context.setting.diskRead * (this.surroundings.diskSlowness - 1);
    this.context.world.respond(operation, process.node, found, bytes, reading);
  }

  private lookUp({ wants }: Fetch): readonly (Output | null)[] {
    const { disk } = this;
    // No list that grows: most requests want one segment or two.
    return wants.map(({ attempt }) => disk.find(attempt));
  }

  answered(operation: Operation, cargo: Cargo | null): void {
    const { request } = operation;
    if (request.kind === 'store') return storeAnswered(operation, cargo);
    assert(request.kind === 'fetch', 'a replica asks for segments');
    assert(cargo !== null && typeof cargo !== 'string', 'a peer answers with outputs');
    this.accept(operation, request, cargo);
  }

  /** Verifies what came and puts it into the workspace. */
  private accept(operation: Operation, request: Fetch, found: readonly (Output | null)[]): void {
    const { wants, partition } = request;
    let allCame = true;
    for (let i = 0; i < wants.length; i++) {
      const output = found[i] ?? null;
      if (output === null || statusOf(wants[i], output, partition) !== 'ok') allCame = false;
      else operation.workspace?.keep(output, output.sizeOf(partition));
    }
    operation.result = allCame
      ? allFetched(wants.length)
      : {
          kind: 'fetched',
          statuses: wants.map((want, i) => statusOf(want, found[i] ?? null, partition)),
        };
  }

  timedOut(operation: Operation): void {
    if (operation.request.kind === 'store') storeTimedOut(operation);
    else operation.result = { kind: 'unreachable' };
  }

  // ------------------------------------------------------------------ the end of a life

  /**
   * What was not synced is gone, except that an output whose write was all but done may have
   * reached the disk whole, though nobody was told, or torn.
   */
  died(now: Microseconds, process: Process): void {
    const loss = process.lossOnCrash;
    this.dying = true;
    const { crashes, setting, tally } = this.context;
    for (const place of this.places) {
      if (place.attempt.kind === 'map') tally.mapsLost++;
      else tally.reducesLost++;
      for (const operation of place.operations) {
        const written = operation.open && operation.due - now < setting.syncWindow;
        if (operation.request.kind !== 'run-map' || !written || operation.injury !== null) continue;
        if (loss === 'unsynced-lost') continue;
        const survives = loss === 'torn' || crashes.perMille(500, operation.key);
        if (!survives) continue;
        this.finishMap(now, operation, operation.request);
        if (loss === 'torn') this.disk.find(operation.request.attempt)?.tear(operation.key);
      }
      place.close();
    }
    this.places = [];
    this.dying = false;
  }
}

/** Reading from one's own disk. */
const LOCAL_FETCH: Microseconds = 1_000;

/** What came of one segment that was asked for. */
function statusOf(
  want: Location | undefined,
  output: Output | null,
  partition: number,
): FetchStatus {
  if (want === undefined || output === null || partition >= output.checksums.length) {
    return 'missing';
  }
  if (output.damaged?.has(partition) === true) return 'damaged';
  // Mostly they are the very list that the map reported, on its way through the journal.
  const isSame =
    output.checksums === want.checksums ||
    output.checksums[partition] === want.checksums[partition];
  return isSame ? 'ok' : 'damaged';
}

type Fetched = Extract<EffectResult, { kind: 'fetched' }>;

/** Results in which everything came, by how much that is: nearly all are such, and none changes. */
const ALL_FETCHED: Fetched[] = [];

function allFetched(count: number): Fetched {
  return (ALL_FETCHED[count] ??= {
    kind: 'fetched',
    statuses: new Array<FetchStatus>(count).fill('ok'),
  });
}

/** What lies in the workspace of what a reduce names as its sources. */
function consumedBy(
  { workspace }: Operation,
  { attempt, sources }: RunReduce,
): { outputs: Output[]; consumed: (Output | null)[] } {
  const consumed = sources.map((source) => {
    const output = workspace?.find(source.attempt) ?? null;
    return output !== null && attempt.task < output.checksums.length ? output : null;
  });
  return { outputs: consumed.filter((output) => output !== null), consumed };
}

function fetchKey({ attempt, from, wants }: Fetch): number {
  let key = mixKey(attemptKey(attempt), from);
  for (const { map, version } of wants) key = mixKey(key, map * 64 + version);
  return key;
}
