// test/simulator/judge/checks/staleness-check.test.ts — A list may be as old as the group is behind: what was committed long before must be in it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FaultResult } from '../../../../simulator/history/fault-result.js';
import type { History } from '../../../../simulator/history/history.js';
import type { ObservedCommits } from '../../../../simulator/history/observed-commits.js';
import type { Evidence } from '../../../../simulator/judge/checks/checker.js';
import type { Staleness } from '../../../../simulator/judge/checks/staleness.js';
import { checkStaleness, STALENESS } from '../../../../simulator/judge/checks/staleness-check.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { evidenceOf, historyWith, oracleOf, rules } from '../histories.js';

const missed = { articleId: '7', dueMs: 0, score: 5, stream: 1, partition: 2, offset: 30 };
const NOTHING_READ = {
  records: 0,
  matched: 0,
  missing: 0,
  lost: 0,
  examples: [],
  repeats: 0,
  foreign: 0,
  foreignExamples: [],
};
const point: Staleness = {
  atMs: 20_000,
  day: '20241001',
  behindMs: 5001,
  newestMs: null,
  overlap: 1,
  rankDistance: 0,
  missed,
};
/** @param next offset of the partition from which the missed record came */
const commit = (atMs: number, next: number): ObservedCommits => ({
  atMs,
  committed: [[99], [0, 0, next]],
  latest: [[99], [0, 0, 99]],
});

function check(points: readonly Staleness[], commits: readonly ObservedCommits[], faults: readonly FaultResult[] = []) {
  return checkStaleness({ ...historyWith([]), commits, faults }, points);
}

test('a record that was committed more than 5 s before the look must be in the list', () => {
  assert.equal(check([point], [commit(14_000, 30), commit(14_999, 31), commit(19_000, 31)]), {
    check: 'staleness',
    outcome: 'fail',
    findingCount: 1,
    seen: '1 looks at visible lists under load, the oldest 5.0 s behind',
    findings: [
      {
        day: '20241001',
        articleId: '7',
        code: 'record-not-shown',
        message:
          '20.0 s after the load began the list of 20241001 did not show comment/2 offset 30, which made the score of article 7 5 and was committed 5.0 s before',
      },
    ],
  });
  assert.is(check([point], [commit(15_000, 31)]).outcome, 'pass');
  assert.is(check([point], [commit(14_000, 30)]).outcome, 'pass');
});

test('a list that is at most 5 s behind, or misses nothing, is right whatever was committed', () => {
  const long = [commit(1000, 99)];
  assert.is(check([point], long).outcome, 'fail');
  assert.is(check([{ ...point, behindMs: 5000 }], long).outcome, 'pass');
  assert.is(check([{ ...point, missed: undefined }], long).outcome, 'pass');
});

test('looks count until the first fault, of any kind', () => {
  const fault = (injectedAtMs: number | null): FaultResult => ({
    kind: 'consumer-pause',
    target: 'it',
    injectedAtMs,
    healedAtMs: null,
  });
  const outcome = (...faults: readonly FaultResult[]) => check([point], [commit(1000, 99)], faults).outcome;
  assert.is(outcome(fault(20_001)), 'fail');
  assert.is(outcome(fault(20_000)), 'pass');
  assert.is(outcome(fault(30_000), fault(10_000)), 'pass');
  assert.is(outcome(fault(null)), 'fail');
});

test('a group that commits nothing can only be judged while no list is old', () => {
  const nothing = [{ atMs: 1, committed: [[0], [0, 0, 0]], latest: [[9], [0, 0, 9]] }];
  const { outcome, reason } = check([point], nothing);
  assert.equal([outcome, reason], ['unknown', 'the group commits no offsets, so what it had read is unknown']);
  assert.is(check([{ ...point, behindMs: 5000 }], nothing).outcome, 'pass');
  const some = { ...commit(1, 0), committed: [[0], [0, 1, 0]] };
  for (const commits of [[some], [...nothing, some]]) assert.is(check([point], commits).outcome, 'pass');
});

test('without a look nothing is known', () => {
  const result = check([], [commit(1, 1)]);
  assert.equal([result.outcome, result.reason], ['unknown', 'no row of a list was seen while load ran']);
  assert.is(result.seen, '0 looks at visible lists under load, the oldest 0.0 s behind');
});

test('lists that are seen with their offsets are held against these, and not by their age', () => {
  const { log, comparison } = { log: new LogOracle(rules), comparison: NOTHING_READ };
  const topics = { state: 'read', log, comparison, acks: 'all', staleness: [point], cursorOf: undefined } as const;
  const applies = (history: History, read: Evidence['topics'] = topics) =>
    STALENESS.check({ ...evidenceOf(history, oracleOf([])), ...(read ? { topics: read } : {}) }, [])?.check;
  const history = { ...historyWith([]), commits: [commit(1000, 31)] };
  assert.is(applies(history), 'staleness');
  assert.is(applies({ ...history, cuts: [{ atMs: 1, day: '20241001', offsets: [[1]], list: [] }] }), undefined);
  assert.is(applies(history, { ...topics, staleness: [] }), undefined);
  assert.is(applies(history, { state: 'unreadable', reason: 'none' }), undefined);
});

test.run();
