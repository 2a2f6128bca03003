// test/simulator/produce/transactional-transport.test.ts — How a batch that is sent in transactions ends.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deliver } from '../../../simulator/produce/transactional-transport.js';
import type { TransactionEnd } from '../../../simulator/produce/transactional-writer.js';

const SENT = { target: { topic: 't', partition: 0 }, acks: 'all', recordSet: Buffer.alloc(0), records: 1 } as const;
const error = (type: string) => Object.assign(new Error(type), { type });
const committed: TransactionEnd = { kind: 'committed', baseOffset: 7 };
const aborted: TransactionEnd = { kind: 'aborted' };
const failed = (type: string, wasSent = true): TransactionEnd => ({ kind: 'failed', wasSent, error: error(type) });

async function outcomeOf(ends: readonly TransactionEnd[], deliveryTimeoutMs = 10_000) {
  const left = [...ends];
  const write = () => Promise.resolve(left.shift() ?? assert.unreachable('one transaction too many'));
  const outcome = await deliver({ write: write as () => Promise<TransactionEnd> }, SENT, deliveryTimeoutMs);
  assert.equal(left, []);
  return outcome;
}

test('what is aborted is written again, and counts once', async () => {
  assert.equal(await outcomeOf([aborted, aborted, committed]), { outcome: 'ok', baseOffset: 7 });
});

test('a transaction that failed is made again, as nothing of it counts', async () => {
  assert.equal(await outcomeOf([failed('INVALID_PRODUCER_EPOCH'), committed]), { outcome: 'ok', baseOffset: 7 });
});

test('a commit whose answer is lost is not repeated, and its end is unknown', async () => {
  const lost: TransactionEnd = { kind: 'unknown', error: error('REQUEST_TIMED_OUT') };
  assert.equal(await outcomeOf([lost]), { outcome: 'info', reason: 'REQUEST_TIMED_OUT' });
});

test('a batch that was never in the log has failed; one that was is unknown, as some read what is aborted', async () => {
  const away = failed('connect ECONNREFUSED', false);
  assert.equal(await outcomeOf([away], 0), { outcome: 'fail', reason: 'connect ECONNREFUSED' });
  assert.equal(await outcomeOf([aborted, away], 0), { outcome: 'info', reason: 'connect ECONNREFUSED' });
  assert.equal(await outcomeOf([failed('MESSAGE_TOO_LARGE')]), { outcome: 'fail', reason: 'MESSAGE_TOO_LARGE' });
});

test.run();
