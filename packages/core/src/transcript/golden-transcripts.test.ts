// The golden transcripts of the protocol, replayed against the real machines. Re-record them with
//   REWRITE=1 npx vitest run packages/core/src/transcript
// and read the difference: what changed is behaviour.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { replayTranscript } from '../../test-support/transcript/replay.ts';

const directory = fileURLToPath(new URL('../../testdata', import.meta.url));
const page = fileURLToPath(new URL('../../../../docs/protocol.md', import.meta.url));
const names = readdirSync(directory).filter((name) => name.endsWith('.txt'));
const isRewriting = process.env['REWRITE'] === '1';

describe('the machines still do what the transcript says', () => {
  test.each(names)('%s', (name) => {
    const path = join(directory, name);
    const written = readFileSync(path, 'utf8');
    const replayed = replayTranscript(written);
    if (isRewriting) writeFileSync(path, replayed);
    else expect(replayed).toBe(written);
  });
});

describe('a transcript is a document', () => {
  test('each of them is named where the protocol is explained', () => {
    const explained = readFileSync(page, 'utf8');
    const unexplained = names.filter((name) => !explained.includes(name.slice(0, -'.txt'.length)));
    expect(unexplained).toEqual([]);
  });

  test('it begins by saying what it shows', () => {
    expect(() => replayTranscript('cluster replicas=1\n')).toThrow(
      'begins by saying what it shows',
    );
  });

  test('a command that is not understood is no comment', () => {
    expect(() => replayTranscript('# What it shows.\n\nclutser replicas=1\n')).toThrow(
      'cannot go on',
    );
  });

  test('an expectation that does not hold is not recorded', () => {
    const broken = '# What it shows.\n\ncluster replicas=1\nexpect no replica-joined\n';
    expect(() => replayTranscript(broken)).toThrow('cannot go on');
  });
});
