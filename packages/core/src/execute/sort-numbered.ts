// A stable merge sort of items by numbers that move along with them.

/** Item i goes with key i. */
export interface Numbered {
  readonly keys: Float64Array;
  readonly items: Uint32Array;
}

const RUN = 12; // runs this short are sorted by insertion

/** Sorts a range by key; `scratch` is at least as long, and its contents are lost. */
export function sortNumbered(sorted: Numbered, scratch: Numbered, from: number, to: number): void {
  for (let start = from; start < to; start += RUN) {
    insertionSort(sorted, start, Math.min(start + RUN, to));
  }
  let source = sorted;
  let target = scratch;
  for (let width = RUN; width < to - from; width *= 2) {
    for (let start = from; start < to; start += 2 * width) {
      const middle = Math.min(start + width, to);
      merge(source, target, start, middle, Math.min(middle + width, to));
    }
    [source, target] = [target, source];
  }
  if (source !== sorted) copy(source, sorted, from, to);
}

function insertionSort({ keys, items }: Numbered, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const key = keys[i]!;
    const item = items[i]!;
    let at = i;
    while (at > start && keys[at - 1]! > key) {
      keys[at] = keys[at - 1]!;
      items[at] = items[at - 1]!;
      at--;
    }
    keys[at] = key;
    items[at] = item;
  }
}

function merge(
  source: Numbered,
  target: Numbered,
  start: number,
  middle: number,
  end: number,
): void {
  if (middle === end || source.keys[middle - 1]! <= source.keys[middle]!) {
    copy(source, target, start, end); // already in order
    return;
  }
  const { keys, items } = source;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeRight = left === middle || (right < end && keys[right]! < keys[left]!);
    const taken = takeRight ? right++ : left++;
    target.keys[at] = keys[taken]!;
    target.items[at] = items[taken]!;
  }
}

function copy(source: Numbered, target: Numbered, from: number, to: number): void {
  target.keys.set(source.keys.subarray(from, to), from);
  target.items.set(source.items.subarray(from, to), from);
}
