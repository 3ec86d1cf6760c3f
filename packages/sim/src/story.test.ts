// A story is read by people: it must name what failed, leave out what has nothing to do with it, and
// end where it broke.
import { attemptName, epoch, jobId, nodeId } from '@lisping/core';
import type { AttemptId } from '@lisping/core';
import { expect, test } from 'vitest';
import { hunt } from '../mutants/hunt.ts';
import { mutant as winnerReplaced } from '../mutants/winner-replaced.ts';
import { PRIMARY, replicaNode, SUCCESSOR } from './address.ts';
import { Story } from './story.ts';
import type { StoryLine } from './story.ts';

function reduceAttempt(task: number, number: number): AttemptId {
  return { job: jobId('word-count'), kind: 'reduce', task, epoch: epoch(1), number };
}

function won(attempt: AttemptId) {
  return { kind: 'part-won', attempt, part: { length: 1, checksum: 1 }, counters: {} } as const;
}

function texts(lines: readonly StoryLine[]): string[] {
  return lines.map(({ at, node, text }) => `${at / 1_000_000} ${node}: ${text}`);
}

test('tells the faults and the tasks that broke, and nothing of the others', () => {
  const story = new Story();
  story.faultApplied(4_100_000, {
    at: 4_100_000,
    kind: 'cut',
    target: 'primary<->replica-7',
    until: 12_400_000,
  });
  const lost = { kind: 'replica-lost', replica: replicaNode(7) } as const;
  story.journalDurable(9_100_000, PRIMARY, epoch(1), 3, [lost, won(reduceAttempt(5, 0))]);
  story.faultEnded(12_400_000, {
    at: 4_100_000,
    kind: 'cut',
    target: 'primary<->replica-7',
    until: 12_400_000,
  });
  story.journalDurable(12_431_000, PRIMARY, epoch(1), 9, [won(reduceAttempt(3, 1))]);
  const lines = story.tell([
    { ok: true, title: 'every event is handled' },
    {
      ok: false,
      title: 'nothing committed twice',
      detail: `${attemptName(reduceAttempt(3, 0))} had won, replica-7 is not to blame`,
      at: 12_431_000,
    },
  ]);
  expect(texts(lines)).toEqual([
    '4.1 network: ✂ primary ⇹ replica-7',
    '9.1 primary: declares replica-7 lost',
    '12.4 network: heals primary ⇹ replica-7',
    '12.431 primary: journals that reduce-3 attempt 1 won',
    '12.431 checker: nothing committed twice: reduce-3 attempt 0 had won, replica-7 is not to blame',
  ]);
  expect(lines.map(({ broken }) => broken)).toEqual([false, false, false, false, true]);
});

test('what one node does at one moment is one line', () => {
  const story = new Story();
  story.journalCreated(7, SUCCESSOR, epoch(2));
  story.processStopped(7, SUCCESSOR, 'resigned');
  expect(texts(story.tell([]))).toEqual(['0.000007 successor: opens epoch 2, resigns']);
});

test('a long story is cut in the middle, and says so', () => {
  const story = new Story();
  for (let life = 2; life < 102; life++) {
    story.processStarted(life, nodeId(10), life, []);
  }
  const lines = story.tell([]);
  expect(lines).toHaveLength(12);
  expect(lines[4]).toMatchObject({ node: '…', text: '89 more things happen' });
  expect(lines.at(-1)).toMatchObject({ at: 101, node: 'replica-6', text: 'is back' });
});

test('the story of a broken protocol ends where a checker fired', async () => {
  const kill = await hunt(winnerReplaced, { checker: 'nothing-committed-twice' });
  const lines = texts(kill?.story ?? []);
  const task = /((?:map|reduce)-\d+) attempt \d+(?: of epoch \d+)? had won/.exec(
    lines.at(-1) ?? '',
  )?.[1];
  expect(task).toBeDefined();
  expect(lines.filter((line) => line.includes(`journals that ${task} attempt`))).toHaveLength(2);
  expect(kill?.story.at(-1)?.broken).toBe(true);
});

test('where several jobs run, each is named', () => {
  const story = new Story(2);
  const job = jobId('word-count-again');
  story.journalDurable(5, PRIMARY, epoch(1), 3, [{ kind: 'job-ended', job, status: 'failed' }]);
  story.told(6, nodeId(0), {
    kind: 'tell-user',
    job,
    status: 'failed',
    counters: null,
    error: null,
  });
  const texts = story.tell([]).map(({ text }) => text);
  expect(texts).toEqual([
    'journals that the job word-count-again failed',
    'hears that the job word-count-again failed',
  ]);
});
