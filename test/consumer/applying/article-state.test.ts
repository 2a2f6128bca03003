// test/consumer/applying/article-state.test.ts
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  ArticleState,
  Counter,
  MAX_PACKED_BYTES,
  pack,
  Status,
  unpack,
} from '../../../consumer/applying/article-state.js';

const id = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const count = fc.oneof(fc.nat(70_000), fc.nat({ max: 2 ** 33 }), fc.maxSafeNat());
const offer = fc.record({ counter: fc.constantFrom(Counter.like, Counter.comment, Counter.view), version: id, count });
const status = fc.constantFrom(Status.unknown, Status.created, Status.withdrawn);

test('a state is read back as it was packed', () => {
  fc.assert(
    fc.property(status, fc.array(offer, { maxLength: 6 }), (raised, offers) => {
      const state = new ArticleState();
      state.raise(raised);
      for (const one of offers) state.offer(one.counter, one.version, one.count);
      const out = Buffer.alloc(MAX_PACKED_BYTES);
      const { status, versions, counts } = unpack(out.subarray(0, pack(state, out, 0)));
      assert.equal([status, versions, counts], [state.status, state.versions, state.counts]);
    }),
  );
});

test('a tombstone is one byte, whatever was counted', () => {
  const state = new ArticleState();
  state.offer(Counter.view, '9007199254740993', 12);
  state.raise(Status.deleted);
  state.raise(Status.created);
  const out = Buffer.alloc(MAX_PACKED_BYTES);
  assert.equal([pack(state, out, 0), out[0]], [1, Status.deleted]);
});

test('of two counts the one with the higher version stands, in either order', () => {
  const older = ['9007199254740992', 7] as const;
  const newer = ['9007199254740993', 5] as const;
  for (const offers of [
    [older, newer],
    [newer, older],
  ]) {
    const state = new ArticleState();
    for (const [version, likes] of offers) state.offer(Counter.like, version, likes);
    assert.equal([state.versions[Counter.like], state.counts[Counter.like]], newer);
  }
});

test.run();
