// test/consumer/reading/offset-commits.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { OffsetCommits } from '../../../consumer/reading/offset-commits.js';

const LIKES = { topic: 'board-like', partition: 1 };
const offsets = (offset: string) => ({ topics: [{ topic: 'board-like', partitions: [{ partition: 1, offset }] }] });

function recorded() {
  const commits: unknown[] = [];
  const failures: unknown[] = [];
  const commit = async (given: unknown) => {
    commits.push(given);
  };
  return { commits, failures, commit, pending: new OffsetCommits((error) => failures.push(error)) };
}

test('only the last offset is committed, and once', async () => {
  const { commits, commit, pending } = recorded();
  pending.applied(LIKES, '5', commit);
  pending.applied(LIKES, '9', commit);
  await pending.flush();
  await pending.flush();
  assert.equal(commits, [offsets('9')]);
});

test('a commit that fails is told of, and made good by the next', async () => {
  const { commits, failures, commit, pending } = recorded();
  const refused = new Error('the group rebalances');
  pending.applied(LIKES, '5', () => Promise.reject(refused));
  await pending.flush();
  assert.equal(failures, [refused]);
  pending.applied(LIKES, '6', commit);
  await pending.flush();
  assert.equal(commits, [offsets('6')]);
});

test('what is applied during a commit is left for the next', async () => {
  const { commits, commit, pending } = recorded();
  pending.applied(LIKES, '5', async (given) => {
    await commit(given);
    pending.applied(LIKES, '7', commit);
  });
  await pending.flush();
  await pending.flush();
  assert.equal(commits, [offsets('5'), offsets('7')]);
});

test('after a rebalance nothing of before is committed', async () => {
  const { commits, commit, pending } = recorded();
  pending.applied(LIKES, '5', commit);
  pending.forget();
  await pending.flush();
  assert.equal(commits, []);
});

test.run();
