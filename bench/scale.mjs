// bench/scale.mjs — Is the generator as fast at 50 million events as at one, how much memory do many articles take, and how long do the two oracles take to fold 10 million? Each size in a process of its own, on one thread, at about 200 bytes a record.
import { spawnSync } from 'node:child_process';
import { Calendar } from '../dist/contract/calendar.js';
import { decodeEvent } from '../dist/contract/codec.js';
import { LogOracle } from '../dist/simulator/judge/log/log-oracle.js';
import { Oracle } from '../dist/simulator/judge/oracle/oracle.js';
import { LaneTruth } from '../dist/simulator/produce/account/lane-truth.js';
import { RecordBatch } from '../dist/simulator/produce/record-batch.js';
import { loadScenario } from '../dist/simulator/scenario/load.js';
import { lanesOf } from '../dist/simulator/workload/lanes.js';
import { planOf } from '../dist/simulator/workload/plan.js';

const SIZES = [
  { name: '1 million events, 100,000 articles', events: 1e6, articles: 1e5 },
  { name: '10 million, 1 million articles', events: 1e7, articles: 1e6 },
  { name: '10 million, written into batches', events: 1e7, articles: 1e6, batches: true },
  { name: '10 million, with the oracle', events: 1e7, articles: 1e6, judge: true },
  { name: '50 million, 1 million articles', events: 5e7, articles: 1e6 },
];

const FOLDED_AT_ONCE = 100_000;

const asked = process.argv[2];
if (asked === undefined) all();
else if (asked === 'fold')
  await fold({ events: Number(process.argv[3] ?? 1e7), articles: Number(process.argv[3] ?? 1e7) / 10 });
else await measure(SIZES[Number(asked)]);

function all() {
  const rates = SIZES.map((size, index) => {
    const { rate, bytes, rss, checked } = alone(String(index));
    const figures = `${Math.round(rate).toLocaleString('en')} events per second of processor time, ${bytes.toFixed(0)} bytes of key and value each, at most ${Math.round(rss / 1e6)} MB`;
    console.log(
      `${size.name.padEnd(36)} ${figures}${checked ? `; ${checked.toLocaleString('en')} articles judged` : ''}`,
    );
    return rate;
  });
  console.log(`${'rate at 50 million to that at 1'.padEnd(36)} ${(rates.at(-1) / rates[0]).toFixed(2)}`);
  for (const [name, { seconds, bytes }] of Object.entries(alone('fold'))) {
    console.log(
      `${name.padEnd(36)} ${seconds.toFixed(1)} s for 10 million events, ${bytes.toFixed(1)} bytes an article`,
    );
  }
}

