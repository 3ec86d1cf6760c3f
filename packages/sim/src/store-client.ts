/**
 * How processes reach the output store: one try over the network. When no answer comes in time
 * nobody can know whether it happened; the operation may still take effect later, also when its
 * issuer is dead by then.
 */
import type { Microseconds, Store, StoreOperation } from '@lisping/core';
import { STORE } from './address.ts';
import { attemptKey } from './attempt-key.ts';
import { mixKey, textKey } from './draws.ts';
import type { HostContext } from './host-context.ts';
import { Operation } from './operation.ts';
import type { Cargo } from './operation.ts';
import type { Process } from './process.ts';
import { sizeOfPart } from './made.ts';
import type { PartContent } from './made.ts';

export function requestStore(
  context: HostContext,
  now: Microseconds,
  process: Process,
  effect: Store,
  content: PartContent | null,
): Operation {
  const { world, setting } = context;
  const name = operationKey(effect.operation);
  const key = mixKey(name, world.occurrence(name, process.node));
  const operation = new Operation(effect, process, key, now);
  operation.content = content;
  world.request(
    operation,
    STORE,
    content === null ? 0 : sizeOfPart(content),
    setting.storePatience,
  );
  return operation;
}

export function storeAnswered(operation: Operation, cargo: Cargo | null): void {
  const answer = typeof cargo === 'string' ? cargo : 'unclear';
  operation.result = { kind: 'store', answer };
}

export function storeTimedOut(operation: Operation): void {
  operation.result = { kind: 'store', answer: 'unclear' };
}

function operationKey(operation: StoreOperation): number {
  const kind = textKey(operation.kind);
  switch (operation.kind) {
    case 'upload':
    case 'publish':
      return mixKey(kind, attemptKey(operation.attempt));
    case 'make-output':
    case 'make-temporary':
    case 'make-success':
    case 'delete-temporary':
    case 'delete-output':
      return mixKey(kind, textKey(operation.job));
  }
}
