// test/simulator/judge/naming/comparison.test.ts — Each known bug, planted in a naive ranking over a workload that aims at it, is named; right lists are not.
// time limit: 150 s

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { candidatesOf } from '../../../../simulator/judge/naming/candidate-articles.js';
import { Comparison } from '../../../../simulator/judge/naming/comparison.js';
import type { FoundDay } from '../../../../simulator/judge/naming/shown-facts.js';
import type { Variant } from '../../../../simulator/judge/naming/traits.js';
import { VariantFolds } from '../../../../simulator/judge/naming/variant-folds.js';
import { knownVariants, OPEN_FAMILIES } from '../../../../simulator/judge/naming/variants.js';
import type { Naming } from '../../../../simulator/record/diagnosis-record.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import * as buggy from './buggy-consumers.js';
import { countsExpire } from './expiring-counts.js';

const { rules } = scenarioWith();
const calendar = new Calendar(rules);

interface Named {
  readonly consistent: string[];
  readonly partly: string[];
  readonly not: readonly string[];
  readonly untested: readonly string[];
}

function nameOf(log: readonly LogEvent[], days: readonly string[], lists: buggy.Lists): Named {
  const found = days.map((day): FoundDay => ({ day, list: lists.get(day) ?? [], counts: undefined }));
  const candidates = candidatesOf(oracleOf(log), found, []);
  const comparison = new Comparison(found, knownFolds(log, candidates));
  const naming = comparison.naming();
  if (naming.consistent.length > 0 || comparison.isRight) return named(naming);
  const pairs = new Comparison(found, folded(log, candidates, comparison.pairs())).naming();
  return named(pairs.consistent.length > 0 ? pairs : naming);
}

function folded(log: readonly LogEvent[], candidates: ReadonlySet<string>, variants: readonly Variant[]): VariantFolds {
  const folds = new VariantFolds({ rules, calendar, viewsPerEvent: 1, candidates, deviations: {}, variants });
  for (const one of log) folds.add(one);
  return folds;
}

/** Several cases have the same log: it is folded once. */
const oracles = new Map<readonly LogEvent[], LogOracle>();
const foldsOfLog = new Map<readonly LogEvent[], Map<string, VariantFolds>>();

function oracleOf(log: readonly LogEvent[]): LogOracle {
  const oracle = oracles.get(log) ?? new LogOracle(rules);
  if (!oracles.has(log)) for (const one of log) oracle.add(one);
  oracles.set(log, oracle);
  return oracle;
}

function knownFolds(log: readonly LogEvent[], candidates: ReadonlySet<string>): VariantFolds {
  const ofLog = foldsOfLog.get(log) ?? new Map<string, VariantFolds>();
  foldsOfLog.set(log, ofLog);
  const name = [...candidates].sort().join(' ');
  const folds = ofLog.get(name) ?? folded(log, candidates, knownVariants(rules.top));
  ofLog.set(name, folds);
  return folds;
}

function named({ consistent, partly, not, untested }: Naming): Named {
  const names = (of: readonly { readonly name: string }[]) => [...new Set(of.map(({ name }) => name))];
  return { consistent: names(consistent), partly: names(partly), not, untested };
}

const oneDay = {
  clock: { start: '2024-10-01T00:00:00' },
  arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 2500 }],
};
const leadersFall = { ...oneDay, aim: [{ kind: 'leaders-fall', leaders: 30, minutesBeforeClose: 60 }] };
const overMidnight = {
  clock: { start: '2024-10-01T18:00:00' },
  arrivals: [{ name: 'night', shape: 'constant', durationHours: 9, events: 3000 }],
};
const morning = {
  ...oneDay,
  popularity: { attentionHalfLifeHours: 0.5 },
  arrivals: [{ name: 'morning', shape: 'constant', durationHours: 10, events: 2500 }],
};
const bursts = {
  ...oneDay,
  topics: { partitions: 1 },
  articles: { perDay: 200, older: 10 },
  popularity: { model: 'uniform', attentionHalfLifeHours: 240 },
  aim: [{ kind: 'adjacent-ids', articles: 8 }],
};
const ties = {
  clock: { start: '2024-10-03T00:00:00' },
  topics: { partitions: 1 },
  articles: { perDay: 60, older: 0, deleteRate: 0 },
  mix: { view: 1, like: 0, unlike: 0, comment: 0, commentDelete: 0 },
  arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 3000 }],
  aim: [{ kind: 'all-equal' }],
};
const storm = { ...oneDay, aim: [{ kind: 'unlike-storm', atHour: 20, durationMinutes: 180 }] };
const emptied = (list: Ranked[]) => list.slice(0, 10);

