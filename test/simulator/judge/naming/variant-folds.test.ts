// test/simulator/judge/naming/variant-folds.test.ts — A bug folded beside the rules, on articles that both share, shows what it shows when it is folded alone.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { both, type Traits, type Variant } from '../../../../simulator/judge/naming/traits.js';
import type { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { VariantFolds } from '../../../../simulator/judge/naming/variant-folds.js';
import { knownVariants, rareVariants } from '../../../../simulator/judge/naming/variants.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';

/** All that variants differ in happens here. */
const scenario = scenarioWith({
  topics: { partitions: 2 },
  rules: { weights: { commenter: 2 } },
  users: 40,
  // On this morning event ids get another digit.
  clock: { start: '2024-10-03T02:00:00' },
  arrivals: [{ name: 'days', shape: 'constant', durationHours: 26, events: 800 }],
  articles: { perDay: 30, deleteRate: 0.3 },
  popularity: { attentionHalfLifeHours: 8 },
  mix: { view: 40, like: 20, unlike: 10, comment: 20, commentDelete: 10 },
  aim: [{ kind: 'resurrection', events: 4 }],
  delivery: {
    late: { share: 0.3, byMinutes: 50 },
    duplicates: { share: 0.2, delaySeconds: 30 },
    skewSeconds: { article: 1800 },
    poisonShare: 0.002,
  },
});
const { rules } = scenario;
const log = plannedLog(scenario);
const ids = [...new Set(log.flatMap(({ event }) => event?.articleId ?? []))];
const days = planOf(scenario).days.map(({ day }) => day);
const known = [...knownVariants(rules.top), ...rareVariants()];

function folded(events: readonly LogEvent[], variants: readonly Variant[], deviations: Partial<Traits> = {}) {
  const calendar = new Calendar(rules);
  const candidates = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  const folds = new VariantFolds({ rules, calendar, viewsPerEvent: 1, candidates, deviations, variants });
  for (const one of events) folds.add(one);
  return folds;
}

function shown(fold: VariantFold | undefined) {
  return days.map((day) => ({
    list: fold?.list(day, { rows: 40 }),
    articles: ids.map((id) => [
      fold?.stateOf(id, day),
      fold?.scoreOf(id, day),
      fold?.wasDeleted(id, day),
      fold?.evictionOf(id)?.offset,
    ]),
    counts: ids.map((id) => fold?.counts(id, day)),
  }));
}

function expectTheSame(events: readonly LogEvent[], variants: readonly Variant[], deviations: Partial<Traits> = {}) {
  const beside = folded(events, variants, deviations);
  assert.equal(shown(beside.base), shown(folded(events, [], deviations).base));
  for (const variant of variants) {
    const alone = folded(events, [], { ...deviations, ...variant.traits });
    const fold = beside.foldOf(variant);
    assert.equal(shown(fold), shown(alone.base), variant.does);
    if (fold?.isAsBase) assert.equal(shown(fold), shown(beside.base), variant.does);
  }
}

test('every bug shows what it shows alone', () => {
  expectTheSame(log, known);
});

test('so does every bug on top of another one that is declared, and two at once', () => {
  const variants = fc.shuffledSubarray(known, { minLength: 3, maxLength: 3 });
  const part = fc.shuffledSubarray([...log], { minLength: 150, maxLength: 300 });
  fc.assert(
    fc.property(part, variants, (events, [a, b, c]) => {
      if (!a || !b || !c) return;
      expectTheSame(events, [a, b, ...[both(a, b) ?? []].flat()], c.traits);
      expectTheSame(
        events,
        [both(a, b), both(b, c), both(a, c)].flatMap((pair) => pair ?? []),
      );
    }),
    { numRuns: 25 },
  );
});

test('a bug that the log gives no occasion to shares all articles', () => {
  const inOrder = plannedLog(scenarioWith({ clock: { start: '2024-10-01T00:00:00' } })).slice(0, 500);
  const stale = known.filter(({ name }) => name === 'STALE_OVERWRITE' || name === 'LATE_RESEND');
  const folds = folded(inOrder, stale);
  for (const { fold } of folds.folds) {
    assert.ok(fold.isAsBase);
    for (const { event } of inOrder) if (event) assert.ok(fold.shares(folds.base.article(event.articleId)));
  }
});

test.run();
