// The ResourceManager's REST interface: what Lisping asks of YARN.
import { LispingError } from '@lisping/core';
import * as v from 'valibot';
import { ask, saidIn, shaped, type RestAnswer, type RestCall, type Service } from './rest.ts';

/** Where YARN is and who asks. */
export interface YarnOptions {
  /** `http://host:port` */
  readonly resourceManager: string;
  readonly user: string;
}

/** How far an application is. */
export interface Application {
  readonly state: ApplicationState;
  readonly finalStatus: 'UNDEFINED' | 'SUCCEEDED' | 'FAILED' | 'KILLED' | 'ENDED';
  readonly diagnostics: string;
  readonly queue: string;
}

type ApplicationState = (typeof STATES)[number];

const STATES = [
  'NEW',
  'NEW_SAVING',
  'SUBMITTED',
  'ACCEPTED',
  'RUNNING',
  'FINISHED',
  'FAILED',
  'KILLED',
] as const;

/** What YARN gives for a job that is about to be submitted. */
export interface NewApplication {
  /** `application_1700000000000_0001` */
  readonly id: string;
  /** Megabytes that a container may have at most. */
  readonly memoryMax: number;
}

/** A queue that takes applications, or would if it were not stopped. */
export interface Queue {
  readonly name: string;
  readonly path: string;
  readonly isRunning: boolean;
}

export interface ResourceManager {
  readonly service: Service;
  /** Its whole configuration; null where that is closed to us. */
  configuration(): Promise<ReadonlyMap<string, string> | null>;
  /** The leaf queues; null when the scheduler tells none. */
  queues(): Promise<readonly Queue[] | null>;
  newApplication(): Promise<NewApplication>;
  /** Hands an application over. That it is accepted, only `application` shows. */
  submit(submission: object): Promise<void>;
  /** Null when YARN does not know the id. */
  application(id: string): Promise<Application | null>;
  kill(id: string): Promise<void>;
}

export function resourceManagerAt({ resourceManager, user }: YarnOptions): ResourceManager {
  const service = {
    name: 'ResourceManager',
    url: resourceManager.replace(/\/+$/, ''),
  };
  const call = (given: RestCall): Promise<RestAnswer> => {
    const join = given.path.includes('?') ? '&' : '?';
    const path = `${given.path}${join}user.name=${encodeURIComponent(user)}`;
    return askActive(service, { ...given, path });
  };
  return {
    service,
    configuration: async () => {
      const conf = shaped(CONFIGURATION, await call({ path: '/conf' }));
      return conf === null ? null : new Map(conf.properties.map(({ key, value }) => [key, value]));
    },
    queues: async () => {
      const answer = shaped(SCHEDULER, await call({ path: '/ws/v1/cluster/scheduler' }));
      return answer === null ? null : leavesOf(answer.scheduler.schedulerInfo);
    },
    newApplication: async () => {
      const path = '/ws/v1/cluster/apps/new-application';
      const answer = await call({ method: 'POST', path });
      const made = shaped(NEW_APPLICATION, answer);
      if (made === null) throw refusal(service, answer, 'gave no new application');
      const memoryMax = made['maximum-resource-capability'].memory;
      return { id: made['application-id'], memoryMax };
    },
    submit: async (body) => {
      const answer = await call({
        method: 'POST',
        path: '/ws/v1/cluster/apps',
        body,
      });
      if (answer.status !== 202) throw refusal(service, answer, 'refused the application');
    },
    application: async (id) => {
      const answer = await call({ path: `/ws/v1/cluster/apps/${id}` });
      if (answer.status === 404) return null;
      const found = shaped(APPLICATION, answer);
      if (found === null) throw refusal(service, answer, `does not tell of ${id}`);
      return found.app;
    },
    kill: async (id) => {
      const path = `/ws/v1/cluster/apps/${id}/state`;
      const answer = await call({
        method: 'PUT',
        path,
        body: { state: 'KILLED' },
      });
      if (answer.status !== 200 && answer.status !== 202) {
        throw refusal(service, answer, `did not kill ${id}`);
      }
    },
  };
}

/** A ResourceManager that stands by names the active one. */
async function askActive(service: Service, call: RestCall): Promise<RestAnswer> {
  const answer = await ask(service, call);
  if (answer.status !== 307 || answer.location === null) return answer;
  const { origin } = new URL(answer.location, service.url);
  return await ask({ ...service, url: origin }, call);
}

function refusal({ name, url }: Service, answer: RestAnswer, what: string): LispingError {
  const said = `the ${name} ${url} ${what}: HTTP ${answer.status} ${saidIn(answer)}`.trim();
  // Also what another web server says that was taken for YARN.
  const isClosed = [401, 403, 404, 405].includes(answer.status);
  return new LispingError('LISPING_E_YARN', said, {
    hint: isClosed
      ? "This way into the cluster is closed, or the address is not the ResourceManager's web port (8088). Try --via cli."
      : undefined,
  });
}

const CONFIGURATION = v.object({
  properties: v.array(v.object({ key: v.string(), value: v.string() })),
});

const NEW_APPLICATION = v.object({
  'application-id': v.pipe(v.string(), v.regex(/^application_\d+_\d+$/)),
  'maximum-resource-capability': v.object({ memory: v.number() }),
});

const APPLICATION = v.object({
  app: v.object({
    state: v.picklist(STATES),
    finalStatus: v.picklist(['UNDEFINED', 'SUCCEEDED', 'FAILED', 'KILLED', 'ENDED']),
    diagnostics: v.optional(v.string(), ''),
    queue: v.string(),
  }),
});

/** Capacity and fair schedulers describe queues alike, and name what lies below them differently. */
interface QueueInfo {
  readonly queueName?: string | undefined;
  readonly queuePath?: string | undefined;
  readonly state?: string | undefined;
  readonly queues?: { readonly queue: readonly QueueInfo[] } | null | undefined;
}

const QUEUE: v.GenericSchema<unknown, QueueInfo> = v.object({
  queueName: v.optional(v.string()),
  queuePath: v.optional(v.string()),
  state: v.optional(v.string()),
  queues: v.nullish(v.object({ queue: v.array(v.lazy(() => QUEUE)) })),
});

const SCHEDULER = v.object({ scheduler: v.object({ schedulerInfo: QUEUE }) });

function leavesOf(info: QueueInfo): Queue[] {
  const below = info.queues?.queue ?? [];
  if (below.length > 0) return below.flatMap(leavesOf);
  const { queueName = '', queuePath = queueName, state = 'RUNNING' } = info;
  return queueName === ''
    ? []
    : [{ name: queueName, path: queuePath, isRunning: state === 'RUNNING' }];
}
