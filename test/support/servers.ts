// test/support/servers.ts — A Redis of its own for a test file, a Kafka that it may share with others, and the flags that name them.
import type { StartedInfra } from '../../simulator/infra/infra.js';
import { provision } from '../../simulator/infra/provision.js';
import { sharedKafka } from './shared-kafka.js';
import { temporaryFolder } from './sim.js';

export interface TestServers extends AsyncDisposable {
  readonly infra: StartedInfra;
  /** For `sim run`. */
  readonly flags: readonly string[];
  /** A folder that goes with the servers. */
  readonly folder: string;
}

export async function startServers(): Promise<TestServers> {
  const { path, remove } = temporaryFolder();
  const { signal } = new AbortController();
  const kafka = sharedKafka();
  const infra = await provision({ ...(kafka ? { kafka } : {}), nodes: 1, logDir: path, say: () => undefined, signal });
  return {
    infra,
    flags: ['--brokers', infra.kafka.connection.brokers.join(','), '--redis', infra.redis.connection.url],
    folder: path,
    async [Symbol.asyncDispose]() {
      await infra[Symbol.asyncDispose]();
      remove();
    },
  };
}
