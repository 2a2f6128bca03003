// simulator/infra/local-kafka.ts — A real Kafka of one or three nodes on this machine, for this run alone.
import type { InfraOptions, StartedInfra } from './infra.js';
import { findJava } from './java.js';
import { resolveKafkaJars } from './kafka-jars.js';
import { startKafkaNodes } from './kafka-nodes.js';
import { prepareKafka } from './kafka-preparation.js';
import type { Owned } from './owned.js';

export type LocalOptions = Pick<InfraOptions, 'nodes' | 'say' | 'signal'> & { readonly owned: Owned };

/** @throws InfraError */
export async function startLocalKafka(options: LocalOptions): Promise<Omit<StartedInfra['kafka'], 'mode' | 'why'>> {
  const { owned, say, signal, nodes } = options;
  const java = await findJava(signal);
  const jars = await resolveKafkaJars({ guardian: owned.guardian, say, signal });
  const prepared = await prepareKafka({ java, jars, owned, say, signal });
  const startedAtMs = performance.now();
  const { connection, servers } = await startKafkaNodes({ ...prepared, nodes, logName: 'kafka', owned, signal });
  for (const server of servers) owned.watchFor(server);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  say(`Kafka: ${jars.version} with ${nodes === 1 ? '1 node' : `${nodes} nodes`} answers after ${seconds} s`);
  return { connection, direct: connection, version: jars.version };
}
