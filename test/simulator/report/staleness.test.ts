// test/simulator/report/staleness.test.ts — Visible lists and publications in every report, and what checks needed to see.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StalenessPoint } from '../../../simulator/record/lists-record.js';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import { recordSchema } from '../../../simulator/record/run-record.js';
import { renderHtml } from '../../../simulator/report/html.js';
import { stalenessChart, stalenessText } from '../../../simulator/report/staleness.js';
import { renderSummary } from '../../../simulator/report/summary.js';
import { renderTerminal } from '../../../simulator/report/terminal.js';
import { PASS } from './sample-record.js';

const assets = { chartScript: '', chartStyle: '', script: '', style: '' };
const point = (atMs: number, behindMs: number, day = '20241001'): StalenessPoint => ({
  atMs,
  day,
  behindMs,
  newestMs: behindMs + 20,
  overlap: behindMs > 0 ? 0.8 : 1,
  rankDistance: behindMs > 0 ? 0.5 : 0,
});
const record: RunRecord = {
  ...PASS,
  staleness: [point(1000, 0), point(2000, 1200), point(2000, 300, '20241002'), point(3000, 0)],
  publications: [
    { day: '20241001', rightAfterMs: 0, givenAfterMs: 1500 },
    { day: '20241002', rightAfterMs: null, givenAfterMs: null },
  ],
};

test('how many looks found a list as new as could be, and how old the others were', () => {
  assert.is(stalenessText(PASS), undefined);
  assert.is(stalenessText({ ...PASS, staleness: [point(0, 0)] }), '1 of 1 look at visible lists as new as could be');
  const text = '2 of 4 looks at visible lists as new as could be, the others at most 1.2 s behind';
  assert.is(stalenessText(record), text);
  for (const report of [renderTerminal(record, { color: false, width: 200 }), renderSummary(record)]) {
    assert.match(report, text);
    assert.match(report, '2024-10-01: right in time, given 1.5 s after');
    assert.match(report, '2024-10-02: never right, not given to clients');
  }
});

test('the chart shows the older list of two at one time', () => {
  assert.is(stalenessChart(PASS), undefined);
  assert.equal(stalenessChart(record)?.x, [1, 2, 3]);
  assert.equal(stalenessChart(record)?.lines[0]?.values, [0, 1200, 0]);
});

test('the page has chart, figures and publications, and leads there; without looks it has nothing of it', () => {
  const page = renderHtml(record, [], assets);
  assert.match(page, 'id="chart-staleness"');
  assert.match(page, '<a href="#freshness">');
  assert.match(page, 'overlap@n)</th><td class="number">80 %</td><td class="number">80 %</td>');
  assert.match(page, '<th scope="row">2024-10-01</th><td>right in time</td>');
  assert.not.match(renderHtml(PASS, [], assets), 'freshness');
});

test('what a check needed to see stands beside it', () => {
  const needs = [
    { text: 'a row of a list', wasSeen: true },
    { text: 'an unlike of one of the first 20', wasSeen: false },
  ];
  const lists = { check: 'lists', outcome: 'unknown', seen: '10 rows', findings: [], findingCount: 0, needs } as const;
  const unknown: RunRecord = { ...PASS, verdict: { outcome: 'unknown', checks: [lists], thresholds: [] } };
  const page = renderHtml(unknown, [], assets);
  assert.match(page, '✓ seen: a row of a list');
  assert.match(page, '✕ not seen: an unlike of one of the first 20');
});

test('the record is read back as it was written', () => {
  assert.equal(recordSchema.parse(JSON.parse(JSON.stringify(record))), record);
});

test.run();
