// test/simulator/judge/naming/comparison-commenters.test.ts — Bugs are named, and cuts folded, also where users who commented have a weight.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import type { Rules } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { candidatesOf } from '../../../../simulator/judge/naming/candidate-articles.js';
import { CommenterCount } from '../../../../simulator/judge/naming/commenter-count.js';
import { Comparison } from '../../../../simulator/judge/naming/comparison.js';
import type { FoundDay } from '../../../../simulator/judge/naming/shown-facts.js';
import { EXACT } from '../../../../simulator/judge/naming/traits.js';
import { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { VariantFolds } from '../../../../simulator/judge/naming/variant-folds.js';
import { knownVariants } from '../../../../simulator/judge/naming/variants.js';
import { Commenters } from '../../../../simulator/produce/account/commenters.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { plannedLog } from '../planned-log.js';
import { arrivalOn } from './hand-fold.js';

const scenario = scenarioWith({
  rules: { weights: { commenter: 5 } },
  users: 60,
  mix: { view: 40, like: 10, unlike: 2, comment: 35, commentDelete: 13 },
});
const { rules } = scenario;
const log = plannedLog(scenario);
const [day = { day: '' }] = planOf(scenario).days;

function foldOf(events: readonly LogEvent[], by: Rules = rules): VariantFold {
  const calendar = new Calendar(rules);
  const fold = new VariantFold(EXACT, { rules: by, calendar, viewsPerEvent: 1 });
  for (const one of events) {
    const own = calendar.at(one.timeMs).day;
    fold.add(arrivalOn(own, one));
  }
  return fold;
}

function namesOf(list: FoundDay['list']) {
  const found = [{ day: day.day, list, counts: undefined }];
  const oracle = new LogOracle(rules);
  for (const one of log) oracle.add(one);
  const candidates = candidatesOf(oracle, found, []);
  const variants = knownVariants(rules.top);
  const calendar = new Calendar(rules);
  const folds = new VariantFolds({ rules, calendar, viewsPerEvent: 1, candidates, deviations: {}, variants });
  for (const one of log) folds.add(one);
  return new Comparison(found, folds).naming().consistent;
}

test('a user counts once however often they comment, until the last of their comments is deleted, in any order', () => {
  const id = fc.integer({ min: 1, max: 6 });
  const event = fc.record({ comment: id, what: fc.constantFrom('made' as const, 'deleted' as const) });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const [ours, plain] = [new CommenterCount(), new Commenters()];
      for (const { comment, what } of events) {
        const writer = comment % 3;
        if (what === 'made') ours.made(String(comment), String(writer));
        else ours.deleted(String(comment));
        plain.add(comment, writer, what, 'must');
      }
      assert.is(ours.count, plain.range().high);
      assert.is(ours.count, plain.range().low);
    }),
  );
});

test('the fold gives users who commented their weight', () => {
  const oracle = new LogOracle(rules);
  for (const one of log) oracle.add(one);
  const list = foldOf(log).list(day.day);
  assert.is(list.length, rules.top);
  for (const { articleId, score } of list) {
    const { counts: [like = 0, comment = 0, view = 0] = [], commenter } = oracle.find(articleId) ?? {};
    assert.is(score, 3 * like + 2 * comment + view + 5 * (commenter?.low ?? 0));
    assert.ok((commenter?.low ?? 0) > 0);
  }
});

test('a deleted comment that still counts is named', () => {
  const list = foldOf(log.filter(({ event }) => event?.type !== 'COMMENT_DELETED')).list(day.day);
  assert.equal(namesOf(list), [{ name: 'UNLIKE_IGNORED', does: 'COMMENT_DELETED is not applied' }]);
});

test('other weights are solved for, that of users who commented too', () => {
  const other = { ...rules, weights: { like: 3, comment: 1, view: 1, commenter: 7 } };
  const does = 'score = 3 x likes + 1 x comments + 1 x views + 7 x users who commented';
  assert.ok(namesOf(foldOf(log, other).list(day.day)).some((bug) => bug.name === 'WRONG_WEIGHTS' && bug.does === does));
});

test('right lists are not named', () => {
  assert.equal(namesOf(foldOf(log).list(day.day)), []);
});

test.run();
