// simulator/report/html.ts — report.html: one file, no network, verdict first.
import type { RunRecord, Sample } from '../record/run-record.js';
import { chartData } from './charts.js';
import { conclusionOf, replayCommand } from './conclusion.js';
import { html, type Markup, markup, raw } from './markup.js';
import { checksSection, daysSection, keyNumbers, machineSection, thresholdsSection } from './sections.js';

/** Texts that the page carries in itself. */
export interface ReportAssets {
  readonly chartScript: string;
  readonly chartStyle: string;
  readonly script: string;
  readonly style: string;
}

/** The same record, series and assets give the same bytes. */
export function renderHtml(record: RunRecord, series: readonly Sample[], assets: ReportAssets): string {
  const { scenario, runId, startedAt } = record;
  const { word, tone, sentence } = conclusionOf(record);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${word}: ${scenario.name} (${runId})</title>
<style>${raw(assets.chartStyle)}${raw(assets.style)}</style>
</head>
<body>
<header class="banner ${tone}">
<p class="word">${word}</p>
<div><h1>${scenario.name}</h1><p class="sentence">${sentence}</p></div>
</header>
<main>
<p class="description">${scenario.description}</p>
${keyNumbers(record, series)}
${checksSection(record)}
${thresholdsSection(record)}
${daysSection(record)}
${chartsSection(record, series)}
${machineSection(record)}
<section><h2>Again</h2>
<p>The same seed plays the same events, byte for byte:</p>
<pre><code>${replayCommand(record)}</code></pre>
<details><summary>Scenario, complete</summary><pre><code>${JSON.stringify(scenario.resolved, null, 2)}</code></pre></details>
</section>
</main>
<footer>sim ${record.simVersion} · run ${runId} · started ${startedAt} · exit code ${record.exitCode}</footer>
<script type="application/json" id="data">${raw(forScript(JSON.stringify(chartData(record, series))))}</script>
<script>${raw(assets.chartScript)}</script>
<script>${raw(assets.script)}</script>
</body>
</html>
`;
  return markup(page);
}

/** A script element ends at the first `</script`, whatever it holds. */
function forScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

function chartsSection(record: RunRecord, series: readonly Sample[]): Markup {
  const figure = (id: string, title: string, note: string) =>
    html`<figure><figcaption><b>${title}</b> ${note}</figcaption><div class="chart" id="${id}"></div></figure>`;
  const overTime =
    series.length < 2
      ? html`<p class="absent">The run was too short for charts over time.</p>`
      : html`${figure('throughput', 'Throughput', 'events/s; due is what the plan asks for')}
${figure('lag', 'Lag', 'records behind the end of the topics')}
${figure('send', 'Send latency', 'ms, from the intended send time to the acknowledgement')}`;
  const hasLatency = Object.keys(record.latency ?? {}).length > 0;
  return html`<section><h2>Speed</h2>
<div class="charts">${overTime}
${hasLatency ? figure('percentiles', 'Latency by percentile', 'ms; the tail is stretched') : html`<p class="absent">No latency was measured.</p>`}
${record.load ? figure('partitions', 'Events by partition', 'all four topics together') : ''}
${record.load ? figure('types', 'Events by type', '') : ''}
</div></section>`;
}
