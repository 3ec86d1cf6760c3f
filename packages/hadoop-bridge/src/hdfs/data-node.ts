// The second step of an operation on data. A DataNode may be dead, unreachable or wrong; then the
// NameNode is asked for another one, and for the same one again when there is no other.
import type { Client, Operation } from './client.ts';
import type { Answer } from './exchange.ts';
import { HdfsFailure } from './failure.ts';
import type { Place } from './place.ts';
import { createTries, pauseAfter } from './tries.ts';

/** Calls `use` with the place that a NameNode names, until it succeeds or no more tries are left. */
export async function atDataNode<T>(
  client: Client,
  operation: Operation,
  use: (place: Place) => Promise<T>,
): Promise<T> {
  const tries = createTries(client.patience);
  const avoided = new Set<string>();
  for (;;) {
    const place = await locateAvoiding(client, operation, avoided);
    try {
      return await use(place);
    } catch (error) {
      if (!(error instanceof HdfsFailure)) throw error;
      if (error.unclear && !operation.repeatable) throw error;
      const pauseMs = tries.after(error);
      if (pauseMs === null) throw advised(error, place);
      if (error.cure === 'other') client.nameNodes.distrust();
      if (error.cure === 'retry' && place.kind === 'elsewhere') avoided.add(place.advertised);
      await pauseAfter(error, pauseMs, client.onWait);
    }
  }
}

async function locateAvoiding(
  client: Client,
  operation: Operation,
  avoided: Set<string>,
): Promise<Place> {
  if (avoided.size > 0) {
    const excludedatanodes = [...avoided].join(',');
    const parameters = { ...operation.parameters, excludedatanodes };
    try {
      return await client.locate({ ...operation, parameters });
    } catch (error) {
      if (!(error instanceof HdfsFailure) || error.cure !== 'none') throw error;
      avoided.clear(); // there is no other that has the data
    }
  }
  return await client.locate(operation);
}

/** What the place says to a request without a body. */
export async function answerFrom(client: Client, place: Place): Promise<Answer> {
  if (place.kind === 'here') return place.answer;
  const { server, target } = place;
  return await client.transport.call({ method: 'GET', server, target });
}

/** The most common trouble of all: the cluster names its DataNodes by names that only it knows. */
function advised(failure: HdfsFailure, place: Place): HdfsFailure {
  const isOurs = failure.code === 'LISPING_E_NETWORK' && !failure.unclear;
  if (!isOurs || place.kind === 'here') return failure;
  return new HdfsFailure('LISPING_E_NETWORK', `the DataNode ${failure.message}`, {
    cure: failure.cure,
    hint: `HDFS advertises it as ${place.advertised}. If it has another address here, say so (LISPING_HDFS_HOSTS=${place.advertised}=ADDRESS), or use HttpFS.`,
    cause: failure.cause,
  });
}
