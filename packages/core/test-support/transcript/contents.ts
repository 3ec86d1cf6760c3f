// Bytes nobody needs to see: a segment or part is a short text, and its checksum is that text's
// number. So a transcript can print what a part was made of.
import { assert } from '../../src/errors/assert.ts';
import type { ContentChecksum } from '../../src/protocol/index.ts';

/** Texts and their checksums; the same text has the same checksum throughout a transcript. */
export class Contents {
  private readonly checksums = new Map<string, ContentChecksum>();
  private readonly texts: string[] = [];

  checksum(text: string): ContentChecksum {
    const known = this.checksums.get(text);
    if (known !== undefined) return known;
    this.texts.push(text);
    this.checksums.set(text, this.texts.length);
    return this.texts.length;
  }

  text(checksum: ContentChecksum): string {
    const text = this.texts[checksum - 1];
    assert(text !== undefined, `nothing has the checksum ${checksum}`);
    return text;
  }
}

/** The segment of one map run for one partition. Runs that give the same letter give the same bytes. */
export function segmentText(map: number, partition: number, letter: string): string {
  return `map-${map}.${partition}=${letter}`;
}

/** The letter of a segment. */
export function letterOf(segment: string): string {
  return segment.slice(segment.indexOf('=') + 1);
}
