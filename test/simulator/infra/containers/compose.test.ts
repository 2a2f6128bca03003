// test/simulator/infra/containers/compose.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { composeServersIn } from '../../../../simulator/infra/containers/compose.js';

const container = (service: string, port: number, published = port, state = 'running') => ({
  Name: `hot-article-sim-${service}-1`,
  Service: service,
  State: state,
  Health: 'healthy',
  Publishers: [
    { URL: '127.0.0.1', TargetPort: port, PublishedPort: published, Protocol: 'tcp' },
    // Exposed by the image, without being published.
    { URL: '', TargetPort: 9093, PublishedPort: 0, Protocol: 'tcp' },
  ],
});
const single = container('kafka', 9092);
const cluster = [29092, 39092, 49092].map((port, index) => container(`kafka-${index + 1}`, port));
const redis = container('redis', 6379);
const lines = (containers: readonly object[]) => containers.map((one) => JSON.stringify(one)).join('\n');
const clusterBrokers = ['127.0.0.1:29092', '127.0.0.1:39092', '127.0.0.1:49092'];

test('running containers are taken at their published ports', () => {
  assert.equal(composeServersIn(lines([single, redis]), 1), {
    brokers: ['127.0.0.1:9092'],
    redisUrl: 'redis://127.0.0.1:6379',
  });
});

test('an array is read like lines, as older versions of Compose print one', () => {
  const array = JSON.stringify([single, redis]);
  assert.equal(composeServersIn(array, 1), composeServersIn(lines([single, redis]), 1));
});

test('warnings among the lines are passed over', () => {
  const output = `time="2026-01-01" level=warning msg="the attribute is obsolete"\n{"Service": 1}\n{broken\n${lines([redis])}\n`;
  assert.equal(composeServersIn(output, 1), { brokers: [], redisUrl: 'redis://127.0.0.1:6379' });
});

test('a run that wants three brokers takes the cluster, one that wants one the single broker', () => {
  const both = lines([...cluster.toReversed(), single]);
  assert.equal(composeServersIn(both, 3)?.brokers, clusterBrokers);
  assert.equal(composeServersIn(both, 1)?.brokers, ['127.0.0.1:9092']);
});

test('three brokers serve a run that wants one, fewer than three do not serve one that wants three', () => {
  assert.equal(composeServersIn(lines(cluster), 1)?.brokers, clusterBrokers);
  assert.is(composeServersIn(lines([single]), 3), undefined);
  assert.is(composeServersIn(lines(cluster.slice(1)), 3), undefined);
});

test('containers that do not run, or are not ours, count for nothing', () => {
  const exited = container('kafka', 9092, 9092, 'exited');
  assert.is(composeServersIn(lines([exited, container('postgres', 5432)]), 1), undefined);
  assert.is(composeServersIn('', 1), undefined);
});

test('a container without published ports counts for nothing', () => {
  const bare = [
    { ...redis, Publishers: null },
    { Service: 'kafka', State: 'running' },
  ];
  assert.is(composeServersIn(lines(bare), 1), undefined);
});

test.run();
