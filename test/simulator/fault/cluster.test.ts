// test/simulator/fault/cluster.test.ts — Which Kafka nodes can be missed.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { canMiss } from '../../../simulator/fault/cluster.js';

/** @param inSync the nodes that have a partition, each a digit: `123` */
function missed(inSync: readonly string[], away: string, replicationFactor: number, minInSyncReplicas: number) {
  const partitions = inSync.map((nodes, partition) => {
    const ids = [...nodes].map(Number);
    return { topic: 'view', partition, leader: ids[0] ?? -1, replicas: ids, inSync: ids };
  });
  const nodes = [...away].map((id) => ({ nodeId: Number(id) }));
  return canMiss({ partitions }, nodes, { replicationFactor, minInSyncReplicas });
}

test('one node of three can be missed, and not two, where two copies must be in sync', () => {
  assert.ok(missed(['123', '231'], '1', 3, 2));
  assert.not(missed(['123', '231'], '12', 3, 2));
});

test('no node can be missed while one that came back does not have every copy yet, or copies were moved away', () => {
  assert.not(missed(['123', '23'], '3', 3, 2));
  assert.ok(missed(['123', '23'], '1', 3, 2));
});

test('two of three can be missed where one copy is enough', () => {
  assert.ok(missed(['123', '231'], '12', 3, 1));
  assert.not(missed(['12', '231'], '12', 3, 1));
});

test('one can be missed, though writes stop, where every copy must be in sync', () => {
  assert.ok(missed(['123'], '1', 3, 3));
  assert.not(missed(['123'], '13', 3, 3));
  assert.ok(missed(['12', '31'], '1', 2, 2));
});

test('without copies any node can be missed', () => {
  assert.ok(missed(['1', '2', '3'], '123', 1, 1));
});

test.run();
