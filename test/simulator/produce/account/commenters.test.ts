// test/simulator/produce/account/commenters.test.ts — A user counts once, while one of their comments stands.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Commenters } from '../../../../simulator/produce/account/commenters.js';

test('a user with several comments is one, until the last of them is deleted', () => {
  const commenters = new Commenters();
  commenters.add(1, 'a', 'made', 'must');
  commenters.add(2, 'a', 'made', 'must');
  commenters.add(3, 'b', 'made', 'must');
  assert.equal(commenters.range(), { low: 2, high: 2 });
  commenters.add(1, 'a', 'deleted', 'must');
  assert.equal(commenters.range(), { low: 2, high: 2 });
  commenters.add(2, 'a', 'deleted', 'must');
  assert.equal(commenters.range(), { low: 1, high: 1 });
});

test('what may count widens the range, and a deletion before its comment stands', () => {
  const commenters = new Commenters();
  commenters.add(1, 'a', 'made', 'may');
  commenters.add(2, 'b', 'made', 'must');
  commenters.add(2, 'b', 'deleted', 'may');
  commenters.add(3, 'c', 'deleted', 'must');
  commenters.add(3, 'c', 'made', 'must');
  commenters.add(4, 'd', 'made', 'must');
  assert.equal(commenters.range(), { low: 1, high: 3 });
});

test('a deletion makes no user a commenter, whether it came or not', () => {
  const commenters = new Commenters();
  commenters.add(1, 'a', 'deleted', 'may');
  commenters.add(2, 'b', 'deleted', 'must');
  assert.equal(commenters.range(), { low: 0, high: 0 });
});

test('whatever the unknown ones did, the number lies in the range', () => {
  const step = fc.record({
    comment: fc.nat(6),
    isDeletion: fc.boolean(),
    isCertain: fc.boolean(),
    happened: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const writer = (comment: number) => comment % 3;
      const commenters = new Commenters();
      const [made, gone] = [new Set<number>(), new Set<number>()];
      for (const { comment, isDeletion, isCertain, happened } of steps) {
        commenters.add(comment, writer(comment), isDeletion ? 'deleted' : 'made', isCertain ? 'must' : 'may');
        if (isCertain || happened) (isDeletion ? gone : made).add(comment);
      }
      const standing = [...made].filter((comment) => !gone.has(comment));
      const found = new Set(standing.map(writer)).size;
      const { low, high } = commenters.range();
      assert.ok(low <= found && found <= high, `${found} in ${low} to ${high}`);
    }),
  );
});

test.run();
