// test/simulator/produce/transport.test.ts — Batches of one topic-partition go one after the other, whatever lanes they come from.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordBatch } from '../../../simulator/produce/record-batch.js';
import { inTurn, type SendOutcome, type Target } from '../../../simulator/produce/transport.js';

const batch = new RecordBatch({ records: 1, bytes: 1000 });
const OK: SendOutcome = { outcome: 'ok', baseOffset: 0 };

test('a second batch waits for the first of its partition, and for no other', async () => {
  const started: string[] = [];
  const answers = new Map<string, (outcome: SendOutcome) => void>();
  const transport = inTurn({
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    send: ({ topic, partition }) => {
      const name = `${topic}/${partition}#${started.length}`;
      started.push(name);
      return new Promise((resolve) => answers.set(name, resolve));
    },
  });
  const send = (partition: number) => transport.send({ topic: 't', partition } satisfies Target, batch);
  const sends = [send(0), send(0), send(1)];
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(started, ['t/0#0', 't/1#1']);
  answers.get('t/0#0')?.(OK);
  assert.equal(await sends[0], OK);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(started, ['t/0#0', 't/1#1', 't/0#2']);
});

test.run();
