// test/simulator/report/sections/freshness.test.ts — Visible lists and publications in every report, and what checks needed to see.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StalenessPoint } from '../../../../simulator/record/lists-record.js';
import type { RunRecord } from '../../../../simulator/record/run-record.js';
import { recordSchema } from '../../../../simulator/record/run-record.js';
import { stalenessChart } from '../../../../simulator/report/sections/freshness.js';
import { htmlOf, summaryOf, terminalOf } from '../printed.js';
import { PASS } from '../sample-record.js';

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

test('how many snapshots found an up-to-date list, and how old the others were', () => {
  const texts = (one: RunRecord) => [terminalOf(one, { width: 200 }), summaryOf(one)];
  for (const report of texts(PASS)) assert.not.match(report, 'snapshot');
  for (const report of texts({ ...PASS, staleness: [point(0, 0)] })) {
    assert.match(report, /1 of 1[ |]+snapshot of visible lists up to date/);
  }
  for (const report of texts(record)) {
    assert.match(report, /2 of 4[ |]+snapshots of visible lists up to date, the others at most 1\.2 s behind/);
    assert.match(report, /2024-10-01[ |]+right in time, given 1\.5 s after/);
    assert.match(report, /2024-10-02[ |]+never right, not given to clients/);
  }
});

test('the chart shows the older list of two at one time', () => {
  assert.is(stalenessChart(PASS), undefined);
  assert.equal(stalenessChart(record)?.x, [1, 2, 3]);
  assert.equal(stalenessChart(record)?.lines[0]?.values, [0, 1200, 0]);
});

test('the page has chart, figures and publications, and leads there; without snapshots it has none of them', () => {
  const page = htmlOf(record);
  assert.match(page, 'id="chart-staleness"');
  assert.match(page, '<a href="#freshness">');
  assert.match(page, /overlap@n\)<\/th>\s*<td[^>]*>80 %<\/td>\s*<td[^>]*>80 %<\/td>/);
  assert.match(page, /<th scope="row"[^>]*>2024-10-01<\/th>\s*<td[^>]*>right in time<\/td>/);
  assert.not.match(htmlOf(PASS), 'freshness');
});

test('what a check needed to see stands beside it', () => {
  const needs = [
    { text: 'a row of a list', wasSeen: true },
    { text: 'an unlike of one of the first 20', wasSeen: false },
  ];
  const lists = { check: 'lists', outcome: 'unknown', seen: '10 rows', findings: [], findingCount: 0, needs } as const;
  const unknown: RunRecord = { ...PASS, verdict: { outcome: 'unknown', checks: [lists], thresholds: [] } };
  const page = htmlOf(unknown);
  assert.match(page, '✓ seen: a row of a list');
  assert.match(page, '✕ not seen: an unlike of one of the first 20');
});

test('the record is read back as it was written', () => {
  assert.equal(recordSchema.parse(JSON.parse(JSON.stringify(record))), record);
});

test.run();
