/**
 * What `context.random()` draws: sfc32, seeded by the name of the job, the kind and the number of the
 * task. Written a second time on purpose: equal draws on every host are part of the promise.
 */
export function createDraw(key: string): () => number {
  const state = new Int32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]);
  let [a = 0, b = 0, c = 0, counter = 0] = state;
  for (const unit of key.split('').map((letter) => letter.charCodeAt(0))) {
    a = Math.imul(a ^ unit, 0x85ebca6b);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ unit, 0xc2b2ae35);
    c = Math.imul(((c << 7) | (c >>> 25)) + unit, 0x27d4eb2f);
  }
  const word = (): number => {
    const drawn = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  };
  for (let i = 0; i < 12; i++) word();
  return () => (Math.floor(word() / 32) * 2 ** 26 + Math.floor(word() / 64)) / 2 ** 53;
}
