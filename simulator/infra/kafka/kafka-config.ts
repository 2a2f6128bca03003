// simulator/infra/kafka/kafka-config.ts — Pure: the configuration and the Java options of a local Kafka's nodes.

export interface KafkaNodePorts {
  readonly client: number;
  readonly controller: number;
  /** When clients come through a link: its port, and the port for brokers and for clients that go around it. */
  readonly link?: { readonly advertised: number; readonly direct: number };
}

export interface KafkaNode {
  /** From 1. */
  readonly id: number;
  /** Ports of all nodes, in the order of their ids. */
  readonly ports: readonly KafkaNodePorts[];
  readonly dataDirectory: string;
  /** How long a broker may be silent before it counts as dead, ms; Kafka's default is 9,000. */
  readonly sessionTimeoutMs?: number | undefined;
}

const INTERNAL_PARTITIONS = 4;
const ANY_TIME_MS = '9223372036854775807';

/** server.properties of a node that is broker and controller at once. */
export function renderKafkaConfig(node: KafkaNode): string {
  const own = portsOf(node);
  const { names, listeners, advertised } = listenersOf(own);
  const replicas = Math.min(3, node.ports.length);
  const minInSync = Math.max(1, replicas - 1);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    listeners: [...listeners, `CONTROLLER://127.0.0.1:${own.controller}`].join(','),
    'advertised.listeners': advertised.join(','),
    'controller.listener.names': 'CONTROLLER',
    // Faults of client links must not affect the brokers among themselves.
    'inter.broker.listener.name': names.at(-1),
    'listener.security.protocol.map': ['CONTROLLER', ...names].map((name) => `${name}:PLAINTEXT`).join(','),
    'controller.quorum.voters': node.ports.map(({ controller }, i) => `${i + 1}@127.0.0.1:${controller}`).join(','),
    'log.dirs': node.dataDirectory,
    'default.replication.factor': replicas,
    'min.insync.replicas': minInSync,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': minInSync,
    // Few partitions, as each is created before the first group or transaction gets its answer.
    'offsets.topic.num.partitions': INTERNAL_PARTITIONS,
    'transaction.state.log.num.partitions': INTERNAL_PARTITIONS,
    // Do not wait for further members; a run knows when its consumers are there.
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    // Event times may lie years back or ahead. Kafka 4 would refuse records an hour ahead.
    'log.message.timestamp.before.max.ms': ANY_TIME_MS,
    'log.message.timestamp.after.max.ms': ANY_TIME_MS,
    // The default is 128 MiB, of a heap of 512 MiB.
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
    ...(node.sessionTimeoutMs === undefined ? {} : sessionProperties(node.sessionTimeoutMs)),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The collector's options are those of Kafka's own start script. */
export function kafkaJavaOptions(options: {
  readonly logging: string;
  readonly archive: string | undefined;
  readonly major: number;
}): readonly string[] {
  const logging = options.major < 4 ? 'log4j.configuration' : 'log4j2.configurationFile';
  return [
    ...['-server', '-Xms256m', '-Xmx512m', '-Djava.awt.headless=true'],
    ...[
      '-XX:+UseG1GC',
      '-XX:MaxGCPauseMillis=20',
      '-XX:InitiatingHeapOccupancyPercent=35',
      '-XX:+ExplicitGCInvokesConcurrent',
    ],
    ...(options.archive === undefined
      ? []
      : [`-XX:SharedArchiveFile=${options.archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off']),
    `-D${logging}=${options.logging}`,
  ];
}

/** The file by which Kafka knows whose data directory it is. */
export function renderMetaProperties(node: {
  readonly id: number;
  readonly clusterId: string;
  readonly directoryId: string;
}): string {
  return `version=1\nnode.id=${node.id}\ncluster.id=${node.clusterId}\ndirectory.id=${node.directoryId}\n`;
}

function sessionProperties(timeoutMs: number) {
  return { 'broker.session.timeout.ms': timeoutMs, 'broker.heartbeat.interval.ms': timeoutMs / 6 };
}

/** A listener tells its clients where to find the other nodes by the same way. */
function listenersOf({ client, link }: KafkaNodePorts) {
  const names = link === undefined ? ['PLAINTEXT'] : ['PLAINTEXT', 'DIRECT'];
  const ports = link === undefined ? [client] : [client, link.direct];
  const advertisedPorts = link === undefined ? [client] : [link.advertised, link.direct];
  const at = (all: readonly number[]) => names.map((name, i) => `${name}://127.0.0.1:${all[i]}`);
  return { names, listeners: at(ports), advertised: at(advertisedPorts) };
}

function portsOf(node: KafkaNode): KafkaNodePorts {
  const ports = node.ports[node.id - 1];
  if (ports === undefined) throw new Error(`node ${node.id} of ${node.ports.length}`);
  return ports;
}
