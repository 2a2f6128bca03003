// bench/scale.mjs — Is the generator as fast at 50 million events as at one, and how much memory do many articles take? Each size in a process of its own, on one thread, at about 200 bytes a record.
import { spawnSync } from 'node:child_process';
import { Calendar } from '../dist/contract/calendar.js';
import { LaneTruth } from '../dist/simulator/judge/lane-truth.js';
import { Oracle } from '../dist/simulator/judge/oracle.js';
import { RecordBatch } from '../dist/simulator/produce/record-batch.js';
import { loadScenario } from '../dist/simulator/scenario/load.js';
import { lanesOf } from '../dist/simulator/workload/lanes.js';
import { planOf } from '../dist/simulator/workload/plan.js';

const SIZES = [
  { name: '1 million events, 100,000 articles', events: 1e6, articles: 1e5, judge: false },
  { name: '10 million, 1 million articles', events: 1e7, articles: 1e6, judge: false },
  { name: '10 million, with the oracle', events: 1e7, articles: 1e6, judge: true },
  { name: '50 million, 1 million articles', events: 5e7, articles: 1e6, judge: false },
];

const asked = process.argv[2];
if (asked === undefined) all();
else await measure(SIZES[Number(asked)]);

function all() {
  const rates = SIZES.map((size, index) => {
    const { status, stdout } = spawnSync(process.execPath, [process.argv[1], String(index)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${size.name} ended with ${status}`);
    const { rate, bytes, rss, checked } = JSON.parse(stdout);
    const figures = `${Math.round(rate).toLocaleString('en')} events per second of processor time, ${bytes.toFixed(0)} bytes of key and value each, at most ${Math.round(rss / 1e6)} MB`;
    console.log(
      `${size.name.padEnd(36)} ${figures}${checked ? `; ${checked.toLocaleString('en')} articles judged` : ''}`,
    );
    return rate;
  });
  console.log(`${'rate at 50 million to that at 1'.padEnd(36)} ${(rates.at(-1) / rates[0]).toFixed(2)}`);
}

/** Plays all lanes side by side, as a producer does, into record batches; with an oracle it also accounts every event. */
async function measure({ events, articles, judge }) {
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
  const startedAt = process.cpuUsage();
  for (let isLeft = true; isLeft; ) {
    isLeft = false;
    for (const [index, lane] of lanes.entries()) {
      const truth = truths[index];
      for (let turn = 0; turn < 1000 && lane.advance(); turn += 1) {
        isLeft = true;
        played += 1;
        bytes += lane.key.length + lane.value.length;
        batch.append(lane.timeMs, lane.key, lane.value);
        if (!truth) continue;
        const times = { eventMs: lane.timeMs, createdMs: lane.createdMs(lane.article), dueMs: lane.dueMs };
        truth.settle('ok', lane, times);
      }
      batch.encode('none');
      batch.clear();
    }
    rss = Math.max(rss, process.memoryUsage.rss());
  }
  // Of processor time, all of its threads together: others on the machine do not count against it.
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
