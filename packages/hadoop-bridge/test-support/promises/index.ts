// All promises of the port.
import type { PromiseOfThePort } from '../promise.ts';
import { FAILING_OVER } from './failing-over.ts';
import { NAMED, REFUSED_NAMES } from './names.ts';
import { PLAIN } from './plain.ts';
import { READING } from './reading.ts';
import { WRITING } from './writing.ts';

export const PROMISES: readonly PromiseOfThePort[] = [
  ...PLAIN,
  ...REFUSED_NAMES,
  ...NAMED,
  ...READING,
  ...WRITING,
  ...FAILING_OVER,
];
