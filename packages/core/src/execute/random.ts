// `context.random()`: a small generator over 32-bit integers (sfc32), seeded from words, so that it is
// the same on every machine and for every try of a task.

/** A generator of numbers from 0 to below 1 with 53 random bits. */
export function createRandom(...key: readonly (string | number)[]): () => number {
  let [a, b, c] = seedWords(key.join('\0'));
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let i = 0; i < 12; i++) next(); // until every bit of the seed has reached every word
  return () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 0x20_0000_0000_0000;
}

function seedWords(text: string): [number, number, number] {
  const words: [number, number, number] = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    words[0] = Math.imul(words[0] ^ unit, 0x85ebca6b);
    words[1] = Math.imul(((words[1] << 13) | (words[1] >>> 19)) ^ unit, 0xc2b2ae35);
    words[2] = Math.imul(((words[2] << 7) | (words[2] >>> 25)) + unit, 0x27d4eb2f);
  }
  return words;
}
