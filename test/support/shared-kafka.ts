// test/support/shared-kafka.ts — One Kafka for all end-to-end files that break nothing: the runner starts it, and the files find it by the environment.

import type { KafkaConnection } from '../../contract/connection.js';
import { provision } from '../../simulator/infra/provision.js';
import { temporaryFolder } from './sim.js';

/** Addresses, separated by commas. Unset where a file runs without the runner: then it starts a Kafka of its own. */
const VARIABLE = 'SIM_TEST_BROKERS';

export interface SharedKafka extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
}

/** Also fetches what is missing for a local Kafka, so that files that run side by side do not fetch it twice. */
export async function startSharedKafka(signal: AbortSignal): Promise<SharedKafka> {
  const { path, remove } = temporaryFolder();
  const infra = await provision({ nodes: 1, logDir: path, say: () => undefined, signal }).catch((error: unknown) => {
    remove();
    throw error;
  });
  return {
    env: { [VARIABLE]: infra.kafka.connection.brokers.join(',') },
    async [Symbol.asyncDispose]() {
      await infra[Symbol.asyncDispose]();
      remove();
    },
  };
}

/** Undefined where none is shared. Topics and groups of a file need names that no other file has. */
export function sharedKafka(): KafkaConnection | undefined {
  const brokers = process.env[VARIABLE];
  return brokers === undefined ? undefined : { brokers: brokers.split(',') };
}
