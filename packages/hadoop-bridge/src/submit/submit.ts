// Submits the passes of a job, one after the other, and reads what they wrote. Before anything is written
// anywhere, the way into the cluster is chosen and everything that can be checked is checked.
import { randomBytes } from 'node:crypto';
import {
  isLispingError,
  LispingError,
  splitPathList,
  type AnyJob,
  type Counters,
  type InputFile,
} from '@lisping/core';
import type { StreamingBundle } from '../bundle/bundle-job.ts';
import type { Hdfs } from '../hdfs/hdfs.ts';
import { childOf, parentOf } from '../hdfs/hdfs-path.ts';
import type { HdfsOptions } from '../hdfs/options.ts';
import { quotasAt } from '../hdfs/quota.ts';
import { webHdfs } from '../hdfs/webhdfs.ts';
import { BUNDLE_NAME, planStreaming, SETTINGS_NAME } from '../streaming/plan.ts';
import { explained } from './explain.ts';
import { hdfsInputs } from './hdfs-inputs.ts';
import { hdfsPathOf } from './hdfs-location.ts';
import { checkRecordsRead, jobCounters, summed } from './job-counters.ts';
import { taskMemory, type TaskMemory } from './memory.ts';
import { SHIPPED_NODE, shipNode } from './node-archive.ts';
import { readParts, refuseExistingDirectory, type Part } from './parts.ts';
import { checkFiles, checkQueue } from './preflight.ts';
import {
  runOverHttp,
  runThroughCommand,
  type PassOptions,
  type RunningPass,
} from './running-pass.ts';
import { findSite, type CommandSite, type HttpSite, type SiteOptions, type Via } from './site.ts';
import type { ShippedArchive, StreamingJob } from './streaming-job.ts';

/** One job of a pipeline. */
export interface Pass {
  readonly job: AnyJob;
  /** 0 for a job without `reduce`. */
  readonly reduces: number;
}

/** What is submitted, where to, and which way. */
export interface SubmitOptions extends Omit<SiteOptions, 'environment'> {
  readonly passes: readonly Pass[];
  /** The file in which all of them are. */
  readonly bundle: StreamingBundle;
  /** Paths, patterns and comma lists; without a scheme they are HDFS's. None for a job with a source. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly splitBytes: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** How to speak to HDFS beside addresses and user. */
  readonly hdfs?: Omit<HdfsOptions, 'nameNodes' | 'user'>;
  /** Null: the cluster's own choice. */
  readonly queue: string | null;
  /** Ship the Node that runs this, for clusters that have none. */
  readonly shipNode: boolean;
  /** A local directory that does not exist yet, for the output; null: it stays in HDFS. */
  readonly fetch: string | null;
  readonly onEvent: (event: SubmitEvent) => void;
  /** For HADOOP_CONF_DIR, HADOOP_HOME and PATH; that of the process when left out. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** What a submission tells while it goes on. */
export type SubmitEvent =
  | { readonly kind: 'way'; readonly via: Via; readonly why: string }
  | { readonly kind: 'pass'; readonly job: string; readonly index: number; readonly total: number }
  | { readonly kind: 'accepted'; readonly application: string }
  /** Through the `hadoop` command these are percent. */
  | {
      readonly kind: 'tasks';
      readonly of: 'map' | 'reduce';
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'note'; readonly text: string };

export interface SubmitResult {
  /** The job's name; those of a pipeline joined by ` + `. */
  readonly job: string;
  /** The output directory as the user wrote it. */
  readonly output: string;
  readonly via: Via;
  /** One for each pass. */
  readonly applications: readonly string[];
  readonly parts: readonly Part[];
  /** Summed over tasks and passes. */
  readonly counters: Counters;
}

export interface Submission {
  readonly result: Promise<SubmitResult>;
  /** Kills what runs on the cluster; `result` rejects then. */
  kill(): Promise<void>;
}

/**
 * Runs a job on a Hadoop cluster.
 *
 * `result` rejects with LISPING_E_HDFS_EXISTS, LISPING_E_HDFS_MISSING, LISPING_E_HDFS_QUOTA, LISPING_E_YARN,
 * LISPING_E_NETWORK and others before anything was uploaded. When the job failed it rejects with what its own
 * process said last (LISPING_E_MAP_THREW with the place in the source and the record, ...), and where that is
 * not known with LISPING_E_HADOOP_JOB or what Hadoop's words mean.
 *
 * @example
 * const { parts } = await submit({ passes: [{ job, reduces: 4 }], bundle, inputs: ['/in'], output: '/out', ... }).result;
 */
export function submit(options: SubmitOptions): Submission {
  const submitting = new Submitting(options);
  return { result: submitting.run(), kill: () => submitting.kill() };
}

class Submitting {
  readonly #options: SubmitOptions;
  readonly #applications: string[] = [];
  #running: RunningPass | null = null;
  #isKilled = false;

