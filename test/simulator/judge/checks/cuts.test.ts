// test/simulator/judge/checks/cuts.test.ts — Lists that were seen while load ran, against the records up to their offsets.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { History, ObservedCut } from '../../../../simulator/history/history.js';
import type { LogCursor } from '../../../../simulator/history/log-records.js';
import { checkCuts } from '../../../../simulator/judge/checks/cuts.js';
import { historyWith } from '../histories.js';
import { DAY, logOf, rules } from '../naming/hand-fold.js';

/** Three creations, two likes of the first, and a comment of the second; likes weigh 3, comments 2. */
const LOG = logOf({ '1': [2, 0, 0], '2': [0, 1, 0], '3': [0, 0, 0] });

function cursorOf(stream: number, partition: number): LogCursor {
  const own = stream === 0 && partition === 0 ? LOG : [];
  let at = 0;
  return {
    peek: () => {
      const record = own[at];
      return record && { offset: record.offset, timeMs: record.timeMs, value: Buffer.from([record.offset]) };
    },
    take: () => {
      at += 1;
    },
    fill: () => Promise.resolve(at < own.length),
  };
}

const decode = (value: Buffer) => LOG[value[0] ?? 0]?.event;

const cut = (atMs: number, next: number, ...rows: readonly (readonly [string, number])[]): ObservedCut => ({
  atMs,
  day: DAY,
  offsets: [[next], [0], [0], [0]],
  list: rows.map(([articleId, score]) => ({ articleId, score })),
});

function check(cuts: readonly ObservedCut[]) {
  const history: History = { ...historyWith([]), cuts };
  return checkCuts(history, { rules, cursorOf, decode });
}

const { like, comment } = rules.weights;

test('lists that are what the records up to their offsets make pass', () => {
  const result = check([cut(0, 3), cut(1000, 4, ['1', like]), cut(2000, 6, ['1', 2 * like], ['2', comment])]);
  assert.equal([result?.check, result?.outcome], ['cuts', 'pass']);
  assert.is(result?.seen, '3 looks at the lists of 1 day under load, 3 rows');
});

test('a list that is ahead of its offsets, or behind, fails with the rank and both rows', () => {
  const result = check([cut(1000, 4, ['1', 2 * like]), cut(2000, 6, ['1', 2 * like])]);
  assert.is(result?.outcome, 'fail');
  assert.is(result?.findingCount, 2);
  assert.is(
    result?.findings[0]?.message,
    `1.0 s after the load began, with 4 records applied, rank 1 of ${DAY} was article 1 with ${2 * like}, expected article 1 with ${like}`,
  );
  assert.is(result?.findings[1]?.articleId, '2');
  assert.match(
    result?.findings[1]?.message ?? '',
    `rank 2 of ${DAY} was no article, expected article 2 with ${comment}`,
  );
});

test('a Redis that has lost something goes back, and is judged by what it has then', () => {
  const rows = [['1', 2 * like] as const, ['2', comment] as const];
  assert.is(check([cut(1000, 6, ...rows), cut(2000, 4, ['1', like]), cut(3000, 6, ...rows)])?.outcome, 'pass');
  assert.is(check([cut(1000, 6, ...rows), cut(2000, 4, ...rows)])?.outcome, 'fail');
  const alone = [cut(1000, 6, ...rows), cut(2000, 4, ['1', like])].map((one) => ({
    ...one,
    offsets: [[one.atMs > 1000 ? 4 : 6]],
  }));
  assert.is(check(alone)?.outcome, 'pass');
});

test('an article at another’s place is told by its id, and a list of another day by its rows', () => {
  const other = check([cut(1000, 4, ['3', like])]);
  assert.equal(other?.findings, [
    {
      day: DAY,
      articleId: '3',
      expected: like,
      found: like,
      code: 'cut-differs',
      message: `1.0 s after the load began, with 4 records applied, rank 1 of ${DAY} was article 3 with ${like}, expected article 1 with ${like}`,
    },
  ]);
  const days = check([cut(1000, 4, ['1', like]), { ...cut(1000, 4, ['1', like]), day: '20241002' }]);
  assert.is(days?.seen, '2 looks at the lists of 2 days under load, 2 rows');
  assert.equal(days?.findings, [
    {
      day: '20241002',
      articleId: '1',
      expected: 0,
      found: like,
      code: 'cut-differs',
      message: `1.0 s after the load began, with 4 records applied, rank 1 of 20241002 was article 1 with ${like}, expected no article`,
    },
  ]);
});

test('without a look, or without a row in any, there is no check', () => {
  assert.is(check([]), undefined);
  assert.is(check([cut(0, 3)]), undefined);
});

test.run();
