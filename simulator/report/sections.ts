// simulator/report/sections.ts — The parts of report.html that are tables and figures.
import { DEFAULT_RULES } from '../../contract/rules.js';
import type { CheckResult, DayResult, LatencySummary, ListRow, RunRecord, Sample } from '../record/run-record.js';
import { bytes, count, duration, rate } from './format.js';
import { html, type Markup } from './markup.js';

export function keyNumbers({ load, latency = {} }: RunRecord, series: readonly Sample[]): Markup {
  if (!load) return html`<p class="absent">The run ended before a load was measured.</p>`;
  const lagMax = series.reduce((max, sample) => Math.max(max, sample.lag ?? 0), 0);
  const p99 = (one: LatencySummary | undefined) => (one ? duration(one.p99) : 'not measured');
  const cards: [string, string, string][] = [
    ['acknowledged', count(load.ok), `of ${count(load.plannedEvents)} events`],
    ['throughput', rate(load.eventsPerSecond), load.pace === 'paced' ? 'as planned' : 'unpaced, to lag 0'],
    ['end to end p99', p99(latency.endToEnd), 'intended send to Redis'],
    ['send p99', p99(latency.send), 'intended send to acknowledgement'],
    ['drained', load.drainMs === null ? 'never' : duration(load.drainMs), 'last acknowledgement to lag 0'],
    ['lag, most', count(lagMax), 'records'],
    ['articles', count(load.articles), `${bytes(load.bytes)} of values`],
    ['memory', bytes(load.harnessRssBytesMax), 'at most, in sim'],
  ];
  const card = ([name, value, note]: [string, string, string]) =>
    html`<div class="card"><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
  return html`<dl class="cards">${cards.map(card)}</dl>`;
}

const MARKS = { pass: '✓', fail: '✗', unknown: '?' } as const;

export function checksSection({ verdict, error }: RunRecord): Markup {
  if (!verdict) {
    const hint = error?.hint ? html`<p>${error.hint}</p>` : '';
    return html`<section><h2>Checks</h2><p class="absent">Nothing was judged.</p>${error ? html`<pre>${error.message}</pre>` : ''}${hint}</section>`;
  }
  const row = (result: CheckResult) => html`<tr class="${result.outcome}">
<td>${MARKS[result.outcome]} ${result.outcome}</td><th scope="row">${result.check}</th><td>${result.seen}</td><td>${foundBy(result)}</td></tr>`;
  return html`<section><h2>Checks</h2><table class="checks">
<thead><tr><th>outcome</th><th>check</th><th>looked at</th><th>found</th></tr></thead>
<tbody>${verdict.checks.map(row)}</tbody></table></section>`;
}

function foundBy({ outcome, reason, findings, findingCount }: CheckResult): Markup {
  if (outcome === 'pass') return html`nothing wrong`;
  const more =
    findingCount > findings.length ? html`<li>and ${count(findingCount - findings.length)} more</li>` : html``;
  const list = findings.map((finding) => html`<li>${finding.message}</li>`);
  return html`${reason ?? ''}${findings.length > 0 ? html`<ul>${list}${more}</ul>` : ''}`;
}

export function thresholdsSection({ verdict }: RunRecord): Markup {
  if (!verdict || verdict.thresholds.length === 0) return html``;
  const rows = verdict.thresholds.map(
    ({ threshold, ok, actual, unit }) => html`<tr class="${ok ? 'pass' : 'fail'}"><td>${ok ? '✓ met' : '✗ missed'}</td>
<th scope="row">${threshold}</th><td>${actual === null ? 'not measured' : `${actual.toPrecision(4)} ${unit}`}</td></tr>`,
  );
  return html`<section><h2>Thresholds</h2><table><thead><tr><th>outcome</th><th>threshold</th><th>measured</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

export function daysSection(record: RunRecord): Markup {
  if (record.days.length === 0) return html``;
  return html`<section><h2>Ranking</h2>${record.days.map((day) => dayTable(day, weightsOf(record)))}</section>`;
}

type Weights = typeof DEFAULT_RULES.weights;

function weightsOf({ scenario }: RunRecord): Weights {
  const resolved = scenario.resolved as { rules?: { weights?: Weights } } | undefined;
  return resolved?.rules?.weights ?? DEFAULT_RULES.weights;
}

function dayTable(day: DayResult, weights: Weights): Markup {
  const length = Math.max(day.found.length, day.expected.length);
  const rows = Array.from({ length }, (_, index) => {
    const found = day.found[index];
    const expected = day.expected[index];
    const isRight = found?.articleId === expected?.articleId && found?.score === expected?.score;
    return html`<tr class="${isRight ? 'pass' : 'fail'}"><th scope="row">${index + 1}</th>
<td class="id">${found?.articleId ?? 'nothing'}</td><td class="number">${found ? count(found.score) : ''}</td>
<td>${isRight ? '=' : '≠ wrong'}</td>
<td class="id">${expected?.articleId ?? 'nothing'}</td><td class="number">${expected ? count(expected.score) : ''}</td>
<td class="sum">${expected ? arithmetic(expected, weights) : ''}</td></tr>`;
  });
  const date = `${day.day.slice(0, 4)}-${day.day.slice(4, 6)}-${day.day.slice(6)}`;
  return html`<table class="day"><caption>${date}: what Redis holds beside what must be true</caption>
<thead><tr><th rowspan="2">rank</th><th colspan="2">found</th><th></th><th colspan="3">expected</th></tr>
<tr><th>article</th><th>score</th><th></th><th>article</th><th>score</th><th>because</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function arithmetic(row: ListRow, { like, comment, view }: Weights): string {
  return `${like} × ${count(row.like)} likes + ${comment} × ${count(row.comment)} comments + ${view} × ${count(row.view)} views`;
}

export function machineSection({ machine, servers }: RunRecord): Markup {
  const rows: [string, string][] = [
    ['node', machine.node],
    ['system', machine.platform],
    ['processors', `${machine.cpus} × ${machine.cpuModel}`],
    ['memory', bytes(machine.memoryBytes)],
  ];
  for (const [name, server] of Object.entries(servers ?? {})) {
    rows.push([name, [server.mode, server.version, server.why].filter(Boolean).join(', ')]);
  }
  const row = ([name, value]: [string, string]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
  return html`<section><h2>Machine and servers</h2><table>${rows.map(row)}</table></section>`;
}
