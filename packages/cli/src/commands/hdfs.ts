// `lisping hdfs`: each action asks HDFS through the bridge's port and says what it did.
import { once } from 'node:events';
import { getFile, hdfsPlace, putFile, webHdfs, type Hdfs } from '@lisping/hadoop-bridge';
import { usageError } from '../flags/usage-error.ts';
import type { Values } from '../flags/values.ts';
import type { Outcome, Screen } from '../outcome.ts';
import { listing, transfers } from '../print/hdfs-files.ts';
import { versionText } from '../version.ts';

const HELP = 'See lisping hdfs --help.';

/** What an action is given. */
interface Session {
  readonly paths: readonly string[];
  readonly values: Values;
  readonly screen: Screen;
  /** The client for a path, and the path as HDFS has it. */
  readonly at: (given: string) => { readonly hdfs: Hdfs; readonly path: string };
}

/** What is printed: `json` beside the action's name, and text. */
interface Done {
  readonly json: object;
  readonly text: string;
}

const ACTIONS: Readonly<Record<string, (session: Session) => Promise<Done>>> = {
  ls: async ({ paths, at, screen }) => {
    const lists = await eachOf(paths.length === 0 ? [''] : paths, async (given) => {
      const { hdfs, path } = at(given);
      return await hdfs.list(path);
    });
    const files = lists.flat();
    return { json: { files }, text: listing(files, screen.out) };
  },
  put: async ({ paths, at, values }) => {
    const [locals, target] = sourcesAndTarget(paths, 'LOCAL... PATH');
    const { hdfs, path } = at(target);
    const how = { overwrite: values.has('overwrite') };
    const files = await eachOf(locals, async (local) => await putFile(hdfs, local, path, how));
    return { json: { files }, text: transfers(files) };
  },
  get: async ({ paths, at, values }) => {
    const [sources, local] = sourcesAndTarget(paths, 'PATH... LOCAL');
    const how = { overwrite: values.has('overwrite') };
    const files = await eachOf(sources, async (given) => {
      const { hdfs, path } = at(given);
      return await getFile(hdfs, path, local, how);
    });
    return { json: { files }, text: transfers(files) };
  },
  cat: async ({ paths, at, screen }) => {
    if (screen.json) throw usageError('hdfs cat prints bytes, not JSON', 'Use hdfs get.');
    await eachOf(some(paths), async (given) => {
      const { hdfs, path } = at(given);
      for await (const chunk of hdfs.open(path)) {
        if (!screen.jobOutput.write(chunk)) await once(screen.jobOutput, 'drain');
      }
    });
    return { json: {}, text: '' };
  },
  rm: async ({ paths, at, values }) => {
    const how = { recursive: values.has('recursive') };
    const deleted = await eachOf(some(paths), async (given) => {
      const { hdfs, path } = at(given);
      await hdfs.status(path); // nothing there is an error here
      await hdfs.delete(path, how);
      return path;
    });
    return { json: { deleted }, text: deleted.map((path) => `deleted ${path}\n`).join('') };
  },
  mkdir: async ({ paths, at }) => {
    const made = await eachOf(some(paths), async (given) => {
      const { hdfs, path } = at(given);
      await hdfs.mkdirs(path);
      return path;
    });
    return { json: { made }, text: made.map((path) => `made ${path}\n`).join('') };
  },
};

export async function runHdfs(values: Values, screen: Screen): Promise<Outcome> {
  const [name = '', ...paths] = values.args();
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    throw usageError(`lisping hdfs has no action ${name}: ls, put, get, cat, rm or mkdir`, HELP);
  }
  const clients = new Map<string, Hdfs>();
  const nameNode = values.path('namenode');
  const at = (given: string): { hdfs: Hdfs; path: string } => {
    const { options, path } = hdfsPlace(given, { nameNode, environment: process.env });
    const key = options.nameNodes.join();
    const onWait = (said: string): void => screen.progress.note(said);
    const hdfs = clients.get(key) ?? webHdfs({ ...options, onWait });
    clients.set(key, hdfs);
    return { hdfs, path };
  };
  try {
    const { json, text } = await action({ paths, values, screen, at });
    return { exit: 0, json: { version: versionText(), action: name, ...json }, text };
  } finally {
    for (const hdfs of clients.values()) hdfs.close();
  }
}

/** One after the other, in the order given. */
async function eachOf<T>(
  given: readonly string[],
  action: (each: string) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const each of given) results.push(await action(each));
  return results;
}

function some(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) throw usageError('PATH is missing', HELP);
  return paths;
}

function sourcesAndTarget(paths: readonly string[], usage: string): [readonly string[], string] {
  const target = paths.at(-1);
  if (paths.length < 2 || target === undefined) throw usageError(`${usage} is missing`, HELP);
  return [paths.slice(0, -1), target];
}
