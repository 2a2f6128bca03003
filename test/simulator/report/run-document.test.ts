// test/simulator/report/run-document.test.ts — What every report of a run says.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import { renderJunit } from '../../../simulator/report/print/junit.js';
import { htmlOf, summaryOf, terminalOf } from './printed.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from './sample-record.js';

test('all texts are pure', () => {
  for (const record of [PASS, FAIL, INTERRUPTED, NOT_RUN]) {
    assert.is(summaryOf(record), summaryOf(structuredClone(record)));
    assert.is(renderJunit(record), renderJunit(structuredClone(record)));
    assert.is(terminalOf(record, { color: true }), terminalOf(structuredClone(record), { color: true }));
  }
});

test('every text says what was in the topics, where they were read again', () => {
  const record: RunRecord = { ...PASS, log: { records: 299_995, found: 299_990, lost: 10, duplicated: 5 } };
  const text = /299,990 of 300,000[ |]+planned events found after the run, 10 acknowledged lost, 5 twice/;
  for (const shown of [summaryOf(record), terminalOf(record)]) assert.match(shown, text);
  assert.not.match(summaryOf(PASS), 'found after the run');
});

test('every text says how long the drain took, or that there was none', () => {
  const texts = (record: RunRecord) => [summaryOf(record), terminalOf(record), renderJunit(record)];
  const patterns = [
    /\| Load \| 15\.0 s \|.*\n(?:.*\n)?\| Drain \| 312 ms \|/,
    /\n {2}drain +312 ms/,
    /name="drainTimeMs" value="312"/,
  ];
  for (const [index, text] of texts(PASS).entries()) assert.match(text, patterns[index] ?? /$^/);
  const { load } = PASS;
  if (!load) throw new Error('the sample has a load');
  for (const text of texts({ ...PASS, load: { ...load, drainMs: null } })) assert.match(text, 'never drained');
});

/** The last four ranks may have other scores. */
function partlyDecided(): RunRecord {
  const verdict = PASS.verdict ?? { outcome: 'pass', checks: [], thresholds: [] };
  const checks = verdict.checks.map((check) =>
    check.check === 'lists'
      ? { ...check, seen: '10 rows of 1 day, 10 expected; 6 of 10 ranks certain', decided: { certain: 6, of: 10 } }
      : check,
  );
  const open = <Row extends { readonly rank: number; readonly score: number }>(rows: readonly Row[]) =>
    rows.map((row) => (row.rank > 6 ? { ...row, allowed: { low: row.score, high: row.score + 1000 } } : row));
  const days = PASS.days.map(({ day, expected, found }) => ({ day, expected: open(expected), found: open(found) }));
  return { ...PASS, verdict: { ...verdict, checks }, days };
}

test('every text says how much was decided, and which rows are as allowed', () => {
  const record = partlyDecided();
  const [junit, summary, page] = [renderJunit(record), summaryOf(record), htmlOf(record)];
  for (const text of [junit, summary, page]) assert.match(text, '6 of 10 ranks certain');
  const [tenth] = PASS.days[0]?.found.slice(9) ?? [];
  const low = (tenth?.score ?? 0).toLocaleString('en');
  const range = `${low} to ${((tenth?.score ?? 0) + 1000).toLocaleString('en')}`;
  for (const text of [summary, page]) {
    assert.match(text, `✓ as allowed: ${range}`);
    assert.match(text, '✓ 6 of 10 rows as expected, 4 as allowed');
  }
  assert.match(page, '4 more as allowed, as their truth is a range');
  assert.match(
    terminalOf(record),
    new RegExp(`rank +article +score +as allowed\\n(?:.*\\n){9} +10 .* ${low} +${range}\\n`),
  );
  for (const text of [summaryOf(PASS), htmlOf(PASS), terminalOf(PASS)]) assert.not.match(text, 'as allowed');
});

test('a warning stands before the numbers, on the terminal and in the summary', () => {
  const record = { ...PASS, warnings: ['the generator was late'] };
  const terminal = terminalOf(record);
  assert.ok(terminal.indexOf('warning: the generator was late') < terminal.indexOf('throughput'));
  assert.match(summaryOf(record), '**Warning:** the generator was late.');
});

test('a command that helps is never wrapped, so that it can be copied', () => {
  const command = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${'x'.repeat(60)}`;
  const record = { ...NOT_RUN, error: { message: 'no java', hint: `install it:\n  ${command}\nor do without` } };
  assert.match(terminalOf(record), `\n  install it:\n    ${command}\n  or do without\n`);
  assert.match(summaryOf(record), `\n\ninstall it:\n\n\`${command}\`\n\nor do without\n\n`);
});

test('the last lines of a log are shown with the run that failed', () => {
  const record = { ...NOT_RUN, error: { message: 'the consumer did not start:\nLOG_LEVEL: Invalid option' } };
  for (const text of [terminalOf(record), summaryOf(record)]) {
    assert.match(text, 'LOG_LEVEL: Invalid option');
  }
});

test.run();
