// test/simulator/produce/transactional-writer.test.ts — Transactions follow each other, some are aborted, and one that fails is ended by the next producer.
import type { Producer } from 'kafkajs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PreparedBatch } from '../../../simulator/produce/prepared-batches.js';
import { TransactionalWriter } from '../../../simulator/produce/transactional-writer.js';

const SENT = { target: { topic: 't', partition: 0 }, acks: 'all', recordSet: Buffer.alloc(0), records: 10 } as const;

/** What a writer asks of kafkajs. @param fails the step of each transaction that fails, by position */
function producers(fails: Readonly<Record<number, 'send' | 'commit' | 'abort'>> = {}) {
  const log: string[] = [];
  let transactions = 0;
  const create = () =>
    ({
      connect: async () => void log.push('connect'),
      disconnect: async () => void log.push('disconnect'),
      transaction: async () => {
        const fault = fails[transactions];
        transactions += 1;
        const step = async (name: string) => {
          log.push(name);
          if (name.split(' ', 1)[0] === fault) throw new Error(`${fault} failed`);
        };
        return {
          send: async ({ messages: [message] }: { readonly messages: readonly { readonly value: unknown }[] }) => {
            const value = message?.value;
            await step(`send ${value instanceof PreparedBatch ? value.firstSequence : 'something else'}`);
            return [{ topicName: 't', partition: 0, errorCode: 0, baseOffset: '5' }];
          },
          commit: () => step('commit'),
          abort: () => step('abort'),
        };
      },
    }) as unknown as Producer;
  return { log, create };
}

test('one producer makes all transactions, and sequences count on over the aborted ones', async () => {
  const { log, create } = producers();
  const writer = new TransactionalWriter(create, 0.5);
  const kinds = [];
  for (let i = 0; i < 4; i += 1) kinds.push((await writer.write(SENT)).kind);
  assert.equal(kinds, ['committed', 'aborted', 'committed', 'aborted']);
  assert.equal(log, ['connect', 'send 0', 'commit', 'send 10', 'abort', 'send 20', 'commit', 'send 30', 'abort']);
});

test('the share is kept exactly', async () => {
  const { create } = producers();
  const writer = new TransactionalWriter(create, 0.2);
  const kinds: string[] = [];
  for (let i = 0; i < 100; i += 1) kinds.push((await writer.write(SENT)).kind);
  assert.is(kinds.filter((kind) => kind === 'aborted').length, 20);
  const none = new TransactionalWriter(create, 0);
  assert.equal(await none.write(SENT), { kind: 'committed', baseOffset: 5 });
});

test('after a failure another producer of the same id begins anew', async () => {
  const { log, create } = producers({ 0: 'send', 1: 'commit', 2: 'abort' });
  const writer = new TransactionalWriter(create, 0.5);
  const ends = [await writer.write(SENT), await writer.write(SENT), await writer.write(SENT), await writer.write(SENT)];
  assert.equal(
    ends.map((end) => [end.kind, 'wasSent' in end && end.wasSent]),
    [
      ['failed', true],
      ['unknown', false],
      ['failed', true],
      ['committed', false],
    ],
  );
  assert.is(log.filter((entry) => entry === 'disconnect').length, 3);
  assert.is(log.filter((entry) => entry === 'send 0').length, 4);
});

test.run();
