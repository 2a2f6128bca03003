// test/simulator/vocabulary/foreign-text.test.ts — What another program wrote fills neither memory, record nor report.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rowsOf } from '../../../simulator/sut/lists.js';
import { foreignLines, foreignText } from '../../../simulator/vocabulary/foreign-text.js';
import { htmlOf, summaryOf, terminalOf } from '../report/printed.js';
import { FAIL } from '../report/sample-record.js';

test('a value keeps its first 200 letters, the last of which says that it was cut', () => {
  assert.is(foreignText('x'.repeat(200)), 'x'.repeat(200));
  assert.is(foreignText('x'.repeat(201)), `${'x'.repeat(199)}…`);
});

test('each of several lines keeps a thousand', () => {
  assert.is(foreignLines(`${'x'.repeat(1001)}\nshort`), `${'x'.repeat(999)}…\nshort`);
});

test('a member of five megabytes is short wherever it is shown', () => {
  const found = rowsOf(['y'.repeat(5_000_000), '3']).map((row) => ({ rank: 1, ...row }));
  const record = { ...FAIL, days: [{ day: '20241001', expected: [], found }] };
  for (const text of [JSON.stringify(record), htmlOf(record), summaryOf(record), terminalOf(record)]) {
    assert.not.match(text, 'y'.repeat(200));
  }
  assert.match(JSON.stringify(record), 'y'.repeat(199));
});

test.run();
