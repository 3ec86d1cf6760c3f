// One promise of the port, and how it is tried.
import type { World } from './world.ts';

export interface PromiseOfThePort {
  readonly name: string;
  /** Rejects when the promise is broken. */
  readonly tried: (world: World) => Promise<void>;
}
