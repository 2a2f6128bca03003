// simulator/infra/kafka/local-kafka.ts — A real Kafka of one or three nodes on this machine, for this run alone.
import assert from 'node:assert/strict';
import type { Breakable, BreakableServer } from '../breakable.js';
import type { InfraOptions, StartedInfra } from '../infra.js';
import type { Owned } from '../processes/owned.js';
import { RestartableServer } from '../processes/restartable-server.js';
import type { ServerProcess } from '../processes/server-process.js';
import { findJava } from './java.js';
import { resolveKafkaJars } from './kafka-jars.js';
import { type KafkaNodes, kafkaAnswered, startKafkaNodes } from './kafka-nodes.js';
import { prepareKafka } from './kafka-preparation.js';

export type LocalOptions = Pick<InfraOptions, 'nodes' | 'say' | 'signal' | 'breakable'> & { readonly owned: Owned };

export interface LocalKafka extends Omit<StartedInfra['kafka'], 'mode' | 'why'> {
  readonly nodes: Breakable['kafka'];
  readonly links: Breakable['links']['kafka'];
}

/**
 * Only then do the leaderships of a killed broker move, and only then may it come back. With Kafka's 9 s, a node that was
 * started at once took 10 to 24 s to come back.
 */
const BREAKABLE_SESSION_MS = 3000;

/** @throws InfraError */
export async function startLocalKafka(options: LocalOptions): Promise<LocalKafka> {
  const { owned, say, signal, nodes } = options;
  const java = await findJava(signal);
  const jars = await resolveKafkaJars({ guardian: owned.guardian, say, signal });
  const prepared = await prepareKafka({ java, jars, owned, say, signal });
  const startedAtMs = performance.now();
  const { breakable } = options;
  const started = await startKafkaNodes({
    ...prepared,
    nodes,
    logName: 'kafka',
    owned,
    signal,
    links: breakable?.links ?? false,
    sessionTimeoutMs: breakable && BREAKABLE_SESSION_MS,
  });
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  say(`Kafka: ${jars.version} with ${nodes === 1 ? '1 node' : `${nodes} nodes`} answers after ${seconds} s`);
  const { connection, direct } = started;
  return {
    connection,
    direct,
    version: jars.version,
    nodes: started.servers.map((_, index) => restartable(started, index, options)),
    links: started.links,
  };
}

/** After a restart only its own answer counts, as other nodes may still see the former process. */
function restartable({ servers, direct }: KafkaNodes, index: number, { owned, signal }: LocalOptions): BreakableServer {
  const [server, address, nodeId] = [servers[index], direct.brokers[index], index + 1];
  assert(server !== undefined && address !== undefined);
  const own = { direct: { brokers: [address] }, ids: [nodeId], signal };
  const answered = (again: ServerProcess) => kafkaAnswered({ ...own, servers: [again] });
  return new RestartableServer({ server, address, nodeId, owned, answered });
}
