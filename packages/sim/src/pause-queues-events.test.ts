import { epoch, incarnation, jobId, nodeId } from '@lisping/core';
import type { Effect, Machine, Message, NodeId } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { Network } from './network.ts';
import type { Host } from './process.ts';
import { Process } from './process.ts';
import { EVENT } from './queue.ts';
import { Arena, World } from './world.ts';

const ask = (job: string): Message => ({
  kind: 'ask',
  job: jobId(job),
  epoch: epoch(0),
  incarnation: incarnation(0),
});

/** Answers every message once, sets timer 1 again and again, and writes down what it was given. */
class Echo implements Machine {
  readonly effects: Effect[] = [];
  readonly heard: string[] = [];
  private readonly answers: boolean;
  constructor(answers: boolean) {
    this.answers = answers;
  }
  start(): void {
    if (this.answers) this.effects.push({ kind: 'set-timer', timer: 1, after: 10_000 });
  }
  receive(now: number, from: NodeId, message: Message): void {
    this.heard.push(`${now} ${message.kind === 'ask' ? message.job : message.kind}`);
    if (this.answers) this.effects.push({ kind: 'send', to: from, message });
  }
  timer(now: number): void {
    this.heard.push(`${now} timer`);
    this.effects.push({ kind: 'set-timer', timer: 1, after: 10_000 });
  }
  completed(): void {}
}

class EchoHost implements Host {
  machine: Echo | null = null;
  readonly lives: Echo[] = [];
  private readonly answers: boolean;
  constructor(answers: boolean) {
    this.answers = answers;
  }
  boot(): Echo {
    this.machine = new Echo(this.answers);
    this.lives.push(this.machine);
    return this.machine;
  }
  perform(): void {}
  finish(): void {}
  serve(): void {}
  answered(): void {}
  timedOut(): void {}
  died(): void {}
}

function echoWorld(): { world: World; asker: EchoHost; echo: EchoHost } {
  const network = new Network('seed', { latency: 100, jitter: 1, bytesPerMicrosecond: 1 });
  const world = new World(new Arena(), network);
  const asker = new EchoHost(false);
  const echo = new EchoHost(true);
  world.processes.push(new Process(nodeId(0), asker), new Process(nodeId(1), echo));
  for (const process of world.processes) world.start(process);
  return { world, asker, echo };
}

function say(world: World, asker: EchoHost, text: string): void {
  asker.machine?.effects.push({ kind: 'send', to: nodeId(1), message: ask(text) });
  if (asker.machine !== null) world.drain(world.process(0), asker.machine);
}

/** Runs until so long after the beginning. */
function runUntil(world: World, at: number): void {
  world.stopped = false;
  world.queue.add(at, EVENT.look, 0);
  world.director = { strike: () => (world.stopped = true) };
  world.run(1000);
}

describe('a paused process', () => {
  test('gets everything that came meanwhile when it resumes, in order', () => {
    const { world, asker, echo } = echoWorld();
    world.pause(world.process(1));
    say(world, asker, 'a');
    say(world, asker, 'b');
    runUntil(world, 15_000);
    expect(echo.machine?.heard).toEqual([]);
    world.resume(world.process(1));
    runUntil(world, 16_000);
    expect(echo.machine?.heard).toEqual(['15000 a', '15000 b', '15000 timer']);
    expect(asker.machine?.heard).toHaveLength(2);
  });

  test('loses it all when it crashes, timers too', () => {
    const { world, asker, echo } = echoWorld();
    world.pause(world.process(1));
    say(world, asker, 'a');
    runUntil(world, 5_000);
    world.stop(world.process(1), 'crashed');
    runUntil(world, 30_000);
    world.start(world.process(1));
    runUntil(world, 35_000);
    expect(echo.lives.map((life) => life.heard)).toEqual([[], []]);
    runUntil(world, 45_000);
    expect(echo.machine?.heard).toEqual(['40000 timer']);
  });
});

describe('a message', () => {
  test('reaches the next life of who was restarted while it was on its way', () => {
    const { world, asker, echo } = echoWorld();
    say(world, asker, 'a');
    world.stop(world.process(1), 'crashed');
    world.start(world.process(1));
    runUntil(world, 5_000);
    expect(echo.machine?.heard).toEqual(['100 a']);
    expect(asker.machine?.heard).toEqual(['200 a']);
  });
});
