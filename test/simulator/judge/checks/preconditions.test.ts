// test/simulator/judge/checks/preconditions.test.ts — What a scenario aims at is looked for in the log; without it its check is unknown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { COVERED, Coverage, type Covered } from '../../../../simulator/judge/checks/coverage.js';
import { hasPreconditions, preconditionsOf } from '../../../../simulator/judge/checks/preconditions.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { evidenceOf, historyWith, judgeHistory, oracleOf, rightList, rightTable, threeArticles } from '../histories.js';
import { plannedLog, plannedOracle } from '../planned-log.js';

/** What a scenario promises, and whether it keeps it. */
function kept(
  fields: Readonly<Record<string, unknown>>,
  change: (log: readonly LogEvent[]) => readonly LogEvent[] = (log) => log,
) {
  const scenario = scenarioWith(fields);
  const coverage = new Coverage(new Calendar(scenario.rules));
  const log = new LogOracle(scenario.rules);
  for (const one of change(plannedLog(scenario))) {
    coverage.add(one);
    log.add(one);
  }
  const days = planOf(scenario).days.map((span) => ({
    span,
    list: [],
    articles: undefined,
    isForgotten: false,
    expiry: undefined,
  }));
  const history = { ...historyWith([]), days };
  const needs = preconditionsOf(scenario, { coverage, leaders: (day, most) => log.leaders(day, most) });
  assert.is(hasPreconditions(scenario), needs.length > 0);
  const oracle = plannedOracle(scenario);
  return needs.map(({ check, text, wasSeen }) => [check, text, wasSeen(evidenceOf(history, oracle))]);
}

const without = (types: readonly string[]) => (log: readonly LogEvent[]) =>
  log.filter(({ event }) => event === undefined || !types.includes(event.type));

test('a scenario that aims at nothing promises nothing', () => {
  assert.equal(kept({}), []);
});

const storm = { aim: [{ kind: 'unlike-storm', atHour: 20, durationMinutes: 200, leaders: 20 }] };
const UNLIKE = ['lists', 'an unlike of one of the first 20'];
test('a storm of unlikes must hit the first 20', () => {
  assert.equal(kept(storm), [[...UNLIKE, true]]);
  assert.equal(kept(storm, without(['ARTICLE_UNLIKED', 'COMMENT_DELETED'])), [[...UNLIKE, false]]);
});

test('leaders that fall are among the first 10', () => {
  const aim = { aim: [{ kind: 'leaders-fall', leaders: 5 }] };
  const text = 'a deletion of one of the first 10';
  assert.equal(kept(aim), [['lists', text, true]]);
  assert.equal(kept(aim, without(['ARTICLE_DELETED'])), [['lists', text, false]]);
});

test('what delivery does to events is seen in the log', () => {
  const delivery = {
    duplicates: { share: 0.05, delaySeconds: 5 },
    late: { share: 0.05, byMinutes: 60 },
    skewSeconds: { article: 600 },
  };
  const first = (log: readonly LogEvent[]) => log.slice(0, 1);
  const checks = [
    'an event that came twice',
    'an older count after a newer one',
    'an event before the creation of its article',
  ];
  assert.equal(
    kept({ delivery }),
    checks.map((text) => ['delivery', text, true]),
  );
  assert.equal(
    kept({ delivery }, first),
    checks.map((text) => ['delivery', text, false]),
  );
});

test('equal scores are seen in the lists', () => {
  const text = 'equal scores in a list or at its end';
  assert.equal(kept({ aim: [{ kind: 'ties' }], topics: { partitions: 1 } }), [['lists', text, true]]);
});

test('ids beyond doubles, the edges of a day and the afterlife of articles are seen', () => {
  const fields = {
    aim: [{ kind: 'resurrection' }, { kind: 'adjacent-ids' }, { kind: 'midnight' }],
    articles: { perDay: 300, older: 30, deleteRate: 0.3 },
    clock: { start: '2024-10-01T23:00:00' },
    arrivals: [{ name: 'night', shape: 'constant', durationHours: 2, events: 10_000 }],
  };
  const found = (change?: (log: readonly LogEvent[]) => readonly LogEvent[]) =>
    kept(fields, change).map(([, , isKept]) => isKept);
  assert.equal(found(), [true, true, true]);
  assert.equal(
    found(() => []),
    [false, false, false],
  );
});

test('a check whose promise was not kept is unknown, and says what was missing; a failed one stays failed', () => {
  const need = { check: 'lists' as const, text: 'an unlike of one of the first 20', wasSeen: () => false };
  const { outcome, checks } = judgeHistory(historyWith(rightList, rightTable), oracleOf(threeArticles), [need]);
  assert.is(outcome, 'unknown');
  const lists = checks.find(({ check }) => check === 'lists');
  assert.is(lists?.reason, 'it needs to have seen an unlike of one of the first 20');
  assert.equal(lists?.needs, [
    { text: 'a row of a list', wasSeen: true },
    { text: need.text, wasSeen: false },
  ]);
  assert.equal(
    checks.filter(({ outcome: one }) => one !== 'pass').map(({ check }) => check),
    ['lists'],
  );
  assert.is(judgeHistory(historyWith([], rightTable), oracleOf(threeArticles), [need]).outcome, 'fail');
});

test('each sight has a bit of its own', () => {
  const bits = Object.keys(COVERED).map((covered) => COVERED[covered as Covered]);
  assert.is(
    bits.reduce((sum, bit) => sum | bit, 0),
    bits.reduce((sum, bit) => sum + bit, 0),
  );
});

test.run();
