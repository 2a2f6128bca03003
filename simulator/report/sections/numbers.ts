// simulator/report/sections/numbers.ts — The figures at the top of every report.
import type { LatencySummary, LoadResult } from '../../record/load-record.js';
import type { RunRecord, Server } from '../../record/run-record.js';
import type { Sample } from '../../record/sample.js';
import type { Fact } from '../document.js';
import { bytes, count, dayName, duration, rate, share } from '../format.js';
import { countRows } from '../list-comparison.js';
import { largest } from '../timeline.js';
import { publicationText } from './freshness.js';

export function numbersOf(record: RunRecord, series: readonly Sample[]): Fact[] {
  const { load, servers } = record;
  return [
    ...(load ? [...loadFacts(load), ...topicFacts(record), ...latencyFacts(record)] : stoppedFacts(series)),
    lagFact(series),
    rowsFact(record),
    ...listFacts(record),
    ...(load ? [memoryFact(load)] : []),
    ...(load && servers ? [serverFact('Kafka', servers.kafka), serverFact('Redis', servers.redis)] : []),
    durationFact(record),
  ];
}

function loadFacts({ ok, fail, info, plannedEvents, eventsPerSecond, pace, loadMs, drainMs }: LoadResult): Fact[] {
  const undone = fail + info === 0 ? '' : `; ${count(fail)} failed, ${count(info)} unknown`;
  const pacing = pace === 'paced' ? 'at the planned pace' : 'as fast as it goes';
  return [
    { name: 'Events', value: `${count(ok)} of ${count(plannedEvents)}`, note: `acknowledged of planned${undone}` },
    { name: 'Throughput', value: rate(eventsPerSecond), note: `first send to lag 0, ${pacing}` },
    { name: 'Load', value: duration(loadMs), note: 'first send to last acknowledgement' },
    {
      name: 'Drain',
      value: drainMs === null ? 'never drained' : duration(drainMs),
      note: 'last acknowledgement to lag 0',
    },
  ];
}

function topicFacts({ log, load }: RunRecord): Fact[] {
  if (!log || !load) return [];
  const faults = [
    ...(log.lost > 0 ? [`${count(log.lost)} acknowledged lost`] : []),
    ...(log.duplicated > 0 ? [`${count(log.duplicated)} twice`] : []),
  ];
  const value = `${count(log.found)} of ${count(load.plannedEvents)}`;
  return [{ name: 'Topics', value, note: ['planned events found after the run', ...faults].join(', ') }];
}

/** The other reports have a table of latencies in sight. */
function latencyFacts({ latency = {} }: RunRecord): Fact[] {
  const p99 = (one: LatencySummary | undefined) => (one ? duration(one.p99) : null);
  return [
    {
      name: 'End to end, p99',
      value: p99(latency.endToEnd),
      note: latency.endToEnd ? 'intended send to Redis' : 'no consumer channel',
      media: ['page'],
    },
    {
      name: 'Send, p99',
      value: p99(latency.send),
      note: latency.send ? 'intended send to acknowledgement' : 'nothing was acknowledged',
      media: ['page'],
    },
  ];
}

/** The samples of a run that ended early still show how far it came. */
function stoppedFacts(series: readonly Sample[]): Fact[] {
  const last = series.at(-1);
  const fact = last
    ? { value: count(last.acked), note: `acknowledged of ${count(last.sent)} sent, in the last sample` }
    : { value: null, note: 'the run ended before its load' };
  return [{ name: 'Events', value: fact.value, note: fact.note, media: ['page'] }];
}

function lagFact(series: readonly Sample[]): Fact {
  const most = largest(series.map((sample) => sample.lag));
  return {
    name: 'Lag, at most',
    value: most === null ? null : count(most),
    note: most === null ? 'the lag could not be read' : 'records not yet consumed',
    media: ['page'],
  };
}

function rowsFact({ days }: RunRecord): Fact {
  const { all, same, allowed } = countRows(days);
  const more = allowed === 0 ? '' : `; ${count(allowed)} more as allowed, as their truth is a range`;
  return {
    name: 'Rows as expected',
    value: all === 0 ? null : `${count(same)} of ${count(all)}`,
    note: all === 0 ? 'no list was compared' : `${share(same, all)} of the lists’ rows${more}`,
    media: ['page'],
  };
}

/** How fresh visible lists were, and when days were published. */
function listFacts({ staleness = [], publications = [] }: RunRecord): Fact[] {
  const published = publications.map((one): Fact => {
    return { name: 'Published', value: dayName(one.day), note: publicationText(one), media: ['summary', 'terminal'] };
  });
  if (staleness.length === 0) return published;
  const fresh = staleness.filter(({ behindMs }) => behindMs === 0).length;
  const behind = Math.max(...staleness.map(({ behindMs }) => behindMs));
  const others = fresh === staleness.length ? '' : `, the others at most ${duration(behind)} behind`;
  const value = `${count(fresh)} of ${count(staleness.length)}`;
  const note = `${staleness.length === 1 ? 'snapshot' : 'snapshots'} of visible lists up to date${others}`;
  return [{ name: 'Lists', value, note, media: ['summary', 'terminal'] }, ...published];
}

function memoryFact({ harnessRssBytesMax }: LoadResult): Fact {
  return { name: 'Memory', value: bytes(harnessRssBytesMax), note: 'the most that sim used', media: ['terminal'] };
}

function serverFact(name: string, { mode, version }: Server): Fact {
  return { name, value: mode, note: version ?? '', media: ['terminal'] };
}

function durationFact({ startedAt, finishedAt }: RunRecord): Fact {
  const took = duration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
  return { name: 'Whole run', value: took, note: 'servers, load, drain and checks', media: ['page'] };
}
