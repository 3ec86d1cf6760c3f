// Splits exactly as Hadoop's FileInputFormat cuts and numbers them.

const SLOP = 1.1; // a last split may be a tenth larger, so that no tiny one is left over

/** An input file as the planner sees it; `size` in bytes. */
export interface InputFile {
  readonly path: string;
  readonly size: number;
}

/** A range of bytes of one file; map task i reads split i. */
export interface Split {
  /** Index in the list of inputs. */
  readonly file: number;
  readonly start: number;
  readonly length: number;
}

/**
 * Cuts files into splits of `splitBytes`. Tasks are numbered by size, longest first; equal ones keep
 * the order of the files. An empty file is one empty split.
 *
 * @example
 * planSplits([{ path: 'a', size: 209 }], 100, true); // lengths 109 (from 100), then 100 (from 0)
 */
export function planSplits(
  files: readonly InputFile[],
  splitBytes: number,
  splittable: boolean,
): Split[] {
  const splits: Split[] = [];
  files.forEach(({ size }, file) => {
    let start = 0;
    while (splittable && (size - start) / splitBytes > SLOP) {
      splits.push({ file, start, length: splitBytes });
      start += splitBytes;
    }
    if (start < size || size === 0) splits.push({ file, start, length: size - start });
  });
  return splits.sort((a, b) => b.length - a.length); // stable: ties keep their order
}
