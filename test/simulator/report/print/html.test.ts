// test/simulator/report/print/html.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadAssets } from '../../../../simulator/cli/write-reports.js';
import type { RunRecord } from '../../../../simulator/record/run-record.js';
import { htmlOf, NO_ASSETS } from '../printed.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from '../sample-record.js';
import { seriesOf } from '../sample-series.js';

const assets = await loadAssets();

test('the page is pure: the same record, series and assets give the same bytes', () => {
  for (const record of [PASS, FAIL, INTERRUPTED, NOT_RUN]) {
    const series = seriesOf(record);
    assert.is(htmlOf(record, series, assets), htmlOf(structuredClone(record), structuredClone(series), assets));
  }
});

test('the page loads nothing from anywhere', () => {
  const page = htmlOf(FAIL, seriesOf(FAIL), assets);
  assert.not.match(page, /\b(?:src|href|action)\s*=\s*(?!["']?#)/i);
  assert.not.match(page, /<(?:link|iframe|img|object|embed|base)\b/i);
  assert.not.match(page, /@import|url\(/i);
  assert.not.match(page, /\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/);
});

test('the verdict comes before everything else in the body', () => {
  const [, body = ''] = htmlOf(FAIL, []).split('<body>');
  assert.ok(body.indexOf('<h1>FAIL</h1>') < body.indexOf('<nav'));
  assert.match(body, 'exit code 1</b><br>wrong answer');
});

test('whatever a scenario, a finding or a server says stays text', () => {
  const evil = `</script><script>alert("x")</script><!-- & 'quoted' -->`;
  const check = {
    check: evil,
    outcome: 'fail',
    seen: evil,
    findings: [{ message: evil, day: evil, expected: evil, found: evil }],
    findingCount: 1,
  } as const;
  const record: RunRecord = {
    ...PASS,
    runId: evil,
    scenario: { ...PASS.scenario, name: evil, description: evil, file: evil, settings: [evil], resolved: { evil } },
    servers: { kafka: { mode: evil, why: evil }, redis: { mode: evil, why: evil, version: evil } },
    machine: { ...PASS.machine, cpuModel: evil },
    verdict: { outcome: 'fail', checks: [check], thresholds: [{ threshold: evil, ok: false, actual: 1, unit: evil }] },
    days: [{ day: evil, expected: [], found: [{ rank: 1, articleId: evil, score: 1 }] }],
  };
  const page = htmlOf(
    record,
    seriesOf(record).map((sample) => ({ ...sample, phase: evil })),
  );
  assert.not.match(page, '<script>alert');
  assert.not.match(page, '<!--');
  assert.is(page.match(/<script\b/g)?.length, 3);
  assert.is(page.match(/<\/script>/g)?.length, 3);
  assert.match(
    page,
    '&lt;/script&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&lt;!-- &amp; &#39;quoted&#39; --&gt;',
  );
});

test('scripts cannot end their element, nor hide its end', () => {
  const page = htmlOf(PASS, [], { ...NO_ASSETS, script: 'const a = "</SCRIPT><!--";' });
  assert.match(page, 'const a = "<\\/SCRIPT><\\!--";');
});

test('the data of the charts is what the series says', () => {
  const page = htmlOf(PASS, seriesOf(PASS));
  const json = /<script type="application\/json" id="charts">(.*)<\/script>/.exec(page)?.[1] ?? '';
  const charts = JSON.parse(json) as { id: string; x: number[]; lines: { label: string; values: unknown[] }[] }[];
  assert.equal(
    charts.map(({ id, x, lines }) => [id, x.length, lines.map(({ label }) => label)]),
    [
      ['throughput', 33, ['acknowledged', 'sent', 'consumed', 'due']],
      ['lag', 33, ['lag']],
      ['send', 33, ['p99', 'p50']],
      ['percentiles', 87, ['send delay', 'send', 'end to end', 'apply']],
    ],
  );
  for (const { id, x, lines } of charts) {
    assert.match(page, `id="chart-${id}"`);
    for (const { values } of lines) assert.is(values.length, x.length);
  }
});

test('what was not measured is said in words', () => {
  const blind = seriesOf(FAIL).map((sample) => ({ ...sample, consumed: null, lag: null, sendP99Ms: null }));
  const page = htmlOf(FAIL, blind);
  assert.match(page, 'no consumer channel');
  assert.match(page, 'The lag could not be read in this run.');
  assert.match(page, 'Nothing was acknowledged, so there is no latency to show.');
  assert.match(htmlOf(PASS, seriesOf(PASS, 3).slice(0, 1)), 'One sample only');
  assert.match(htmlOf(NOT_RUN, []), 'Nothing was judged');
  assert.match(htmlOf(NOT_RUN, []), 'No sample was taken');
});

test('wrong rows are marked in words and with both articles', () => {
  const page = htmlOf(FAIL, []);
  assert.is(page.match(/<tr class="wrong">/g)?.length, 3);
  assert.match(page, '✕ found one belongs at rank 4; its score is 2,400 too low');
  assert.match(page, '3 × 1,090 + 2 × 288 + 1 × 16,020');
  assert.not.match(htmlOf(PASS, []), /<tr class="wrong">/);
});

test('every table has a caption, and every heading of a table its scope', () => {
  const page = htmlOf(FAIL, seriesOf(FAIL));
  assert.is(page.match(/<caption\b/g)?.length, page.match(/<table\b/g)?.length);
  assert.not.match(page, /<th(?![^>]*\bscope=)[\s>]/);
});

test('the end of a log is shown with the run that failed, and it cannot become markup', () => {
  const record = { ...NOT_RUN, error: { message: 'Kafka node 1 ended with exit code 1:\nbad <b>config</b>' } };
  const page = htmlOf(record, []);
  assert.match(page, '<pre class="log">bad &lt;b&gt;config&lt;/b&gt;</pre>');
});

test.run();
