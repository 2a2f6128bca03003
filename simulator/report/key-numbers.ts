// simulator/report/key-numbers.ts — The figures that stand at the top of report.html.
import type { LatencySummary } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import { count, duration, rate, share, topicsText } from './format.js';
import { countRows } from './list-comparison.js';
import { html, type Markup } from './markup.js';
import { largest } from './timeline.js';

interface Figure {
  readonly name: string;
  /** Null where nothing was measured; `note` then says why. */
  readonly value: string | null;
  readonly note: string;
}

export function keyNumbers(record: RunRecord, series: readonly Sample[]): Markup {
  const figures = record.load
    ? [...loadFigures(record.load), ...logFigures(record), ...speedFigures(record)]
    : stoppedFigures(series);
  const all = [...figures, lagFigure(series), rowsFigure(record), durationFigure(record)];
  return html`<dl class="figures">${all.map(card)}</dl>`;
}

function card({ name, value, note }: Figure): Markup {
  const shown = value === null ? html`<dd class="none">not measured</dd>` : html`<dd>${value}</dd>`;
  return html`<div><dt>${name}</dt>${shown}<dd class="note">${note}</dd></div>`;
}

function loadFigures(load: NonNullable<RunRecord['load']>): Figure[] {
  const { ok, fail, info, plannedEvents, eventsPerSecond, pace, drainMs } = load;
  const sent = ok + fail + info;
  const lost = fail + info === 0 ? '' : `; ${count(fail)} failed, ${count(info)} unknown`;
  const drain = drainMs === null ? 'never' : duration(drainMs);
  return [
    {
      name: 'Events acknowledged',
      value: count(ok),
      note: `of ${count(sent)} sent, ${count(plannedEvents)} planned${lost}`,
    },
    {
      name: 'Throughput',
      value: rate(eventsPerSecond),
      note: pace === 'paced' ? 'first send to lag 0, at the planned pace' : 'first send to lag 0, as fast as it goes',
    },
    { name: 'Drained in', value: drain, note: 'last acknowledgement to lag 0' },
  ];
}

function logFigures({ log, load }: RunRecord): Figure[] {
  if (!log || !load) return [];
  return [{ name: 'Events in the topics', value: count(log.found), note: topicsText(log, load.plannedEvents) }];
}

/** Of a run that ended early the samples still tell how far it came. */
function stoppedFigures(series: readonly Sample[]): Figure[] {
  const name = 'Events acknowledged';
  const last = series.at(-1);
  if (!last) return [{ name, value: null, note: 'the run ended before its load' }];
  return [{ name, value: count(last.acked), note: `of ${count(last.sent)} sent when it was last looked at` }];
}

function speedFigures({ latency = {} }: RunRecord): Figure[] {
  const p99 = (one: LatencySummary | undefined) => (one ? duration(one.p99) : null);
  return [
    {
      name: 'End to end, p99',
      value: p99(latency.endToEnd),
      note: latency.endToEnd ? 'intended send to Redis' : 'no consumer channel',
    },
    {
      name: 'Send, p99',
      value: p99(latency.send),
      note: latency.send ? 'intended send to acknowledgement' : 'nothing was acknowledged',
    },
  ];
}

function lagFigure(series: readonly Sample[]): Figure {
  const most = largest(series.map((sample) => sample.lag));
  const note = most === null ? 'the lag could not be read' : 'records behind, at the worst sample';
  return { name: 'Lag, most', value: most === null ? null : count(most), note };
}

function rowsFigure({ days }: RunRecord): Figure {
  const { all, same } = countRows(days);
  if (all === 0) return { name: 'Rows as expected', value: null, note: 'no list was compared' };
  return {
    name: 'Rows as expected',
    value: `${count(same)} of ${count(all)}`,
    note: `${share(same, all)} of the lists’ rows`,
  };
}

function durationFigure({ startedAt, finishedAt }: RunRecord): Figure {
  const took = duration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
  return { name: 'Whole run', value: took, note: 'servers, load, drain and checks' };
}
