// simulator/infra/kafka-properties.ts — The settings of a Kafka node that is started here; pure.
export interface NodePorts {
  readonly client: number;
  readonly controller: number;
}

export interface NodeSettings {
  /** From 1. */
  readonly nodeId: number;
  /** Of every node of the cluster, in the order of their ids. */
  readonly ports: readonly NodePorts[];
  readonly dataDirectory: string;
}

/** Text of a `server.properties`: a broker and controller in one, on 127.0.0.1 only. */
export function kafkaProperties({ nodeId, ports, dataDirectory }: NodeSettings): string {
  const own = ports[nodeId - 1];
  if (own === undefined) throw new RangeError(`node ${nodeId} of ${ports.length} has no ports`);
  const replicas = ports.length;
  const inSync = replicas === 1 ? 1 : 2;
  const lines = Object.entries({
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    listeners: `PLAINTEXT://127.0.0.1:${own.client},CONTROLLER://127.0.0.1:${own.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${own.client}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'controller.quorum.voters': ports.map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`).join(','),
    'log.dirs': dataDirectory,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // Simulated days lie years back or ahead of the clock: Kafka must neither refuse nor delete their events.
    'log.retention.ms': -1,
    'log.message.timestamp.before.max.ms': LONG_MAX,
    'log.message.timestamp.after.max.ms': LONG_MAX,
    // 128 MB by default, which is a quarter of the heap; here it only compacts the few committed offsets.
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
  });
  return lines.map(([name, value]) => `${name}=${value}\n`).join('');
}

const LONG_MAX = '9223372036854775807';
