// A reader of the output directory sees the old output, none, or the new one, never a mixture; and a
// crash at any point is repaired by the next run.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitOutput, discardOutput, prepareOutput } from './output-directory.ts';
import { planOutput, type OutputPlan } from './output-plan.ts';
import { createPart } from './part-file.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'lisping-output-'))));
afterEach(() => rmSync(root, { recursive: true }));

function plan(overwrite = false, path = 'out'): OutputPlan {
  return planOutput(join(root, path), overwrite);
}

function write(to: OutputPlan, content: string): void {
  prepareOutput(to);
  const part = createPart(to, 'part-00000');
  part.write(new TextEncoder().encode(content));
  part.finish(1);
}

function oldOutput(name: string): void {
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, 'part-00000'), 'old');
  writeFileSync(join(root, name, 'part-00001'), 'old');
}

const content = (): string => readFileSync(join(root, 'out/part-00000'), 'utf8');

describe('an output directory', () => {
  it('is not there until it is whole', () => {
    const planned = plan();
    write(planned, 'new');
    expect(existsSync(join(root, 'out'))).toBe(false);
    commitOutput(planned);
    expect(readdirSync(root)).toEqual(['out']);
    expect(content()).toBe('new');
  });

  it('leaves nothing when it is discarded, not even the directories above it', () => {
    const planned = plan(false, 'a/b/out');
    write(planned, 'new');
    discardOutput(planned);
    discardOutput(planned);
    expect(readdirSync(root)).toEqual([]);
  });

  it('that appeared meanwhile is not touched', () => {
    const planned = plan();
    write(planned, 'new');
    oldOutput('out');
    expect(() => commitOutput(planned)).toThrow(
      expect.objectContaining({ code: 'LISPING_E_OUTPUT_EXISTS' }),
    );
    discardOutput(planned);
    expect(content()).toBe('old');
  });

  it('is replaced as a whole', () => {
    oldOutput('out');
    const planned = plan(true);
    write(planned, 'new');
    expect(content()).toBe('old');
    commitOutput(planned);
    expect(content()).toBe('new');
    expect(readdirSync(root)).toEqual(['out']);
    expect(readdirSync(join(root, 'out'))).toEqual(['part-00000']);
  });

  it('is put back when a crash came between the two renames of an exchange', () => {
    oldOutput('out');
    const planned = plan(true);
    write(planned, 'new');
    renameSync(planned.target, planned.aside);
    // The next run, whatever it wants, first repairs.
    expect(() => plan(false)).toThrow(expect.objectContaining({ code: 'LISPING_E_OUTPUT_EXISTS' }));
    expect(content()).toBe('old');
    expect(existsSync(planned.aside)).toBe(false);
  });

  it('loses its old copy when a crash came after both renames', () => {
    oldOutput('out');
    const planned = plan(true);
    write(planned, 'new');
    renameSync(planned.target, planned.aside);
    renameSync(planned.parts, planned.target);
    plan(true);
    expect(content()).toBe('new');
    expect(existsSync(planned.aside)).toBe(false);
  });

  it('is cleared of workspaces whose process is gone, and only of those', () => {
    const planned = plan();
    write(planned, 'mine, and I live');
    const dead = planned.workspace.replace(`-${process.pid}-`, '-4194400-');
    mkdirSync(dead);
    plan();
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(planned.workspace)).toBe(true);
  });
});
