// test/simulator/infra/kafka/kafka-config.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  kafkaJavaOptions,
  renderKafkaConfig,
  renderMetaProperties,
} from '../../../../simulator/infra/kafka/kafka-config.js';

const THREE = [1, 2, 3].map((id) => ({ client: 9000 + id, controller: 9100 + id }));

const propertiesOf = (text: string) =>
  Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

test('a single node replicates nothing and takes events of any time', () => {
  assert.equal(
    propertiesOf(renderKafkaConfig({ id: 1, ports: [{ client: 9092, controller: 9093 }], dataDirectory: '/data' })),
    {
      'process.roles': 'broker,controller',
      'node.id': '1',
      listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:9092',
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'PLAINTEXT',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      'controller.quorum.voters': '1@127.0.0.1:9093',
      'log.dirs': '/data',
      'default.replication.factor': '1',
      'min.insync.replicas': '1',
      'offsets.topic.replication.factor': '1',
      'transaction.state.log.replication.factor': '1',
      'transaction.state.log.min.isr': '1',
      'offsets.topic.num.partitions': '4',
      'transaction.state.log.num.partitions': '4',
      'group.initial.rebalance.delay.ms': '0',
      'auto.create.topics.enable': 'false',
      'log.message.timestamp.before.max.ms': '9223372036854775807',
      'log.message.timestamp.after.max.ms': '9223372036854775807',
      'log.cleaner.dedupe.buffer.size': '8388608',
    },
  );
});

test('three nodes keep three copies, of which two must be written', () => {
  const config = propertiesOf(renderKafkaConfig({ id: 2, ports: THREE, dataDirectory: '/data' }));
  assert.is(config['controller.quorum.voters'], '1@127.0.0.1:9101,2@127.0.0.1:9102,3@127.0.0.1:9103');
  assert.is(config['advertised.listeners'], 'PLAINTEXT://127.0.0.1:9002');
  const names = [
    'default.replication.factor',
    'offsets.topic.replication.factor',
    'transaction.state.log.replication.factor',
  ];
  assert.equal(
    names.map((name) => config[name]),
    ['3', '3', '3'],
  );
  assert.equal([config['min.insync.replicas'], config['transaction.state.log.min.isr']], ['2', '2']);
});

test('behind links, clients are sent to the links, and brokers and those who know go around them', () => {
  const ports = THREE.map(({ client, controller }) => ({
    client,
    controller,
    link: { advertised: client + 200, direct: client + 300 },
  }));
  const config = propertiesOf(renderKafkaConfig({ id: 2, ports, dataDirectory: '/data', sessionTimeoutMs: 3000 }));
  const wanted = {
    listeners: 'PLAINTEXT://127.0.0.1:9002,DIRECT://127.0.0.1:9302,CONTROLLER://127.0.0.1:9102',
    'advertised.listeners': 'PLAINTEXT://127.0.0.1:9202,DIRECT://127.0.0.1:9302',
    'inter.broker.listener.name': 'DIRECT',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,DIRECT:PLAINTEXT',
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
  };
  assert.equal(Object.fromEntries(Object.keys(wanted).map((name) => [name, config[name]])), wanted);
});

test('nothing listens on other addresses than 127.0.0.1', () => {
  for (const id of [1, 2, 3]) {
    const config = renderKafkaConfig({ id, ports: THREE, dataDirectory: '/data' });
    const hosts = [...config.matchAll(/(?:\/\/|@)([^:,\n]*):/g)].map(([, host]) => host);
    assert.equal(new Set(hosts), new Set(['127.0.0.1']));
  }
});

test('a node has at most 512 MB of heap, and each major line its own logger', () => {
  const four = kafkaJavaOptions({ logging: 'file:/l', archive: '/a.jsa', major: 4 });
  const three = kafkaJavaOptions({ logging: 'file:/l', archive: undefined, major: 3 });
  assert.ok(four.includes('-Xmx512m') && three.includes('-Xmx512m'));
  assert.ok(four.includes('-Dlog4j2.configurationFile=file:/l') && three.includes('-Dlog4j.configuration=file:/l'));
  assert.ok(four.includes('-XX:SharedArchiveFile=/a.jsa'));
  assert.not(three.some((option) => option.includes('SharedArchiveFile')));
});

test('a data directory is marked as its node’s', () => {
  assert.is(
    renderMetaProperties({ id: 3, clusterId: 'c', directoryId: 'd' }),
    'version=1\nnode.id=3\ncluster.id=c\ndirectory.id=d\n',
  );
});

test.run();
