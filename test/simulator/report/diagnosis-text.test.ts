// test/simulator/report/diagnosis-text.test.ts — Cause and proof stand in every report, shortly on a terminal, and nothing is said where there is none.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnosis, LedgerRow, Naming, Proof } from '../../../simulator/record/diagnosis-record.js';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import { recordSchema } from '../../../simulator/record/run-record.js';
import { namingSentences } from '../../../simulator/report/diagnosis-text.js';
import { htmlOf, summaryOf, terminalOf } from './printed.js';
import { FAIL } from './sample-record.js';

const trim = { name: 'TRIM_LOSS', does: 'the list is trimmed to 10 rows' };
const naming: Naming = {
  consistent: [trim, { ...trim, does: 'the list is trimmed to 15 rows' }],
  partly: [],
  not: ['STALE_OVERWRITE', 'UNLIKE_IGNORED'],
  untested: ['GHOST'],
};

const row = (offset: number): LedgerRow => ({
  type: 'ARTICLE_LIKED',
  eventId: '184721186232410112',
  stream: 'like',
  partition: 1,
  offset,
  timeMs: Date.UTC(2024, 9, 1, 0, 30, 15, 123),
  dueMs: Date.UTC(2024, 9, 1, 0, 30, 25, 123),
  before: { like: offset, comment: 4, view: 310 },
  after: { like: offset + 1, comment: 4, view: 310 },
  effect: `sets likes to ${offset + 1}`,
  stands: offset === 11,
});

const diagnosis: Diagnosis = {
  naming,
  proof: {
    day: '20241001',
    articleId: '99230118240256000',
    expected: { rank: 3, score: 354, like: 12, comment: 4, view: 310 },
    arithmetic: '3 x 12 + 2 x 4 + 1 x 310 = 354',
    found: null,
    events: 40,
    ledger: Array.from({ length: 12 }, (_, offset) => row(offset)),
    divergence: 'another article pushed it out of the trimmed list',
    divergedAt: { stream: 'like', partition: 1, offset: 9 },
  },
};
const record: RunRecord = { ...FAIL, diagnosis };

test('a name is said once, what would have shown otherwise next, and what the history does not show last', () => {
  assert.equal(namingSentences(naming), {
    is: 'Consistent with TRIM_LOSS (the list is trimmed to 10 rows).',
    isNot: 'Not with STALE_OVERWRITE, UNLIKE_IGNORED.',
    untested: 'This history does not show GHOST.',
  });
});

test('a bug that shows a part says how much, and without any there is no name', () => {
  const part = { ...naming, consistent: [], partly: [{ ...trim, share: 0.828 }] };
  assert.is(
    namingSentences(part).is,
    'No known bug shows exactly this; TRIM_LOSS (the list is trimmed to 10 rows) shows 82 % of it.',
  );
  assert.is(namingSentences({ ...part, partly: [] }).is, 'No known bug shows this.');
});

test('every report has cause, arithmetic and ledger', () => {
  const proof = 'expected rank 3 with 3 x 12 + 2 x 4 + 1 x 310 = 354; found not in the list';
  const texts = [terminalOf(record, { width: 200 }), summaryOf(record), htmlOf(record)];
  for (const text of texts) {
    assert.match(text, 'Consistent with TRIM_LOSS.');
    assert.match(text, 'Not with STALE_OVERWRITE, UNLIKE_IGNORED.');
    assert.match(text, proof);
    assert.match(text, '2024-10-01 09:30:15.123');
    assert.match(text, '9, 4, 310 → 10, 4, 310');
    assert.match(text, 'sent 10.0 s later');
  }
});

test('where the bug counts otherwise, its counts stand beside those by the rules', () => {
  const ledger = [row(8), { ...row(9), withBug: { like: 7, comment: 4, view: 310 } }];
  const proof = { ...(diagnosis.proof as Proof), ledger, bugOfLedger: 'STALE_OVERWRITE' };
  const other: RunRecord = { ...FAIL, diagnosis: { naming, proof } };
  const terminal = terminalOf(other, { width: 200 });
  assert.match(terminal, /likes, comments, views +with STALE_OVERWRITE +what it does/);
  assert.match(terminal, /9, 4, 310 → 10, 4, 310 +7, 4, 310 +sets likes to 10/);
  assert.match(summaryOf(other), '| 7, 4, 310 |');
  assert.match(htmlOf(other), /<td[^>]*>7, 4, 310<\/td>/);
  assert.equal(recordSchema.parse(JSON.parse(JSON.stringify(other))), other);
});

test('on a terminal it takes at most 16 lines, with the divergence marked', () => {
  const plain = terminalOf({ ...record, diagnosis });
  const block = plain.split('\n\n').find((one) => one.startsWith('  cause')) ?? '';
  assert.ok(block.split('\n').length <= 16, block);
  assert.match(block, /event time +event +record +likes, comments, views +what it does/);
  assert.match(block, /▶ +2024-10-01 09:30:15\.123 +ARTICLE_LIKED +like\/1 9 /);
});

test('the record with a diagnosis is read back as it was written', () => {
  assert.equal(recordSchema.parse(JSON.parse(JSON.stringify(record))), record);
});

test('without a diagnosis nothing is said of a cause', () => {
  assert.not.match(htmlOf(FAIL), 'id="cause"');
  assert.not.match(summaryOf(FAIL), '### Cause');
});

test.run();
