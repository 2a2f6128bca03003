// test/simulator/judge/checks/log-equals-plan.test.ts — What is said of topics that hold something else than what was sent.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LaneResult } from '../../../../simulator/history/lane-result.js';
import {
  compareLogWithPlan,
  isHarnessBug,
  LOG_EQUALS_PLAN,
} from '../../../../simulator/judge/checks/log-equals-plan.js';
import type { LogComparison } from '../../../../simulator/judge/log/log-alignment.js';
import { evidenceOf, historyWith, idOf, oracleOf } from '../histories.js';
import { CREATED, type Fact, LIKED, logOf, planOf } from '../one-article.js';

const comparison: LogComparison = {
  records: 7,
  matched: 5,
  missing: 0,
  lost: 0,
  examples: [],
  repeats: 2,
  foreign: 0,
  foreignExamples: [],
};
const sends = { ok: 4, fail: 1, info: 1, acks: 'all', rankingEqualsLog: true } as const;
const compare = (fields: Partial<LogComparison>) => compareLogWithPlan({ ...comparison, ...fields }, sends);

test('what was read is said in one sentence', () => {
  const seen = '7 records in the topics, 5 of them planned, 2 repeated by retries';
  assert.equal(compare({}), {
    check: 'log equals plan',
    outcome: 'pass',
    seen,
    findings: [],
    findingCount: 0,
  });
});

test('each contradiction is told with what was expected and found', () => {
  const result = compare({
    matched: 6,
    foreign: 2,
    foreignExamples: ['view/0 offset 3', 'like/1 offset 9'],
    lost: 2,
    examples: ['7', '8'].map((eventId) => ({ place: 'view/0', eventId })),
  });
  assert.is(isHarnessBug([result]), true);
  assert.equal(result.findings, [
    {
      code: 'records-foreign',
      message: 'harness bug: 2 records in the topics were never planned, such as view/0 offset 3, like/1 offset 9',
      expected: 0,
      found: 2,
    },
    {
      code: 'records-of-failed-sends',
      message: 'harness bug: 1 records are in the topics whose sends are said to have failed',
      expected: 5,
      found: 6,
    },
    {
      code: 'records-lost',
      message:
        'Kafka lost 2 acknowledged records with acks=all; the ranking equals the log; lost are event 7 of view/0, event 8 of view/0',
      expected: 4,
      found: 6,
    },
  ]);
});

test('topics without a record have shown nothing, whatever is missing', () => {
  const result = compare({ records: 0, matched: 0, lost: 4 });
  assert.equal(
    [result.outcome, result.reason, isHarnessBug([result])],
    ['unknown', 'the topics hold no records', false],
  );
});

const read = (lanes: LaneResult[], log: readonly Fact[], fields: Partial<LogComparison> = {}) => {
  const topics = {
    state: 'read',
    comparison: { ...comparison, ...fields },
    log: logOf(log),
    acks: 'all',
    staleness: [],
    cursorOf: undefined,
  } as const;
  const history = { ...historyWith([]), sends: { ok: 4, fail: 1, info: 1 } };
  return LOG_EQUALS_PLAN.check({ ...evidenceOf(history, oracleOf([])), lanes, topics }, []);
};

test('oracles that disagree on what the topics hold are a bug of sim', () => {
  const result = read(planOf([CREATED, LIKED]), [CREATED]);
  assert.is(result?.outcome, 'fail');
  assert.equal(
    result?.findings.map(({ code, message }) => [code, message]),
    [['oracles-disagree', `harness bug: article ${idOf(0)} has 0 likes by the log, and 4 to 4 by the plan`]],
  );
  assert.is(isHarnessBug(result ? [result] : []), true);
  assert.is(read(planOf([CREATED, LIKED]), [CREATED, LIKED])?.outcome, 'pass');
});

test('where records are lost the oracles must disagree, and that is no bug of sim', () => {
  const result = read(planOf([CREATED, LIKED]), [CREATED], { lost: 1 });
  assert.equal(
    result?.findings.map(({ code }) => code),
    ['records-lost'],
  );
  assert.is(isHarnessBug(result ? [result] : []), false);
});

test('topics that cannot be read have shown nothing, and those that need not be are left out', () => {
  const evidence = evidenceOf(historyWith([]), oracleOf([]));
  const unreadable = { state: 'unreadable', reason: 'no broker answers' } as const;
  const result = LOG_EQUALS_PLAN.check({ ...evidence, topics: unreadable }, []);
  assert.equal([result?.outcome, result?.reason], ['unknown', 'no broker answers']);
  assert.is(LOG_EQUALS_PLAN.check(evidence, []), undefined);
});

const fewer: LogComparison = {
  records: 5,
  matched: 5,
  missing: 0,
  lost: 0,
  examples: [],
  repeats: 0,
  foreign: 0,
  foreignExamples: [],
};

const few = { ok: 0, fail: 0, info: 0, acks: 1, rankingEqualsLog: true } as const;

test('where the ranking differs from the log besides, the loss is not said to explain it', () => {
  const check = compareLogWithPlan({ ...fewer, lost: 2 }, { ...few, ok: 5, acks: 0, rankingEqualsLog: false });
  assert.match(check.findings[0]?.message ?? '', 'acks=0; the ranking differs from the log, too');
});

test('an acknowledged record that is not in the log is log loss, and no bug of sim', () => {
  const examples = [{ place: 'view/0', eventId: '1004' }];
  const check = compareLogWithPlan(
    { ...fewer, records: 4, matched: 4, missing: 1, lost: 1, examples },
    { ...few, ok: 5 },
  );
  assert.is(check.outcome, 'fail');
  const message =
    'Kafka lost 1 acknowledged records with acks=1; the ranking equals the log; lost are event 1004 of view/0';
  assert.is(check.findings[0]?.message, message);
  assert.is(isHarnessBug([check]), false);
});

test('a failed or unknown send may be missing', () => {
  const check = compareLogWithPlan({ ...fewer, matched: 3, missing: 2 }, { ...few, ok: 3, fail: 1, info: 1 });
  assert.is(check.outcome, 'pass');
});

test('a send that failed for certain and is in the log, or a foreign record, is a bug of sim', () => {
  for (const [wrong, ends] of [
    [fewer, { ok: 4, fail: 1, info: 0 }],
    [
      { ...fewer, foreign: 1, foreignExamples: ['view/0 offset 3'] },
      { ok: 5, fail: 0, info: 0 },
    ],
  ] as const) {
    const check = compareLogWithPlan(wrong, { ...few, ...ends });
    assert.match(check.findings[0]?.message ?? '', 'harness bug');
    assert.is(isHarnessBug([check]), true);
  }
});

test('topics without any record have shown nothing', () => {
  const check = compareLogWithPlan({ ...fewer, records: 0, matched: 0 }, { ...few, info: 5 });
  assert.is(check.outcome, 'unknown');
});

test.run();
