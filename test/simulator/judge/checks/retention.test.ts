// test/simulator/judge/checks/retention.test.ts — A list stays for as long as its day can be read, and no longer.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ListExpiry, ObservedDay } from '../../../../simulator/history/history.js';
import { RETENTION } from '../../../../simulator/judge/checks/retention.js';
import {
  calendar,
  checkerOf,
  day,
  historyWith,
  judgeHistory,
  onTime,
  oracleOf,
  rightList,
  rightTable,
  threeArticles,
} from '../histories.js';

const checkRetention = checkerOf(RETENTION);

const oracle = oracleOf(threeArticles);
const observed: ObservedDay = { span: day, list: rightList, articles: rightTable, isForgotten: false, expiry: onTime };
const check = (...days: readonly ObservedDay[]) => checkRetention({ ...historyWith([]), days }, oracle);
const expiring = (expiry: ListExpiry | undefined) => check({ ...observed, expiry });
const at = (eventMs: number): ListExpiry => ({ kind: 'at', eventMs, errorMs: 1000 });
const forgottenMs = calendar.forgottenAtMs(day.day);

test('a list may expire when its day can no longer be read, give or take', () => {
  const seen = 'when 1 of 1 lists expire';
  for (const eventMs of [forgottenMs - 1000, forgottenMs, forgottenMs + 1000]) {
    assert.equal(expiring(at(eventMs)), {
      check: 'retention',
      outcome: 'pass',
      seen,
      findings: [],
      findingCount: 0,
    });
  }
});

test('one that expires earlier or later is wrong', () => {
  assert.equal(expiring(at(calendar.publishedAtMs('20241002'))).findings, [
    {
      day: '20241001',
      expected: 7,
      found: 1,
      code: 'expiry-unlike-publication',
      message: 'the list of 20241001 expires 1 days after its publication, expected 7',
    },
  ]);
  assert.is(expiring(at(forgottenMs - 1001)).outcome, 'fail');
  assert.is(expiring(at(forgottenMs + 1001)).outcome, 'fail');
});

test('one that never expires is wrong, also in a run that is not paced', () => {
  assert.equal(expiring({ kind: 'never' }).findings, [
    {
      day: '20241001',
      expected: 7,
      found: 'never',
      code: 'list-never-expires',
      message: 'the list of 20241001 never expires, expected 7 days after its publication',
    },
  ]);
  assert.is(expiring({ kind: 'some time' }).outcome, 'pass');
});

test('a time to live that counts from the last write is judged by when that can have been', () => {
  const day = 86_400_000;
  const left = (leftMs: number): ListExpiry => ({ kind: 'in', leftMs, expectedMs: 10 * day, sinceMs: 60_000 });
  for (const leftMs of [10 * day + 1000, 10 * day, 10 * day - 61_000])
    assert.is(expiring(left(leftMs)).outcome, 'pass');
  for (const leftMs of [10 * day + 1001, 10 * day - 61_001]) assert.is(expiring(left(leftMs)).outcome, 'fail');
  assert.equal(expiring(left(day)).findings, [
    {
      day: '20241001',
      expected: 10,
      found: 1,
      code: 'expiry-unlike-write',
      message: 'the list of 20241001 expires in 1 days, expected 10 days after its last write',
    },
  ]);
});

test('after its time a list must be gone', () => {
  const gone: ObservedDay = { ...observed, list: [], articles: undefined, isForgotten: true, expiry: undefined };
  assert.equal(check(gone, observed), {
    check: 'retention',
    outcome: 'pass',
    seen: 'when 1 of 1 lists expire; 1 that must be gone',
    findings: [],
    findingCount: 0,
  });
  assert.is(check(gone).outcome, 'pass');
  const still = check({ ...gone, list: rightList, expiry: onTime });
  assert.is(still.seen, 'when 0 of 0 lists expire');
  assert.equal(still.findings, [
    {
      day: '20241001',
      expected: 'gone',
      found: 2,
      code: 'list-not-gone',
      message: 'the list of 20241001 is still there, with 2 rows, after the days that can be read',
    },
  ]);
});

test('without any list nothing was seen of it', () => {
  const result = check({ ...observed, list: [], expiry: undefined });
  assert.is(result.outcome, 'unknown');
  assert.is(result.reason, 'it needs to have seen a list that is kept, or is to be gone');
  const one = check(observed, { ...observed, list: [], expiry: undefined });
  assert.equal([one.outcome, one.seen], ['pass', 'when 1 of 2 lists expire']);
});

test('it is a part of the verdict', () => {
  const days = [{ ...observed, expiry: { kind: 'never' as const } }];
  assert.is(judgeHistory({ ...historyWith([]), days }, oracle).outcome, 'fail');
  assert.is(judgeHistory({ ...historyWith([]), days: [observed] }, oracle).outcome, 'pass');
});

test.run();
