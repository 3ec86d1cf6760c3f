// A fault of a link that names a packet strikes that one and no other.
import { expect, test } from 'vitest';
import { Network } from './network.ts';

const SETTING = { latency: 100, jitter: 1, bytesPerMicrosecond: 100 };
const FROM = 4;
const TO = 2;

/** What becomes of five packets of one link, with one of another before each. */
function fates(network: Network): { fate: string; delay: number; copy: number }[] {
  return [1, 2, 3, 4, 5].map((key) => {
    network.route(TO, FROM, key, 0);
    network.route(FROM, TO, key, 0);
    return { fate: network.fate, delay: network.delay, copy: network.duplicateDelay };
  });
}

const whole = { at: 0, until: 10, target: 'replica-0->primary', perMille: 1000 } as const;

test('the third packet is lost, and no other', () => {
  const network = new Network('a', SETTING);
  network.impose({ ...whole, kind: 'loss', packet: 3 }, FROM, TO);
  expect(fates(network).map(({ fate }) => fate === 'lost')).toEqual([
    false,
    false,
    true,
    false,
    false,
  ]);
});

test('the first packet is late, and the copy of the second comes when it was said', () => {
  const network = new Network('a', SETTING);
  network.impose({ ...whole, kind: 'delay', by: 5_000, packet: 1 }, FROM, TO);
  network.impose({ ...whole, kind: 'duplication', by: 700, packet: 2 }, FROM, TO);
  expect(fates(network).map(({ delay }) => delay)).toEqual([5_100, 100, 100, 100, 100]);
  expect(fates(new Network('a', SETTING)).every(({ copy }) => copy === -1)).toBe(true);
  const again = new Network('a', SETTING);
  again.impose({ ...whole, kind: 'duplication', by: 700, packet: 2 }, FROM, TO);
  expect(fates(again).map(({ copy }) => copy)).toEqual([-1, 800, -1, -1, -1]);
});
