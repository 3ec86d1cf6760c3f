// The golden transcripts of the protocol, replayed against the real machines. Re-record them with
//   REWRITE=1 npx vitest run packages/core/src/transcript
// and read the difference: what changed is behaviour.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { replayTranscript } from '../../test-support/transcript/replay.ts';

const directory = fileURLToPath(new URL('../../testdata', import.meta.url));
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
