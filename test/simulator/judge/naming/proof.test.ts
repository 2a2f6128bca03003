// test/simulator/judge/naming/proof.test.ts — The proof for a wrong article: the arithmetic, its events with the counts around each, and where it went wrong.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { snowflakeText } from '../../../../contract/ids.js';
import { Kind } from '../../../../contract/kind.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { Ledger } from '../../../../simulator/judge/log/ledger.js';
import { Comparison } from '../../../../simulator/judge/naming/comparison.js';
import { firstWrongArticle, proofOf } from '../../../../simulator/judge/naming/proof.js';
import type { Variant } from '../../../../simulator/judge/naming/traits.js';
import { VariantFolds } from '../../../../simulator/judge/naming/variant-folds.js';
import type { CheckResult } from '../../../../simulator/record/verdict-record.js';
import { calendar, created, createdMs, day, idOf, oracleOf, rules } from '../histories.js';

const articleId = idOf(0);
const SECOND = 1000;

/** An event of article 0 so many seconds after its creation; its id follows the time unless told otherwise. */
function event(offset: number, seconds: number, fields: object, sentSeconds = seconds): LogEvent {
  const timeMs = createdMs(0) + seconds * SECOND;
  const eventId = snowflakeText(timeMs, 0);
  const one = { eventId, articleId, userId: '1', ...fields } as LogEvent['event'];
  return { stream: 2, partition: 0, offset, timeMs, dueMs: createdMs(0) + sentSeconds * SECOND, event: one };
}

const announced = { ...event(0, 0, { type: 'ARTICLE_CREATED', createdDay: day.day, title: '' }), stream: 0 };
const log = [
  announced,
  event(0, 10, { type: 'ARTICLE_LIKED', count: 1 }),
  event(1, 30, { type: 'ARTICLE_LIKED', count: 3 }),
  event(2, 20, { type: 'ARTICLE_LIKED', count: 2 }, 40),
  event(3, 90_000, { type: 'ARTICLE_LIKED', count: 4 }),
];

function ledgerOf(events: readonly LogEvent[]): Ledger {
  const ledger = new Ledger({ articleId, day: day.day }, calendar);
  for (const one of events) ledger.add(one);
  return ledger;
}

test('each event has the counts before and after it, what it did, and whether it stands', () => {
  const rows = ledgerOf(log).rows();
  assert.equal(
    rows.map(({ stream, offset, before, after, effect, stands }) => [
      `${stream} ${offset}`,
      before.like,
      after.like,
      effect,
      stands,
    ]),
    [
      ['article 0', 0, 0, 'creates it', true],
      ['like 0', 0, 1, 'sets likes to 1', false],
      ['like 1', 1, 3, 'sets likes to 3', true],
      ['like 2', 3, 3, 'is older than what stands', false],
      ['like 3', 3, 3, 'belongs to another day', false],
    ],
  );
});

test('events of other articles are not in it, and a repeat is said to be one', () => {
  const other = { ...log[1], event: { ...log[1]?.event, articleId: idOf(1) } } as LogEvent;
  const ledger = ledgerOf([...log.slice(0, 2), other, ...log.slice(1, 2)]);
  assert.equal(
    ledger.rows().map(({ effect }) => effect),
    ['creates it', 'sets likes to 1', 'was there before'],
  );
  assert.is(ledger.events, 3);
});

const oracle = oracleOf([created(0), [Kind.liked, 0, 3]]);

function prove(list: readonly Ranked[], variant?: Variant) {
  const options = { rules, calendar, viewsPerEvent: 1, candidates: new Set([articleId]), deviations: {} };
  const folds = new VariantFolds({
    ...options,
    variants: variant ? [variant] : [],
    watched: { articleId, day: day.day },
  });
  for (const one of log) folds.add(one);
  const found = [{ day: day.day, list, counts: undefined }];
  const divergence = new Comparison(found, folds).divergence();
  return proofOf({ span: day, oracle, list, ledger: ledgerOf(log), divergence });
}

test('the bug that explains it says from which event on it parts from the rules', () => {
  const stale: Variant = { name: 'STALE_OVERWRITE', does: 'x', traits: { counts: 'last to arrive' } };
  const proof = prove([{ articleId, score: 6 }], stale);
  assert.is(proof.arithmetic, '3 x 3 + 2 x 0 + 1 x 0 = 9');
  assert.equal(proof.expected, { rank: 1, score: 9, like: 3, comment: 0, view: 0 });
  assert.equal(proof.found, { rank: 1, score: 6 });
  assert.equal(proof.divergedAt, { stream: 'like', partition: 0, offset: 2 });
  assert.is(
    proof.divergence,
    'from ARTICLE_LIKED (like/0 offset 2) on, STALE_OVERWRITE gives the article 2 likes, 0 comments, 0 views in the end',
  );
  assert.is(proof.events, 5);
  assert.is(proof.bugOfLedger, 'STALE_OVERWRITE');
  assert.equal(
    proof.ledger.map(({ after, withBug }) => [after.like, withBug?.like]),
    [
      [0, 0],
      [1, 1],
      [3, 3],
      [3, 2],
      [3, 2],
    ],
  );
});

test('counts that are those by the rules are not shown twice', () => {
  const heavy: Variant = { name: 'WRONG_WEIGHTS', does: 'x', traits: { weights: { ...rules.weights, like: 2 } } };
  const proof = prove([{ articleId, score: 6 }], heavy);
  assert.is(proof.bugOfLedger, undefined);
  assert.ok(proof.ledger.every((row) => !('withBug' in row)));
});

test('without such a bug, the found score is right up to an event', () => {
  const proof = prove([{ articleId, score: 3 }]);
  assert.is(
    proof.divergence,
    'the found score is right up to ARTICLE_LIKED (like/0 offset 0); of 1 later counts it shows nothing',
  );
  assert.equal(proof.divergedAt, { stream: 'like', partition: 0, offset: 1 });
});

test('a score that never was has no such event, and an article that is not there was not found', () => {
  assert.is(prove([{ articleId, score: 7 }]).divergence, undefined);
  assert.is(prove([]).found, null);
});

test('an article that must not be listed has the reason', () => {
  const proof = proofOf({
    span: day,
    list: [{ articleId, score: 9 }],
    ledger: ledgerOf(log),
    divergence: undefined,
    oracle: oracleOf([created(0), [Kind.liked, 0, 3], [Kind.deleted, 0, 0]]),
  });
  assert.is(proof.barred, 'it was deleted before its day was published');
  assert.is(proof.expected.rank, null);
});

test('the first wrong article is that of the lists, or else that of the counts', () => {
  const check = (name: string, findings: CheckResult['findings']): CheckResult => ({
    check: name,
    outcome: 'fail',
    seen: '',
    findings,
    findingCount: findings.length,
  });
  const delivery = check('delivery', [{ message: '', articleId: '1', day: '20241001' }]);
  const lists = check('lists', [{ message: '' }, { message: '', articleId: '2', day: '20241001' }]);
  assert.equal(firstWrongArticle([delivery, lists]), { articleId: '2', day: '20241001' });
  assert.equal(firstWrongArticle([delivery]), { articleId: '1', day: '20241001' });
  assert.is(firstWrongArticle([check('drained', [])]), undefined);
});

test.run();