function alone(what) {
  const { status, stdout } = spawnSync(process.execPath, [process.argv[1], what], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${what} ended with ${status}`);
  return JSON.parse(stdout);
}

/** The time of the folds alone, without that of drawing the events; of the log oracle also with decoding them. */
async function fold({ events, articles }) {
  const scenario = await loadScenario('scenarios/peak-day.json', [
    `arrivals.0.events=${events}`,
    `articles.perDay=${articles}`,
  ]);
  const plan = planOf(scenario);
  const open = lanesOf(plan);
  const calendar = new Calendar(scenario.rules);
  const log = new LogOracle(scenario.rules, plan.articles + scenario.articles.older);
  const spent = { planned: 0, logged: 0, decoded: 0 };
  let planned = { articles: 0, bytes: 0 };
  for (let index = 0; index < plan.lanes; index += 1) {
    const lane = open(index);
    const truth = new LaneTruth(lane.capacity, calendar, plan.days);
    for (let isLeft = true; isLeft; ) {
      const chunk = [];
      while (chunk.length < FOLDED_AT_ONCE && lane.advance()) {
        const { timeMs, dueMs, article, kind, count, version } = lane;
        const times = { eventMs: timeMs, createdMs: lane.createdMs(article), dueMs };
        chunk.push({ sent: { article, kind, count, version }, times, value: Buffer.from(lane.value) });
      }
      isLeft = chunk.length > 0;
      spent.planned += timed(chunk, ({ sent, times }) => truth.settle('ok', sent, times));
      const records = chunk.map(({ times, value }) => ({ timeMs: times.eventMs, dueMs: times.dueMs, value }));
      spent.decoded += timed(records, (record) => {
        record.event = decodeEvent(record.value);
      });
      spent.logged += timed(records, (record) => log.add(record));
    }
    const { articles: count, createdMs, ids } = lane.articles();
    planned = { articles: planned.articles + count, bytes: planned.bytes + bytesOf(truth, { createdMs, ids }) };
  }
  const bytesLogged = log.bytes / log.articles;
  const figures = {
    'planned oracle': { seconds: spent.planned, bytes: planned.bytes / planned.articles },
    'log oracle': { seconds: spent.logged, bytes: bytesLogged },
    'log oracle, with decoding': { seconds: spent.decoded + spent.logged, bytes: bytesLogged },
  };
  console.log(JSON.stringify(figures));
}

/** Seconds of processor time, so that others on the machine do not count. */
function timed(all, work) {
  const startedAt = process.cpuUsage();
  for (const one of all) work(one);
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1e6;
}

/** Memory that the planned oracle keeps: its own state, and the id and creation time of each article. */
function bytesOf({ created, deleted, withdrawn, counts, versions }, { createdMs, ids }) {
  const columns = [created, deleted, withdrawn, ...counts, ...versions, createdMs, ids];
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Plays all lanes side by side, as a producer does, to keys and values, or on into record batches; with an oracle it also accounts every event. */
async function measure({ events, articles, batches = false, judge = false }) {
  const scenario = await loadScenario('scenarios/peak-day.json', [
    `arrivals.0.events=${events}`,
    `articles.perDay=${articles}`,
  ]);
  const plan = planOf(scenario);
  const open = lanesOf(plan);
  const lanes = Array.from({ length: plan.lanes }, (_, index) => open(index));
  const calendar = new Calendar(scenario.rules);
  const truths = lanes.map((lane) => judge && new LaneTruth(lane.capacity, calendar, plan.days));
  const batch = new RecordBatch({ records: 1000, bytes: 900_000 });
  let played = 0;
  let bytes = 0;
  let rss = 0;
  let rounds = 0;
  const startedAt = process.cpuUsage();
  for (let isLeft = true; isLeft; ) {
    isLeft = false;
    for (const [index, lane] of lanes.entries()) {
      const truth = truths[index];
      for (let turn = 0; turn < 1000 && lane.advance(); turn += 1) {
        isLeft = true;
        played += 1;
        bytes += lane.key.length + lane.value.length;
        if (batches) batch.append(lane.timeMs, lane.key, lane.value);
        if (!truth) continue;
        const times = { eventMs: lane.timeMs, createdMs: lane.createdMs(lane.article), dueMs: lane.dueMs };
        truth.settle('ok', lane, times);
      }
      if (batches) batch.encode();
      batch.clear();
    }
    // To ask takes as long as a hundred events.
    if (rounds++ % 10 === 0) rss = Math.max(rss, process.memoryUsage.rss());
  }
  // Processor time of all threads together, so that other work on the machine does not count.
  const { user, system } = process.cpuUsage(startedAt);
  const rate = (played * 1e6) / (user + system);
  const checked = judge ? judged(plan, lanes, truths) : 0;
  rss = Math.max(rss, process.memoryUsage.rss());
  console.log(JSON.stringify({ rate, bytes: bytes / played, rss, checked }));
}

function judged(plan, lanes, truths) {
  const oracle = new Oracle(
    plan.scenario.rules,
    lanes.map((one, index) => ({ lane: one.lane, ...one.articles(), truth: truths[index] })),
  );
  let articles = 0;
  for (const day of plan.days) {
    oracle.expectedList(day);
    for (const _ of oracle.articlesOf(day)) articles += 1;
  }
  return articles;
}