/** The bug, how it is planted, the workload that aims at it, and other names that show the same there. */
const cases: readonly (readonly [string, buggy.Consumer, Readonly<Record<string, unknown>>, string[]?])[] = [
  ['TRIM_LOSS', buggy.trimmed(emptied), leadersFall],
  ['TRIM_LOSS', buggy.trimmed((list) => list.slice(0, 30)), leadersFall],
  ['TRIM_WRONG_END', buggy.trimmed((list) => list.slice(-10)), oneDay],
  [
    'ORPHAN_DROP',
    buggy.dropsOrphans,
    { ...oneDay, popularity: { attentionHalfLifeHours: 0.5 }, delivery: { skewSeconds: { article: 7200 } } },
  ],
  ['STALE_OVERWRITE', buggy.lastArrivalWins, { ...oneDay, delivery: { late: { share: 0.2, byMinutes: 40 } } }],
  [
    'LATE_RESEND',
    buggy.repeatsOverwrite,
    { ...oneDay, delivery: { resend: { everyMinutes: 60, sliceSeconds: 1800, delaySeconds: 3500 } } },
    ['STALE_OVERWRITE'],
  ],
  [
    'LATE_RESEND',
    buggy.repeatsOverwrite,
    {
      ...oneDay,
      popularity: { model: 'uniform' },
      delivery: {
        late: { share: 0.6, byMinutes: 58 },
        resend: { everyMinutes: 60, sliceSeconds: 1800, delaySeconds: 3500 },
      },
    },
  ],
  ['UNLIKE_IGNORED', buggy.without('ARTICLE_UNLIKED'), storm],
  ['UNLIKE_IGNORED', buggy.without('COMMENT_DELETED'), { ...oneDay, mix: { comment: 40, commentDelete: 20 } }],
  ['DELETE_IGNORED', buggy.without('ARTICLE_DELETED'), leadersFall],
  [
    'GHOST',
    buggy.deletionIsUndone,
    {
      ...oneDay,
      articles: { perDay: 300, deleteRate: 0.5 },
      aim: [...leadersFall.aim, { kind: 'resurrection', events: 4 }],
    },
  ],
  ['DOUBLE_APPLY', buggy.countsDeliveries, { ...oneDay, delivery: { duplicates: { share: 0.2, delaySeconds: 30 } } }],
  ['PROC_TIME_DAY', buggy.dayOfProcessing, { ...overMidnight, delivery: { late: { share: 0.3, byMinutes: 55 } } }],
  ['STATE_EXPIRED', countsExpire((written, now) => now.timeMs - written.timeMs > 3 * 3_600_000), oneDay],
  [
    'TORN_EXPIRY',
    countsExpire((written, now) => buggy.seoul(written.dueMs) !== buggy.seoul(now.dueMs)),
    { ...overMidnight, delivery: { late: { share: 0.3, byMinutes: 55 } } },
  ],
  ['ZONE_SHIFT', buggy.dayInUtc, overMidnight],
  ['ZONE_SHIFT', buggy.dayOfEventsInUtc, morning],
  [
    'MUTABLE_RESULT',
    buggy.countsAfterTheClose,
    {
      arrivals: [{ name: 'days', shape: 'constant', durationHours: 40, events: 4000 }],
      clock: { start: '2024-10-01T08:00:00' },
    },
  ],
  ['TIE_ORDER', buggy.showing({ order: (a, b) => b.score - a.score || (a.articleId < b.articleId ? 1 : -1) }), ties],
  [
    'TIE_ORDER',
    buggy.showing({ order: (a, b) => b.score - a.score || (BigInt(a.articleId) < BigInt(b.articleId) ? -1 : 1) }),
    ties,
  ],
  ['ID_PRECISION', buggy.idsAsDoubles((id) => String(id)), bursts],
  ['ID_PRECISION', buggy.idsAsDoubles((id) => String(BigInt(id))), bursts],
  ['VERSION_SKEW', buggy.versionsAsText, { ...oneDay, clock: { start: '2024-10-03T00:00:00' } }],
  ['SHARED_COUNTER', buggy.sharesViews, oneDay],
  ['WRONG_WEIGHTS', buggy.showing({ score: ({ like, comment, view }) => 2 * like + 3 * comment + view }), oneDay],
  ['WRONG_LIMIT', buggy.showing({ rows: 20 }), oneDay],
  ['WRONG_LIMIT', buggy.showing({ rows: 9 }), oneDay],
  ['POISON_SKIP', buggy.stopsAtPoison, { ...oneDay, delivery: { poisonShare: 0.0025 } }],
  ['RETENTION', () => new Map(), oneDay, ['KEYSPACE']],
  [
    'KEYSPACE',
    (log) => new Map([...buggy.right(log)].map(([day, list]) => [calendar.plusDays(day, 1), list])),
    { ...oneDay, arrivals: [{ name: 'days', shape: 'constant', durationHours: 40, events: 4000 }] },
  ],
  [
    'MISSING_AS_ZERO',
    (log) => {
      const [first, ...others] = buggy.right(log).get('20241001') ?? [];
      const withoutViews = buggy.showing({ rows: 400, score: ({ like, comment }) => 3 * like + 2 * comment })(log);
      const score = withoutViews.get('20241001')?.find(({ articleId }) => articleId === first?.articleId)?.score ?? 0;
      return new Map([['20241001', [...others, { articleId: first?.articleId ?? '', score }]]]);
    },
    { ...oneDay, popularity: { paretoShape: 0.8 } },
  ],
];

