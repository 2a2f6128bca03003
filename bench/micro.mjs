// bench/micro.mjs — The generator's own speed, in one process, against the obvious way where there is one.
import { createRequire } from 'node:module';
import { decodeEvent } from '../dist/contract/codec.js';
import { decodeRecord } from '../dist/simulator/judge/log/decode-record.js';
import { LogOracle } from '../dist/simulator/judge/log/log-oracle.js';
import { RecordBatch } from '../dist/simulator/produce/record-batch.js';
import { loadScenario } from '../dist/simulator/scenario/load.js';
import { contentPools } from '../dist/simulator/workload/content.js';
import { EventEncoder } from '../dist/simulator/workload/encode.js';
import { Lane } from '../dist/simulator/workload/lane.js';
import { planOf } from '../dist/simulator/workload/plan.js';

const require = createRequire(import.meta.url);
const stockRecord = require('kafkajs/src/protocol/recordBatch/record/v0/index.js');
const { RecordBatch: stockBatch } = require('kafkajs/src/protocol/recordBatch/v0/index.js');

const RUNS = 5;
const scenario = await loadScenario('scenarios/quickstart.json', [
  'arrivals.0.events=1000000',
  'articles.perDay=100000',
]);
const plan = planOf(scenario);
const encoder = new EventEncoder(plan, contentPools(scenario));

/** Plays all lanes; `use` is called for every event. */
function play(use) {
  let events = 0;
  for (let index = 0; index < plan.lanes; index += 1) {
    const lane = new Lane(plan, index);
    while (lane.advance()) {
      use(lane);
      events += 1;
    }
  }
  return events;
}

const FOLDED = 300_000;
const log = [];
const values = [];
play((lane) => {
  if (log.length >= FOLDED) return;
  const value = Buffer.from(encoder.value(lane));
  values.push(value);
  const event = decodeEvent(value);
  log.push({ stream: 0, partition: lane.lane, offset: log.length, timeMs: lane.timeMs, dueMs: lane.timeMs, event });
});

const BATCH = 1000;
const sample = [];
play((lane) => {
  if (sample.length < BATCH) {
    const [key, value] = [encoder.key(lane), encoder.value(lane)].map((bytes) => Buffer.from(bytes));
    sample.push({ timestamp: lane.timeMs, key, value });
  }
});
const batch = new RecordBatch({ records: BATCH, bytes: 900_000 });
const REPEATS = 100;

function decodeAll(decode) {
  for (const value of values) if (decode(value) === undefined) throw new Error('expected an event');
  return values.length;
}

const cases = {
  'plan: events drawn': () => play(() => undefined),
  'plan and encode: record values': () => play((lane) => [encoder.key(lane), encoder.value(lane)]),
  'values decoded: codec': () => decodeAll(decodeEvent),
  'values decoded: log oracle': () => decodeAll(decodeRecord),
  'log oracle: decoded events folded': () => {
    const oracle = new LogOracle(scenario.rules, plan.articles + scenario.articles.older);
    for (const event of log) oracle.add(event);
    return log.length;
  },
  'record batches of 1,000: ours': () => {
    for (let i = 0; i < REPEATS; i += 1) {
      batch.clear();
      for (const { timestamp, key, value } of sample) batch.append(timestamp, key, value);
      batch.encode();
    }
    return REPEATS * BATCH;
  },
  'record batches of 1,000: kafkajs': async () => {
    for (let i = 0; i < REPEATS; i += 1) {
      const records = sample.map(({ timestamp, key, value }, offsetDelta) =>
        stockRecord({ offsetDelta, timestampDelta: timestamp - sample[0].timestamp, key, value }),
      );
      await stockBatch({ records, firstTimestamp: sample[0].timestamp, maxTimestamp: sample.at(-1).timestamp });
    }
    return REPEATS * BATCH;
  },
};

const best = {};
for (const [name, measure] of Object.entries(cases)) {
  const rates = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    const events = await measure();
    // The first run warms up.
    if (run > 0) rates.push((events * 1000) / (performance.now() - start));
  }
  best[name] = rates.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
  console.log(`${name.padEnd(36)} ${Math.round(best[name]).toLocaleString('en')} events/s (median of ${RUNS})`);
}
const ratios = {
  'batch encoder, ratio to kafkajs': ['record batches of 1,000: ours', 'record batches of 1,000: kafkajs'],
  'codec decode, ratio to log oracle': ['values decoded: codec', 'values decoded: log oracle'],
};
for (const [name, [one, other]] of Object.entries(ratios)) {
  console.log(`${name.padEnd(36)} ${(best[one] / best[other]).toFixed(2)}`);
}
console.log(`${'resident memory'.padEnd(36)} ${Math.round(process.memoryUsage.rss() / 1e6)} MB`);
