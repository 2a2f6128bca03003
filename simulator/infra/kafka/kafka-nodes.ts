// simulator/infra/kafka/kafka-nodes.ts — Starts the nodes of a local Kafka and waits until they answer as one cluster.
import { randomBytes } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KafkaConnection } from '../../../contract/connection.js';
import { until } from '../../../contract/waiting.js';
import { InfraError } from '../../errors.js';
import { askKafka } from '../answers.js';
import type { Link } from '../breakable.js';
import { JAVA_ENVIRONMENT } from '../machine/environment.js';
import { freePorts, isPortTaken } from '../processes/free-ports.js';
import { lastLinesOf } from '../processes/log-tail.js';
import type { Owned } from '../processes/owned.js';
import type { ServerProcess } from '../processes/server-process.js';
import type { Java } from './java.js';
import {
  type KafkaNode,
  type KafkaNodePorts,
  kafkaJavaOptions,
  renderKafkaConfig,
  renderMetaProperties,
} from './kafka-config.js';
import { type KafkaJars, kafkaFile } from './kafka-jars.js';

export interface KafkaNodesOptions {
  readonly nodes: 1 | 3;
  /** Whether clients come to each node through a link. */
  readonly links: boolean;
  readonly sessionTimeoutMs?: number | undefined;
  readonly java: Java;
  readonly jars: KafkaJars;
  /** A formatted data directory: saves a start of Java for each node. */
  readonly template: string;
  /** The classes that a starting node loads, parsed and linked: 1.6 s instead of 3.0 s to the first answer on 2 cores. */
  readonly archive: string | undefined;
  readonly extraJavaOptions?: readonly string[];
  /** Log files are `<logName>-<node>.log`. */
  readonly logName: string;
  readonly owned: Owned;
  readonly signal: AbortSignal;
}

export interface KafkaNodes {
  readonly connection: KafkaConnection;
  /** Addresses around the links, if there are any. */
  readonly direct: KafkaConnection;
  /** In the order of their `node.id`, from 1. */
  readonly servers: readonly ServerProcess[];
  /** One for each server, or none. */
  readonly links: readonly Link[];
}

const START_TRIES = 3;
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
// One node ends in 0.4 s. The last ones of three wait in vain for the quorum, and their data is thrown away anyway.
const STOP_TIMEOUT_MS = 1500;

/** @throws InfraError with the last lines of the log of a node that died or did not answer. */
export async function startKafkaNodes(options: KafkaNodesOptions): Promise<KafkaNodes> {
  for (let tries = 1; ; tries += 1) {
    const started = await launch(options);
    try {
      const ids = started.servers.map((_, i) => i + 1);
      await kafkaAnswered({ ...started, ids, signal: options.signal });
      return started;
    } catch (error) {
      const lostPort = started.servers.some(({ spec }) => isPortTaken(lastLinesOf(spec.logFile)));
      await options.owned.stop(started.servers, 0);
      if (!lostPort || tries === START_TRIES) throw error;
    }
  }
}

export interface AnswerExpected {
  readonly direct: KafkaConnection;
  /** Nodes that are starting. */
  readonly servers: readonly ServerProcess[];
  /** The nodes that must be members. */
  readonly ids: readonly number[];
  readonly signal: AbortSignal;
}

/** Settles when every expected node is a member and one node leads. @throws InfraError */
export async function kafkaAnswered({ direct, servers, ids, signal }: AnswerExpected): Promise<void> {
  let found: readonly number[] = [];
  const answered = async () => {
    for (const server of servers) server.expectRunning();
    const answer = await askKafka(direct).catch(() => undefined);
    found = answer?.brokers ?? [];
    return answer?.hasController && ids.every((id) => found.includes(id));
  };
  if (await until(answered, { withinMs: START_TIMEOUT_MS, pollMs: POLL_MS, signal })) return;
  const logs = servers.map(({ spec }) => `${spec.name}:\n${lastLinesOf(spec.logFile)}`).join('\n');
  throw new InfraError(
    `expected Kafka node(s) ${ids.join(', ')} to answer within ${START_TIMEOUT_MS / 1000} s, found ${found.join(', ') || 'none'}; the logs end with:\n${logs}`,
    { hint: 'the machine may be short of memory or busy: free some, or give a Kafka with --brokers' },
  );
}

async function launch(options: KafkaNodesOptions): Promise<KafkaNodes> {
  const free = [...(await freePorts(options.nodes * 3))];
  const [links, ports]: [Link[], KafkaNodePorts[]] = [[], []];
  for (let id = 1; id <= options.nodes; id += 1) {
    const [client = 0, controller = 0, direct = 0] = free.splice(0, 3);
    if (options.links) {
      const name = `link to Kafka node ${id}`;
      const link = await options.owned.startLink({ name, target: addressOf(client), protocol: 'kafka' });
      links.push(link);
      ports.push({ client, controller, link: { advertised: Number(link.address.split(':')[1]), direct } });
    } else ports.push({ client, controller });
  }
  const clusterId = randomId();
  const servers: ServerProcess[] = [];
  for (const index of ports.keys()) servers.push(await launchNode({ id: index + 1, ports, clusterId }, options));
  const brokers = ports.map(({ client, link }) => addressOf(link?.advertised ?? client));
  const direct = ports.map(({ client, link }) => addressOf(link?.direct ?? client));
  return { connection: { brokers }, direct: { brokers: direct }, servers, links };
}

/** Below the node's own directory. A whole path could hold letters that Kafka's settings have no form for, or a comma. */
const DATA = 'data';

async function launchNode(
  node: Omit<KafkaNode, 'dataDirectory'> & { readonly clusterId: string },
  options: KafkaNodesOptions,
): Promise<ServerProcess> {
  const { jars, owned } = options;
  const directory = await owned.createDirectory(`kafka-${node.id}`);
  const dataDirectory = join(directory, DATA);
  const config = join(directory, 'server.properties');
  // Kafka's own tool needs one start of Java for each directory. The result differs between nodes in one file only.
  await cp(options.template, dataDirectory, { recursive: true });
  await writeFile(
    join(dataDirectory, 'meta.properties'),
    renderMetaProperties({ id: node.id, clusterId: node.clusterId, directoryId: randomId() }),
  );
  await writeFile(
    config,
    renderKafkaConfig({ ...node, dataDirectory: DATA, sessionTimeoutMs: options.sessionTimeoutMs }),
  );
  const major = Number.parseInt(jars.version, 10);
  const logging = pathToFileURL(kafkaFile(major < 4 ? 'reload4j.properties' : 'log4j2.properties')).href;
  return owned.startServer({
    name: `Kafka node ${node.id}`,
    command: options.java.command,
    args: [
      ...kafkaJavaOptions({ logging, archive: options.archive, major }),
      ...(options.extraJavaOptions ?? []),
      ...givenJavaOptions(),
      ...['-cp', jars.paths.join(delimiter), 'kafka.Kafka', config],
    ],
    directory,
    env: JAVA_ENVIRONMENT,
    log: `${options.logName}-${node.id}.log`,
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
}

/** Further options of Java, from the environment: they come last, so they replace ours. */
function givenJavaOptions(): readonly string[] {
  return (process.env.SIM_KAFKA_JAVA_OPTIONS ?? '').split(/\s+/).filter((option) => option !== '');
}

function addressOf(port: number): string {
  return `127.0.0.1:${port}`;
}

/** A UUID in the form that Kafka writes. */
function randomId(): string {
  return randomBytes(16).toString('base64url');
}
