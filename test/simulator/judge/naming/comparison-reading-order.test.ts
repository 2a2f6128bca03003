// test/simulator/judge/naming/comparison-reading-order.test.ts — The effect of a bug may depend on when partitions were read. Then it need not show everything to be named.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { candidatesOf } from '../../../../simulator/judge/naming/candidate-articles.js';
import { Comparison } from '../../../../simulator/judge/naming/comparison.js';
import type { FoundDay } from '../../../../simulator/judge/naming/shown-facts.js';
import { VariantFolds } from '../../../../simulator/judge/naming/variant-folds.js';
import { knownVariants } from '../../../../simulator/judge/naming/variants.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import * as buggy from './buggy-consumers.js';
import { calendar, DAY, rules } from './hand-fold.js';

const oneDay = { clock: { start: '2024-10-01T00:00:00' } };

/** All but one row of what a bug would have shown. @param by how far its score is off */
function butForOneRow(consumer: buggy.Consumer, fields: Readonly<Record<string, unknown>>, by = -1): string[] {
  const log = plannedLog(scenarioWith(fields));
  const [first, ...others] = consumer(log).get(DAY) ?? [];
  const list = [...others, { articleId: first?.articleId ?? '', score: (first?.score ?? 0) + by }];
  const found: FoundDay[] = [{ day: DAY, list, counts: undefined }];
  const oracle = new LogOracle(rules);
  for (const one of log) oracle.add(one);
  const candidates = candidatesOf(oracle, found, []);
  const common = { rules, calendar, viewsPerEvent: 1, candidates, deviations: {} };
  const folds = new VariantFolds({ ...common, variants: knownVariants(rules.top) });
  for (const one of log) folds.add(one);
  const comparison = new Comparison(found, folds);
  assert.equal(comparison.naming().consistent, []);
  return comparison.apartFromOrder().map(({ name }) => name);
}

test('a bug that depends on when partitions were read is named though it does not show everything', () => {
  const skewed = {
    ...oneDay,
    popularity: { attentionHalfLifeHours: 0.5 },
    delivery: { skewSeconds: { article: 7200 } },
  };
  assert.equal(butForOneRow(buggy.dropsOrphans, skewed), ['ORPHAN_DROP']);
  // What is left out raises no score.
  assert.equal(butForOneRow(buggy.dropsOrphans, skewed, 10_000), []);
});

const storm = { ...oneDay, aim: [{ kind: 'unlike-storm', atHour: 20, durationMinutes: 180 }] };

test('a bug that any order shows is not named unless it shows all', () => {
  assert.equal(butForOneRow(buggy.without('ARTICLE_UNLIKED'), storm), []);
});

test.run();
