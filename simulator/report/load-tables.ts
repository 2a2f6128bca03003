// simulator/report/load-tables.ts — The load of report.html in tables: by phase, by latency, by event type, by partition.
import type { LatencyName, LatencySummary } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import { bytes, count, duration, rate, share } from './format.js';
import { html, type Markup } from './markup.js';
import { LATENCY_NAMES } from './percentile-curve.js';
import { type PhaseRow, phasesOf } from './timeline.js';

export function phaseTable({ load, phases = [] }: RunRecord, series: readonly Sample[]): Markup {
  if (series.length === 0) return html``;
  const p99 = (name: string, latency: 'send' | 'endToEnd') =>
    orDash(phases.find((phase) => phase.name === name)?.latency[latency]?.p99 ?? null, duration);
  const warmUps = new Set(phases.flatMap(({ name, warmUp }) => (warmUp ? [name] : [])));
  const row = (
    phase: PhaseRow,
  ) => html`<tr><th scope="row">${phase.phase}${warmUps.has(phase.phase) ? ' (warm-up)' : ''}</th>
<td class="number">${duration(phase.fromMs)} – ${duration(phase.toMs)}</td>${perSecond(phase.sent, phase)}${perSecond(phase.acked, phase)}${perSecond(phase.consumed, phase)}
<td class="number">${orDash(phase.lagMax, count)}</td><td class="number">${p99(phase.phase, 'send')}</td><td class="number">${p99(phase.phase, 'endToEnd')}</td></tr>`;
  const head = ['From – to', 'Sent', 'Acknowledged', 'Consumed', 'Lag, most', 'Send p99', 'End to end p99'];
  return html`<div class="wide"><table><caption>By phase; rates are means of the phase, and the latencies of the whole load leave warm-ups out</caption>
<thead><tr><th scope="col">Phase</th>${head.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${phasesOf(series, load).map(row)}</tbody></table></div>`;
}

function perSecond(events: number | null, { fromMs, toMs }: PhaseRow): Markup {
  const text = events === null || toMs <= fromMs ? '–' : rate((events * 1000) / (toMs - fromMs));
  return html`<td class="number">${text}</td>`;
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? '–' : format(value);
}

export const LATENCY_LABELS: Readonly<Record<LatencyName, { readonly label: string; readonly meaning: string }>> = {
  sendDelay: { label: 'send delay', meaning: 'intended to actual send: the generator’s own lateness' },
  send: { label: 'send', meaning: 'intended send to acknowledgement' },
  endToEnd: { label: 'end to end', meaning: 'intended send to Redis' },
  apply: { label: 'apply', meaning: 'one script call in Redis' },
};

export function latencyTable({ latency = {} }: RunRecord): Markup {
  if (LATENCY_NAMES.every((name) => latency[name] === undefined)) return html``;
  const rows = LATENCY_NAMES.map((name) => latencyRow(name, latency[name]));
  const head = ['Values', 'Min', 'Mean', 'p50', 'p90', 'p99', 'p99.9', 'Max'];
  return html`<div class="wide"><table><caption>From the intended time on, so a stalled system cannot hide behind fewer measurements</caption>
<thead><tr><th scope="col">Latency</th>${head.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function latencyRow(name: LatencyName, summary: LatencySummary | undefined): Markup {
  const { label, meaning } = LATENCY_LABELS[name];
  const head = html`<th scope="row">${label}<br><small>${meaning}</small></th>`;
  if (!summary) return html`<tr>${head}<td colspan="8" class="absent">${missing(name)}</td></tr>`;
  const { min, mean, p50, p90, p99, p999, max } = summary;
  const cells = [min, mean, p50, p90, p99, p999, max].map((value) => html`<td class="number">${duration(value)}</td>`);
  return html`<tr>${head}<td class="number">${count(summary.count)}</td>${cells}</tr>`;
}

function missing(name: LatencyName): string {
  return name === 'send' || name === 'sendDelay' ? 'not measured' : 'not measured: no consumer channel';
}

export function eventTables({ load }: RunRecord): Markup {
  if (!load) return html`<p class="absent">Not measured: the run ended before its load did.</p>`;
  const { eventsByType, eventsByPartition, articles } = load;
  const types = Object.entries(eventsByType).map(
    ([type, events]): Bar => [type.toLowerCase().replaceAll('_', ' '), events],
  );
  const partitions = eventsByPartition.map((events, index): Bar => [`partition ${index}`, events]);
  return html`<p class="lead">${count(articles)} articles; ${bytes(load.bytes)} of record values; at most ${bytes(load.harnessRssBytesMax)} of memory in sim</p>
<div class="pair">${bars('By event type', types)}${bars(`By partition, all topics together${skew(eventsByPartition)}`, partitions)}</div>`;
}

/** How far the fullest partition is above an even share. */
function skew(events: readonly number[]): string {
  const sum = events.reduce((total, one) => total + one, 0);
  if (events.length < 2 || sum === 0) return '';
  return `; the fullest has ${((Math.max(...events) * events.length) / sum).toFixed(2)} × an even share`;
}

type Bar = readonly [name: string, events: number];

function bars(caption: string, rows: readonly Bar[]): Markup {
  const most = Math.max(1, ...rows.map(([, events]) => events));
  const sum = rows.reduce((total, [, events]) => total + events, 0);
  const row = ([
    name,
    events,
  ]: Bar) => html`<tr><th scope="row">${name}</th><td class="bar"><span style="width:${((100 * events) / most).toFixed(1)}%"></span></td>
<td class="number">${count(events)}</td><td class="number soft">${share(events, sum)}</td></tr>`;
  return html`<table class="bars"><caption>${caption}</caption><tbody>${rows.map(row)}</tbody></table>`;
}
