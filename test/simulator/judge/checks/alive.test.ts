// test/simulator/judge/checks/alive.test.ts — Load, consumers, drain and dead letters: what each check says, word by word.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { History } from '../../../../simulator/history/history.js';
import { ALIVE } from '../../../../simulator/judge/checks/alive.js';
import { DEAD_LETTERS } from '../../../../simulator/judge/checks/dead-letters.js';
import { DRAINED } from '../../../../simulator/judge/checks/drained.js';
import { LOAD } from '../../../../simulator/judge/checks/load.js';
import type { CheckResult, Finding } from '../../../../simulator/record/verdict-record.js';
import { checkerOf, historyWith, oracleOf } from '../histories.js';

const checkAlive = checkerOf(ALIVE);
const checkDeadLetters = checkerOf(DEAD_LETTERS);
const checkDrained = checkerOf(DRAINED);
const checkLoad = checkerOf(LOAD);

type Said = readonly [check: string, seen: string];

const given = (check: ReturnType<typeof checkerOf>, fields: Partial<History>) =>
  check({ ...historyWith([]), ...fields }, oracleOf([]));
const passes = ([check, seen]: Said): CheckResult => ({ check, outcome: 'pass', seen, findings: [], findingCount: 0 });
const isUnknown = (said: Said, reason: string): CheckResult => ({ ...passes(said), outcome: 'unknown', reason });
const fails = (said: Said, ...findings: readonly Finding[]): CheckResult => ({
  ...passes(said),
  outcome: 'fail',
  findings,
  findingCount: findings.length,
});

test('a load whose events all ended one way or the other, and none failed, passes', () => {
  assert.equal(
    given(checkLoad, { sends: { ok: 4, fail: 0, info: 2 } }),
    passes(['load', '4 acknowledged, 0 failed, 2 unknown of 6 planned events']),
  );
});

test('a load of which nothing was acknowledged, or not all was sent, says so with the reasons', () => {
  const reasons = ['a', 'b', 'c', 'd'].map((reason, i) => ({ reason, count: 9 - i }));
  assert.equal(
    given(checkLoad, { sends: { ok: 0, fail: 0, info: 6 } }),
    isUnknown(['load', '0 acknowledged, 0 failed, 6 unknown of 6 planned events'], 'no event was acknowledged'),
  );
  assert.equal(
    given(checkLoad, { sends: { ok: 0, fail: 6, info: 0 }, sendErrors: reasons }),
    isUnknown(
      ['load', '0 acknowledged, 6 failed, 0 unknown of 6 planned events'],
      'no event was acknowledged: a (9 times); b (8 times); c (7 times)',
    ),
  );
  assert.equal(
    given(checkLoad, { sends: { ok: 3, fail: 1, info: 1 } }),
    isUnknown(['load', '3 acknowledged, 1 failed, 1 unknown of 6 planned events'], 'not every planned event was sent'),
  );
  assert.equal(
    given(checkLoad, { sends: { ok: 4, fail: 1, info: 1 }, sendErrors: reasons.slice(3) }),
    isUnknown(
      ['load', '4 acknowledged, 1 failed, 1 unknown of 6 planned events'],
      '1 events could not be sent: d (6 times)',
    ),
  );
});

test('a consumer that ended by itself is a finding of its own', () => {
  assert.equal(given(checkAlive, {}), passes(['consumers alive', '0 consumers ended by themselves']));
  assert.equal(
    given(checkAlive, { consumerExits: ['one', 'two'] }),
    fails(
      ['consumers alive', '2 consumers ended by themselves'],
      { code: 'consumer-ended', message: 'one', expected: 'running', found: 'ended' },
      { code: 'consumer-ended', message: 'two', expected: 'running', found: 'ended' },
    ),
  );
});

test('lag must have been read, reach 0, and leave the lists alone', () => {
  assert.equal(given(checkDrained, {}), passes(['drained', 'a lag of 0 records at the end']));
  assert.equal(
    given(checkDrained, { finalLag: null }),
    isUnknown(['drained', 'no offsets'], 'the offsets of the group could not be read at the end'),
  );
  assert.equal(
    given(checkDrained, { finalLag: 7, drainSeconds: 2.5, isSettled: false }),
    fails(
      ['drained', 'a lag of 7 records at the end'],
      { code: 'lag-left', message: 'lag is still 7 records 2.5 s after the load, expected 0', expected: 0, found: 7 },
      { code: 'lists-unsettled', message: 'the lists still change 2.5 s after the load, though lag is 0' },
    ),
  );
});

test('just the undecodable records are put aside', () => {
  const said = (seen: string): Said => ['dead letters', `${seen} undecodable records`];
  assert.equal(given(checkDeadLetters, { poison: 2, deadLetters: 2 }), passes(said('2 dead letters of 2')));
  assert.equal(
    given(checkDeadLetters, { poison: 2, deadLetters: 1 }),
    fails(said('1 dead letters of 2'), {
      code: 'dead-letters-differ',
      message: '1 records were put aside as undecodable, expected 2',
      expected: 2,
      found: 1,
    }),
  );
  assert.equal(
    given(checkDeadLetters, { poison: 2, deadLetters: null }),
    isUnknown(said('unknown dead letters of 2'), 'the consumer does not count its dead letters'),
  );
});

test.run();