  constructor(options: SubmitOptions) {
    this.#options = options;
  }

  async run(): Promise<SubmitResult> {
    const { passes, output, fetch, environment = process.env } = this.#options;
    if (fetch !== null) await refuseExistingDirectory(fetch);
    const site = await findSite({ ...this.#options, environment });
    this.#options.onEvent({ kind: 'way', via: site.via, why: site.why });
    const setting = this.#settingAt(site);
    try {
      const files = await this.#check(setting);
      const counters = await this.#runPasses(setting, files);
      return {
        job: passes.map(({ job }) => job.name).join(' + '),
        output,
        via: site.via,
        applications: this.#applications,
        parts: await readParts(setting.hdfs, setting.output, fetch),
        counters: summed(counters),
      };
    } finally {
      setting.hdfs.close();
    }
  }

  async kill(): Promise<void> {
    this.#isKilled = true;
    await this.#running?.kill();
  }

  #settingAt(site: Site): Setting {
    const { user, hdfs: how = {}, inputs, output: shown } = this.#options;
    const { nameNodes, cluster, configuration } = site;
    const home = { user, nameNodes, fileSystem: cluster.fileSystem };
    const output = hdfsPathOf(shown, home);
    const memoryMax = site.via === 'http' ? site.application.memoryMax : Number.POSITIVE_INFINITY;
    return {
      site,
      hdfs: webHdfs({ ...how, nameNodes, user }),
      inputs: inputs.flatMap(splitPathList).map((path) => hdfsPathOf(path, home)),
      output,
      work: childOf(parentOf(output), `.lisping-${randomBytes(8).toString('hex')}`),
      memory: taskMemory(configuration, memoryMax),
    };
  }

  async #check({ site, hdfs, inputs, output }: Setting): Promise<readonly InputFile[]> {
    const { passes, queue, user } = this.#options;
    const reduces = Math.max(...passes.map((pass) => pass.reduces));
    const staging = `${site.cluster.staging}/${user}`;
    const quotas = quotasAt({ ...this.#options.hdfs, nameNodes: site.nameNodes, user });
    try {
      const [files, queues] = await Promise.all([
        checkFiles({ hdfs, quotas, inputs, output, staging, reduces }),
        site.via === 'http' ? site.resourceManager.queues() : null,
      ]);
      checkQueue(queue, queues);
      return files;
    } finally {
      quotas.close();
    }
  }

  async #runPasses(setting: Setting, files: readonly InputFile[]): Promise<Counters[]> {
    const { hdfs, inputs, output, work } = setting;
    const { passes, user, shipNode: isShipped } = this.#options;
    const archives = isShipped ? [await shipNode(hdfs, user)] : [];
    const counters: Counters[] = [];
    try {
      let input: PassInput = { files, paths: inputs };
      if (passes[0]?.job.source !== null) input = await emptyInput(hdfs, work);
      for (const [index, pass] of passes.entries()) {
        const isLast = index === passes.length - 1;
        const target = isLast ? output : `${work}/pass-${index}`;
        const job = this.#streamingJob(setting, { pass, index, output: target, archives });
        counters.push(await this.#runPass(setting, { index, job, input }));
        if (!isLast) input = { files: await hdfsInputs(hdfs, [target]), paths: [target] };
      }
      return counters;
    } catch (error) {
      // It did not exist before, and without _SUCCESS it is nobody's result.
      await removeQuietly(hdfs, output);
      throw error;
    } finally {
      if (passes.length > 1 || passes[0]?.job.source !== null) await removeQuietly(hdfs, work);
    }
  }

  async #runPass(
    { site, hdfs }: Setting,
    { index, job, input }: { index: number; job: StreamingJob; input: PassInput },
  ): Promise<Counters> {
    const { onEvent, passes, user } = this.#options;
    onEvent({ kind: 'pass', job: job.name, index, total: passes.length });
    const options: PassOptions = {
      job,
      hdfs,
      user,
      files: input.files,
      inputs: input.paths,
      events: {
        onAccepted: (application) => {
          this.#applications.push(application);
          onEvent({ kind: 'accepted', application });
        },
        onTasks: (of, done, total) => onEvent({ kind: 'tasks', of, done, total }),
      },
    };
    const application =
      site.via === 'http' && index > 0 ? await site.resourceManager.newApplication() : null;
    if (this.#isKilled)
      throw new LispingError('LISPING_E_INTERRUPTED', 'killed between two passes');
    this.#running =
      site.via === 'cli'
        ? runThroughCommand(site, options)
        : runOverHttp(site, application ?? site.application, options);
    const counters = await this.#explainedAt(site, this.#running);
    if (counters === null) {
      onEvent({ kind: 'note', text: 'the history server does not tell what the job counted' });
      return {};
    }
    checkRecordsRead(counters);
    return jobCounters(counters);
  }

  /** What a pass counted, or why it failed. */
  async #explainedAt({ cluster }: Site, { counters }: RunningPass): Promise<Counted> {
    try {
      return await counters;
    } catch (said) {
      const application = this.#applications.at(-1);
      const isOfJob = isLispingError(said) && said.code === 'LISPING_E_HADOOP_JOB';
      if (!isOfJob || application === undefined) throw said;
      throw await explained({ application, historyServer: cluster.historyServer, said });
    }
  }

  #streamingJob({ memory }: Setting, { pass, index, output, archives }: PassTarget): StreamingJob {
    const { bundle, parameters, queue, splitBytes, shipNode: isShipped } = this.#options;
    const plan = planStreaming({
      ...pass,
      pass: index,
      parameters,
      node: [isShipped ? SHIPPED_NODE : 'node', `--max-old-space-size=${memory.nodeHeapMb}`],
    });
    return {
      name: pass.job.name,
      mapper: plan.mapper,
      reducer: plan.reducer,
      properties: { ...memory.properties, ...plan.properties },
      files: [
        { name: BUNDLE_NAME, bytes: bundle.code },
        { name: SETTINGS_NAME, bytes: Buffer.from(plan.settings) },
      ],
      archives,
      queue,
      splitBytes: plan.splittable ? splitBytes : Number.MAX_SAFE_INTEGER,
      splittable: plan.splittable,
      output,
    };
  }
}

type Site = HttpSite | CommandSite;
type Counted = Awaited<RunningPass['counters']>;

/** What is the same for all passes. */
interface Setting {
  readonly site: Site;
  readonly hdfs: Hdfs;
  /** Paths and patterns in HDFS. */
  readonly inputs: readonly string[];
  /** Path in HDFS. */
  readonly output: string;
  /** Path in HDFS of what is between the passes: beside the output, and hidden. */
  readonly work: string;
  readonly memory: TaskMemory;
}

interface PassTarget {
  readonly pass: Pass;
  readonly index: number;
  readonly output: string;
  readonly archives: readonly ShippedArchive[];
}

/** What a pass reads. */
interface PassInput {
  readonly files: readonly InputFile[];
  readonly paths: readonly string[];
}

/** A job that brings its records along still needs a map task, and Hadoop makes one of an empty file. */
async function emptyInput(hdfs: Hdfs, directory: string): Promise<PassInput> {
  const path = `${directory}/source`;
  await hdfs.create(path, new Uint8Array(0));
  return { files: [{ path, size: 0 }], paths: [path] };
}

async function removeQuietly(hdfs: Hdfs, path: string): Promise<void> {
  try {
    await hdfs.delete(path, { recursive: true });
  } catch (error) {
    if (!isLispingError(error)) throw error; // what led here says more
  }
}
