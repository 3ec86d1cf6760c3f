import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client repeats a cancel',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: "    if (request.cancel) this.send({ kind: 'cancel', ...envelope, job });",
      replacement:
        "    if (request.cancel && !request.known) this.send({ kind: 'cancel', ...envelope, job });",
    },
  ],
};
