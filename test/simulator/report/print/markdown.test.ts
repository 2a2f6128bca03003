// test/simulator/report/print/markdown.test.ts — summary.md begins with the verdict and ends with the command that runs it again.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../../../simulator/record/run-record.js';
import { evil } from '../evil-record.js';
import { summaryOf } from '../printed.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from '../sample-record.js';

test('the summary begins with the verdict', () => {
  const first = (record: RunRecord) => summaryOf(record).split('\n', 1)[0];
  assert.equal([PASS, FAIL, INTERRUPTED, NOT_RUN].map(first), [
    '## ✅ PASS: quickstart',
    '## ❌ FAIL: quickstart',
    '## ⚠️ INTERRUPTED: quickstart',
    '## ❌ RUN FAILED: quickstart',
  ]);
});

test('every row of a table in the summary has as many cells as its head', () => {
  for (const record of [PASS, FAIL, evil]) {
    const widths = summaryOf(record)
      .split('\n\n')
      .filter((block) => block.includes('| --- |'))
      .map(
        (block) =>
          new Set(
            block
              .split('\n')
              .filter((line) => line.startsWith('|'))
              .map((line) => line.split(/(?<!\\)\|/).length),
          ),
      );
    assert.ok(widths.length > 2);
    for (const width of widths) assert.is(width.size, 1);
  }
});

test('no text becomes markup in the summary', () => {
  assert.not.match(summaryOf(evil), '<script>');
});

test('the summary ends with the command that runs it again', () => {
  assert.match(summaryOf(PASS), 'sim run scenarios/quickstart.json --set seed=42\n```\n');
});

test.run();
