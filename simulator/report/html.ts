// simulator/report/html.ts — report.html: one file, no network, verdict first.
import { exitMeaning } from '../errors.js';
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import { chartFigure, chartsOf, drawnCharts } from './charts.js';
import { checksSection, thresholdsSection } from './check-tables.js';
import { conclusionOf } from './conclusion.js';
import { daysSection } from './day-tables.js';
import { diagnosisSection } from './diagnosis-section.js';
import { faultsSection } from './fault-tables.js';
import { instant } from './format.js';
import { keyNumbers } from './key-numbers.js';
import { eventTables, latencyTable, phaseTable } from './load-tables.js';
import { html, type Markup, markup, raw } from './markup.js';
import { environmentSection, replaySection } from './run-tables.js';
import { stalenessChart, stalenessSection } from './staleness.js';

/** Texts that the page carries in itself. */
export interface ReportAssets {
  readonly chartScript: string;
  readonly chartStyle: string;
  readonly script: string;
  readonly style: string;
}

/** The same record, series and assets give the same bytes. */
export function renderHtml(record: RunRecord, series: readonly Sample[], assets: ReportAssets): string {
  const { scenario, runId, simVersion } = record;
  const charts = chartsOf(record, series);
  const staleness = stalenessChart(record);
  return markup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${conclusionOf(record).word}: ${scenario.name}, ${runId}</title>
<style>${raw(assets.chartStyle)}${raw(assets.style)}</style>
</head>
<body>
${banner(record)}
<nav aria-label="Sections">${navigation(record)}</nav>
<main>
${(record.warnings ?? []).map((warning) => html`<p class="warning"><b>Warning:</b> ${warning}.</p>`)}
${keyNumbers(record, series)}
${checksSection(record)}
${diagnosisSection(record)}
${thresholdsSection(record)}
${faultsSection(record)}
${daysSection(record)}
${speedSection(record, series, charts)}
${stalenessSection(record, staleness ? chartFigure(staleness) : html``)}
<section id="latency"><h2>Latency</h2>${charts.slice(TIME_CHARTS).map(chartFigure)}${latencyTable(record)}</section>
<section id="load"><h2>Load</h2>${eventTables(record)}</section>
${environmentSection(record)}
${replaySection(record)}
</main>
<footer>sim ${simVersion} · ${scenario.name} · ${runId}</footer>
<noscript><p class="absent">The charts need JavaScript; their values are in series.ndjson and histograms.hlog beside this page.</p></noscript>
<script type="application/json" id="charts">${raw(jsonForScript([...drawnCharts(charts), ...(staleness ? [staleness] : [])]))}</script>
<script>${raw(codeForScript(assets.chartScript))}</script>
<script type="module">${raw(codeForScript(assets.script))}</script>
</body>
</html>
`);
}

const TIME_CHARTS = 3;

function speedSection(record: RunRecord, series: readonly Sample[], charts: ReturnType<typeof chartsOf>): Markup {
  if (series.length === 0) {
    return html`<section id="speed"><h2>Over time</h2><p class="absent">No sample was taken, or series.ndjson is gone.</p></section>`;
  }
  const figures = charts.slice(0, TIME_CHARTS).map(chartFigure);
  return html`<section id="speed"><h2>Over time</h2><div class="pair">${figures}</div>${phaseTable(record, series)}</section>`;
}

function navigation({ diagnosis, staleness, publications }: RunRecord): Markup[] {
  return [
    ['checks', 'Checks'],
    ...(diagnosis ? [['cause', 'Cause']] : []),
    ['ranking', 'Ranking'],
    ['speed', 'Over time'],
    ...(staleness || publications ? [['freshness', 'Visible lists']] : []),
    ['latency', 'Latency'],
    ['load', 'Load'],
    ['environment', 'Environment'],
    ['replay', 'Run it again'],
  ].map(([id = '', name = '']) => html`<a href="#${id}">${name}</a>`);
}

const SYMBOLS = { good: '✓', bad: '✕', unsure: '?' } as const;

function banner(record: RunRecord): Markup {
  const { scenario, runId, startedAt, exitCode } = record;
  const { word, tone, sentence } = conclusionOf(record);
  const hint = record.error?.hint === undefined ? '' : html`<p class="hint">${record.error.hint}</p>`;
  const said = record.error?.message.split('\n').slice(1).join('\n') ?? '';
  const log = said === '' ? '' : html`<pre class="log">${said}</pre>`;
  return html`<header>
<p class="crumbs"><b>${scenario.name}</b> · run ${runId} · ${instant(startedAt)} · seed ${scenario.seed}</p>
<div class="banner ${tone}"><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span>
<div><h1>${word}</h1><p>${sentence}</p>${log}${hint}</div>
<p class="exit"><b>exit code ${exitCode}</b><br>${exitMeaning(exitCode)}</p></div>
<p class="description">${scenario.description}</p>
</header>`;
}

/** A script element ends at the first `</script`, and a comment may hide that end. */
function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function codeForScript(code: string): string {
  return code.replaceAll(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--');
}
