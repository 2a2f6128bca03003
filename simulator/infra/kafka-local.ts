// simulator/infra/kafka-local.ts — A Kafka of this run: one or three nodes, each a broker and a controller.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaConnection } from '../../contract/connection.js';
import { Cleanup } from './cleanup.js';
import { withFreePorts } from './free-ports.js';
import type { Guardian } from './guardian.js';
import { InfraError } from './infra.js';
import { requireJava } from './java.js';
import { ensureKafkaJars } from './kafka-jars.js';
import { createUuid, type KafkaRuntime, startNode, untilListening } from './kafka-node.js';
import type { NodePorts } from './kafka-properties.js';
import { ensureStartCache, type StartCache } from './kafka-start-cache.js';
import { reachKafka } from './reach-kafka.js';
import type { LocalServers } from './redis-local.js';
import { removeDirectory } from './remove-directory.js';

const FORM_LIMIT_MS = 60_000;
const POLL_MS = 50;
// Its data is thrown away, so a node that takes longer to leave in order is not worth the wait.
const GRACE_MS = 2000;

export interface LocalKafka extends LocalServers {
  readonly connection: KafkaConnection;
}

export interface LocalKafkaOptions {
  readonly nodes: 1 | 3;
  readonly logDir: string;
  readonly guardian: Guardian;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** @throws InfraError */
export async function startKafka(options: LocalKafkaOptions): Promise<LocalKafka> {
  const jars = await ensureKafkaJars(options);
  const runtime = { jars, java: await requireJava(oldestJava(jars.version)) };
  const cache = await ensureStartCache(runtime, options);
  return withFreePorts(2 * options.nodes, (ports) => startCluster({ ...options, runtime, cache }, pairsOf(ports)));
}

/** https://kafka.apache.org/documentation/#java: servers of 4.x need 17. */
export function oldestJava(kafkaVersion: string): number {
  return Number.parseInt(kafkaVersion, 10) >= 4 ? 17 : 11;
}

function pairsOf(ports: readonly number[]): readonly NodePorts[] {
  const half = ports.length / 2;
  return ports.slice(0, half).map((client, index) => ({ client, controller: Number(ports[half + index]) }));
}

interface Prepared extends LocalKafkaOptions {
  readonly runtime: KafkaRuntime;
  readonly cache: StartCache;
}

async function startCluster(options: Prepared, ports: readonly NodePorts[]): Promise<LocalKafka> {
  const { guardian, logDir, runtime, cache, signal } = options;
  await using undo = new Cleanup();
  const directory = mkdtempSync(join(tmpdir(), 'sim-kafka-'));
  guardian.watchDirectory(directory);
  undo.defer(() => removeDirectory(directory, guardian));

  const clusterId = createUuid();
  const nodes = await Promise.all(
    ports.map((_, index) => {
      const nodeId = index + 1;
      const own = { nodeId, directory: join(directory, `node-${nodeId}`), graceMs: GRACE_MS };
      return startNode({ ...runtime, ...cache, ...own, ports, clusterId, logDir, guardian });
    }),
  );
  undo.defer(async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  });
  await Promise.all(nodes.map((node, index) => untilListening(node, ports[index], signal)));
  const connection = { brokers: ports.map(({ client }) => `127.0.0.1:${client}`) };
  await untilFormed(connection, options);

  const owned = undo.move();
  const version = runtime.jars.version;
  return {
    connection,
    version,
    directory,
    processes: nodes,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

/** A node that listens may not yet have heard of the others. */
async function untilFormed(connection: KafkaConnection, options: Prepared): Promise<void> {
  const deadlineMs = performance.now() + FORM_LIMIT_MS;
  for (;;) {
    options.signal.throwIfAborted();
    const facts = await reachKafka(connection, 0).catch(() => ({ brokers: 0 }));
    if (facts.brokers === options.nodes) return;
    if (performance.now() > deadlineMs) {
      const found = `${facts.brokers} of ${options.nodes} brokers joined within ${FORM_LIMIT_MS / 1000} s`;
      throw new InfraError(`Kafka did not form a cluster: ${found}`, { hint: `see the logs in ${options.logDir}` });
    }
    await sleep(POLL_MS);
  }
}
