// A task's container holds a JVM and Node. Sizes that are made for Java alone leave Node too little.
import type { Configuration } from './cluster.ts';
import type { Properties } from './job-xml.ts';

const JVM_MORE_MB = 150; // what a JVM uses beside its heap
const NODE_MIN_MB = 128;
const NODE_WANTED_MB = 256;
const CONTAINER_MB = 1024; // Hadoop's default
const HEAP_RATIO = 0.8; // of the container, where the heap is not said

export interface TaskMemory {
  /** For `--max-old-space-size`. */
  readonly nodeHeapMb: number;
  readonly properties: Properties;
}

/** `containerMax`: megabytes that a container may have at most. */
export function taskMemory(configuration: Configuration | null, containerMax: number): TaskMemory {
  const sides = (['map', 'reduce'] as const).map((side) => {
    const asked = Number(configuration?.get(`mapreduce.${side}.memory.mb`) ?? -1);
    const container = asked > 0 ? asked : CONTAINER_MB;
    const options = configuration?.get(`mapreduce.${side}.java.opts`) ?? '';
    const said = heapIn(options);
    const heap = said ?? Math.ceil(container * HEAP_RATIO);
    const jvm = heap + JVM_MORE_MB;
    if (container - jvm >= NODE_MIN_MB) return { left: container - jvm, properties: {} };
    const larger = Math.min(jvm + NODE_WANTED_MB, containerMax);
    return {
      left: Math.max(larger - jvm, NODE_MIN_MB),
      properties: {
        [`mapreduce.${side}.memory.mb`]: String(larger),
        // Else the heap would grow with the container.
        ...(said === null
          ? { [`mapreduce.${side}.java.opts`]: `${options} -Xmx${heap}m`.trim() }
          : {}),
      },
    };
  });
  return {
    nodeHeapMb: Math.min(...sides.map(({ left }) => left)),
    properties: Object.assign({}, ...sides.map(({ properties }) => properties)) as Properties, // of strings
  };
}

const UNIT_MB: Readonly<Record<string, number>> = { k: 1 / 1024, m: 1, g: 1024 };

/** Megabytes of `-Xmx`, the last one counts. */
function heapIn(options: string): number | null {
  const [, digits, unit = ''] = [...options.matchAll(/-Xmx(\d+)([kmg]?)/gi)].at(-1) ?? [];
  if (digits === undefined) return null;
  return Math.ceil(Number(digits) * (UNIT_MB[unit.toLowerCase()] ?? 1 / 1024 ** 2));
}
