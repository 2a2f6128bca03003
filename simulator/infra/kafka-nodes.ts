// simulator/infra/kafka-nodes.ts — Starts the nodes of a local Kafka and waits until they answer as one cluster.
import { randomBytes } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { KafkaConnection } from '../../contract/connection.js';
import { askKafka } from './answers.js';
import { freePorts, isPortTaken } from './free-ports.js';
import { InfraError } from './infra.js';
import type { Java } from './java.js';
import { type KafkaNode, kafkaJavaOptions, renderKafkaConfig, renderMetaProperties } from './kafka-config.js';
import { type KafkaJars, kafkaFile } from './kafka-jars.js';
import { lastLinesOf } from './log-tail.js';
import type { Owned } from './owned.js';
import type { ServerProcess } from './server-process.js';

export interface KafkaNodesOptions {
  readonly nodes: 1 | 3;
  readonly java: Java;
  readonly jars: KafkaJars;
  /** A data directory as Kafka's own tool formats it. */
  readonly template: string;
  /** Java's archive of loaded classes, or none. */
  readonly archive: string | undefined;
  readonly extraJavaOptions?: readonly string[];
  /** Log files are `<logName>-<node>.log`. */
  readonly logName: string;
  readonly owned: Owned;
  readonly signal: AbortSignal;
}

export interface KafkaNodes {
  readonly connection: KafkaConnection;
  readonly servers: readonly ServerProcess[];
}

const START_TRIES = 3;
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
// One node ends in 0.4 s. Of three, the last ones wait in vain for the quorum; what they would save is thrown away.
const STOP_TIMEOUT_MS = 1500;

/** @throws InfraError with the last lines of the log of a node that died or did not answer. */
export async function startKafkaNodes(options: KafkaNodesOptions): Promise<KafkaNodes> {
  for (let tries = 1; ; tries += 1) {
    const started = await launch(options);
    try {
      await answered(started, options);
      return started;
    } catch (error) {
      const lostPort = started.servers.some((server) => isPortTaken(lastLinesOf(server.logFile)));
      await options.owned.stop(started.servers, 0);
      if (!lostPort || tries === START_TRIES) throw error;
    }
  }
}

async function launch(options: KafkaNodesOptions): Promise<KafkaNodes> {
  const free = await freePorts(options.nodes * 2);
  const ports = Array.from({ length: options.nodes }, (_, i) => ({
    client: free[2 * i] ?? 0,
    controller: free[2 * i + 1] ?? 0,
  }));
  const clusterId = randomId();
  const servers: ServerProcess[] = [];
  for (const index of ports.keys()) servers.push(await launchNode({ id: index + 1, ports, clusterId }, options));
  return { connection: { brokers: ports.map(({ client }) => `127.0.0.1:${client}`) }, servers };
}

async function launchNode(
  node: Omit<KafkaNode, 'dataDirectory'> & { readonly clusterId: string },
  options: KafkaNodesOptions,
): Promise<ServerProcess> {
  const { jars, owned } = options;
  const directory = await owned.createDirectory(`kafka-${node.id}`);
  const dataDirectory = join(directory, 'data');
  const config = join(directory, 'server.properties');
  // Kafka's own tool takes a start of Java to format one directory. What it writes differs from node to node in one file.
  await cp(options.template, dataDirectory, { recursive: true });
  await writeFile(
    join(dataDirectory, 'meta.properties'),
    renderMetaProperties({ id: node.id, clusterId: node.clusterId, directoryId: randomId() }),
  );
  await writeFile(config, renderKafkaConfig({ ...node, dataDirectory }));
  const major = Number.parseInt(jars.version, 10);
  const logging = pathToFileURL(kafkaFile(major < 4 ? 'reload4j.properties' : 'log4j2.properties')).href;
  return owned.startServer({
    name: `Kafka node ${node.id}`,
    command: options.java.command,
    args: [
      ...kafkaJavaOptions({ logging, archive: options.archive, major }),
      ...(options.extraJavaOptions ?? []),
      ...['-cp', jars.paths.join(delimiter), 'kafka.Kafka', config],
    ],
    directory,
    log: `${options.logName}-${node.id}.log`,
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
}

/** Ready is what answers: every node is a member, and one of them leads. */
async function answered({ connection, servers }: KafkaNodes, { signal }: KafkaNodesOptions): Promise<void> {
  const giveUpAtMs = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    signal.throwIfAborted();
    for (const { died } of servers) died.throwIfAborted();
    const answer = await askKafka(connection).catch(() => undefined);
    if (answer?.hasController && answer.brokers === servers.length) return;
    if (performance.now() > giveUpAtMs) {
      const logs = servers.map(({ name, logFile }) => `${name}:\n${lastLinesOf(logFile)}`).join('\n');
      throw new InfraError(
        `expected ${servers.length} Kafka node(s) to answer within ${START_TIMEOUT_MS / 1000} s, found ${answer?.brokers ?? 0}; the logs end with:\n${logs}`,
        { hint: 'the machine may be short of memory or busy: free some, or give a Kafka with --brokers' },
      );
    }
    await sleep(POLL_MS);
  }
}

/** As Kafka writes a UUID. */
function randomId(): string {
  return randomBytes(16).toString('base64url');
}
