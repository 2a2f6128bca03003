// test/simulator/judge/checks/progress.test.ts — A group that stands still while there is something to read.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import type { History } from '../../../../simulator/history/history.js';
import type { ObservedCommits } from '../../../../simulator/history/observed-commits.js';
import { PROGRESS } from '../../../../simulator/judge/checks/progress.js';
import { checkerOf, historyWith, oracleOf } from '../histories.js';

const commit = (atMs: number, next: number, latest: number): ObservedCommits => ({
  atMs,
  committed: [[5], [next]],
  latest: [[5], [latest]],
});

function check(commits: readonly ObservedCommits[], faults: readonly FaultResult[] = []) {
  const history: History = { ...historyWith([]), commits, faults, stallMsAllowed: 10_000 };
  return checkerOf(PROGRESS)(history, oracleOf([]));
}

const stalled = [
  commit(0, 3, 3),
  commit(1000, 3, 9),
  commit(8000, 3, 12),
  commit(12_000, 3, 14),
  commit(13_000, 14, 14),
];
const fault = (healedAtMs: number, caughtUpMs: number | null): FaultResult => ({
  kind: 'consumer-pause',
  target: 'consumer 1',
  injectedAtMs: 500,
  healedAtMs,
  recovery: { detectedMs: null, firstProgressMs: null, caughtUpMs },
});

test('a partition that moves, or has nothing to read, is right', () => {
  assert.is(check([commit(0, 1, 9), commit(9000, 2, 9), commit(18_000, 3, 9)]).outcome, 'pass');
  const idle = check([commit(0, 9, 9), commit(60_000, 9, 9)]);
  assert.equal([idle.outcome, idle.seen], ['pass', "2 looks at the group's offsets"]);
});

test('one that stands still for too long is named, with since when', () => {
  const { outcome, findings } = check(stalled);
  assert.is(outcome, 'fail');
  assert.equal(
    findings.map(({ message }) => message),
    ['comment/0 stood still for 11.0 s, beginning 1.0 s into the load, with 11 records to read'],
  );
});

test('a stall is one when it lasts longer than is allowed, from the first look at which the partition stood', () => {
  const stands = (...times: readonly number[]) =>
    check([commit(0, 1, 9), ...times.map((atMs) => commit(atMs, 2, 9))]).findings;
  assert.equal(stands(3000, 4000, 14_000), []);
  assert.equal(stands(3000, 4000, 14_001), [
    {
      code: 'partition-stalled',
      message: 'comment/0 stood still for 10.0 s, beginning 4.0 s into the load, with 7 records to read',
      expected: 'progress',
      found: 'none for 10.0 s',
    },
  ]);
});

test('each of two stalls is told, and a short one between them is not', () => {
  const twice = [
    ...[commit(0, 1, 9), commit(1000, 1, 9), commit(12_000, 1, 9), commit(13_000, 2, 9), commit(14_000, 2, 9)],
    ...[commit(15_000, 3, 9), commit(16_000, 3, 9), commit(30_000, 3, 9)],
  ];
  assert.equal(
    check(twice).findings.map(({ found }) => found),
    ['none for 11.0 s', 'none for 14.0 s'],
  );
});

test('what is broken may stand still until it has caught up', () => {
  assert.is(check(stalled, [fault(11_000, 2000)]).outcome, 'pass');
  assert.is(check(stalled, [fault(700, null)]).outcome, 'pass');
  assert.is(check(stalled, [fault(700, 100)]).outcome, 'fail');
  assert.is(check(stalled, [fault(700, 300)]).outcome, 'pass');
  assert.is(check(stalled, [fault(700, 299)]).outcome, 'fail');
});

test('a fault that was not healed, or was not seen to catch up, explains everything after it, and nothing before it', () => {
  const { recovery: _, ...unseen } = fault(700, null);
  const outcome = (one: FaultResult) => check(stalled, [one]).outcome;
  assert.is(outcome(unseen), 'pass');
  assert.is(outcome({ ...fault(700, 100), healedAtMs: null }), 'pass');
  assert.is(outcome({ ...unseen, injectedAtMs: 12_000 }), 'pass');
  assert.is(outcome({ ...unseen, injectedAtMs: 12_001 }), 'fail');
  assert.is(outcome({ ...unseen, injectedAtMs: null, healedAtMs: null }), 'fail');
});

test('without offsets nothing is known', () => {
  assert.is(check([]).reason, 'it needs to have seen offsets of the group');
});

test.run();