for (const [index, [name, consumer, fields, also = []]] of cases.entries()) {
  test(`${name} is named, and nothing that shows otherwise (${index})`, () => {
    const scenario = scenarioWith(fields);
    const log = plannedLog(scenario);
    const days = planOf(scenario).days.map(({ day }) => day);
    const result = nameOf(log, days, consumer(log));
    assert.equal(result.consistent.sort(), [name, ...also].sort(), JSON.stringify(result));
    assert.not(result.not.includes(name));
    const exact = nameOf(log, days, buggy.right(log));
    assert.equal([exact.consistent, exact.partly], [[], []]);
  });
}

test('two bugs at once are named together', () => {
  const aim = [{ kind: 'leaders-fall', leaders: 6, minutesBeforeClose: 60 }];
  const scenario = scenarioWith({ ...oneDay, topics: { partitions: 1 }, mix: { like: 20, unlike: 10 }, aim });
  const log = plannedLog(scenario);
  const withoutUnlikes = log.filter(({ event }) => event?.type !== 'ARTICLE_UNLIKED');
  const lists = buggy.trimmed((list) => list.slice(0, 10))(withoutUnlikes);
  assert.equal(nameOf(log, ['20241001'], lists).consistent, ['TRIM_LOSS and UNLIKE_IGNORED']);
});

test('lists that no known bug shows have no name', () => {
  const log = plannedLog(scenarioWith(oneDay));
  const shuffled = (buggy.right(log).get('20241001') ?? []).map((row, i) => ({
    ...row,
    score: row.score + 17 * i + 5,
  }));
  const result = nameOf(log, ['20241001'], new Map([['20241001', shuffled]]));
  assert.equal([result.consistent, result.partly], [[], []]);
  assert.ok(result.not.length > 0);
  assert.not.ok(result.not.some((name) => OPEN_FAMILIES.has(name)));
});

test.run();
