// Whether both sides agree, and if not, where they part.
import type { Both, Case, Outcome } from './both-ways.ts';

const SHOWN = 120;

/** How many spills there were depends on memory, not on the job. */
const OF_MEMORY = /^lisping\.(combine_|reduce_input_records)/;

/** The first difference in words; null when there is none. */
export function difference({ ours, hadoop }: Both, given: Case): string | null {
  const names = new Set([...Object.keys(ours.files), ...Object.keys(hadoop.files)]);
  for (const name of names) {
    if (ours.files[name] === hadoop.files[name]) continue;
    return `${name}: ours ${shown(ours, name)}, Hadoop's ${shown(hadoop, name)}`;
  }
  const counters = new Set([...Object.keys(ours.counters), ...Object.keys(hadoop.counters)]);
  for (const name of counters) {
    if (given.combineBytes !== undefined && OF_MEMORY.test(name)) continue;
    const [here, there] = [ours.counters[name] ?? 0, hadoop.counters[name] ?? 0];
    if (here !== there) return `counter ${name}: ours ${here}, Hadoop's ${there}`;
  }
  return null;
}

function shown({ parts }: Outcome, name: string): string {
  const bytes = parts[name];
  return bytes === undefined
    ? 'missing'
    : `${bytes.length} bytes ${JSON.stringify(bytes.toString('latin1', 0, SHOWN))}`;
}
