// test/simulator/report/sample-record.ts — Runs as they are recorded: one right, one with two wrong rows, one interrupted.
import { build } from 'hdr-histogram-js';
import { summarise } from '../../../simulator/record/latency-summary.js';
import type { ListRow } from '../../../simulator/record/lists-record.js';
import type { LatencySummary } from '../../../simulator/record/load-record.js';
import type { RunRecord } from '../../../simulator/record/run-record.js';
import type { CheckResult } from '../../../simulator/record/verdict-record.js';

/** A log-normal-like spread around a median, with one slow value in a thousand. */
export function latencyOf(medianMs: number, count = 20_000): LatencySummary {
  const histogram = build({ bitBucketSize: 32, highestTrackableValue: 600_000_000, numberOfSignificantValueDigits: 3 });
  let state = 12_345;
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  for (let index = 0; index < count; index++) {
    const bell = draw() + draw() + draw() + draw() - 2;
    const slow = index % 1000 === 0 ? 6 * draw() : 1;
    histogram.recordValue(Math.max(1, Math.round(medianMs * 1000 * Math.exp(bell * 0.9) * slow)));
  }
  return summarise(histogram);
}

const passed = (check: string, seen: string): CheckResult => ({
  check,
  outcome: 'pass',
  seen,
  findings: [],
  findingCount: 0,
});

export const EXPECTED: readonly ListRow[] = [
  [1204, 312, 18_220],
  [1187, 305, 17_904],
  [1102, 290, 17_310],
  [1090, 288, 16_020],
  [1004, 251, 15_881],
  [981, 244, 15_002],
  [930, 240, 14_770],
  [902, 199, 14_310],
  [870, 188, 13_995],
  [811, 180, 13_402],
].map(([like = 0, comment = 0, view = 0], index) => ({
  rank: index + 1,
  articleId: String(99_230_118_240_256_000n + BigInt(index) * 4_194_304n),
  score: 3 * like + 2 * comment + view,
  like,
  comment,
  view,
}));

export const PASS: RunRecord = {
  recordVersion: 1,
  simVersion: '0.1.0',
  runId: '20261123-153012-a1b2',
  startedAt: '2026-11-23T15:30:12.480Z',
  finishedAt: '2026-11-23T15:30:41.902Z',
  status: 'completed',
  exitCode: 0,
  verdict: {
    outcome: 'pass',
    checks: [
      passed('load', '300,000 acknowledged, 0 failed, 0 unknown of 300,000 planned events'),
      passed('consumers alive', '0 consumers ended by themselves'),
      passed('drained', 'a lag of 0 records at the end'),
      passed('lists', '10 rows of 1 days; 10 must be listed if no unknown send counts'),
      passed('delivery', '19,812 articles of 1 days, each with its likes, comments and views'),
      passed('dead letters', '0 dead letters'),
    ],
    thresholds: [
      { threshold: 'endToEnd p99 < 250', ok: true, actual: 88.3, unit: 'ms' },
      { threshold: 'throughput > 10000', ok: true, actual: 19_412.7, unit: 'events/s' },
    ],
  },
  scenario: {
    name: 'quickstart',
    description:
      'A whole day in twelve seconds: 300,000 events with an evening peak, and the top 10 checked at the end.',
    file: 'scenarios/quickstart.json',
    seed: 42,
    settings: [],
    resolved: {
      name: 'quickstart',
      seed: 42,
      rules: { top: 10, weights: { like: 3, comment: 2, view: 1 }, zone: 'Asia/Seoul' },
      clock: { start: '2024-10-01T00:00:00', speed: 7200 },
      arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 300_000 }],
      expect: { verdict: 'pass' },
    },
  },
  machine: {
    node: 'v20.20.2',
    platform: 'Linux 6.1.0 x64',
    cpus: 2,
    cpuModel: 'AMD EPYC 7B13',
    memoryBytes: 25_000_000_000,
  },
  servers: {
    kafka: { mode: 'local', version: '4.4.0', why: 'no address given, no docker; Java 17 found' },
    redis: { mode: 'local', version: '7.0.15', why: 'no address given, no docker; redis-server found on PATH' },
  },
  load: {
    plannedEvents: 300_000,
    eventsByType: {
      ARTICLE_CREATED: 19_931,
      ARTICLE_UPDATED: 996,
      ARTICLE_DELETED: 199,
      COMMENT_CREATED: 27_300,
      COMMENT_DELETED: 2720,
      ARTICLE_LIKED: 54_600,
      ARTICLE_UNLIKED: 4094,
      ARTICLE_VIEWED: 190_160,
    },
    articles: 19_931,
    ok: 300_000,
    fail: 0,
    info: 0,
    bytes: 61_800_000,
    eventsByPartition: [104_211, 98_230, 97_559],
    loadMs: 15_018,
    drainMs: 312,
    eventsPerSecond: 19_412.7,
    pace: 'paced',
    harnessRssBytesMax: 214_000_000,
  },
  latency: { sendDelay: latencyOf(1.2), send: latencyOf(9), endToEnd: latencyOf(24), apply: latencyOf(3.1, 4000) },
  days: [{ day: '20241001', expected: EXPECTED, found: EXPECTED.map(foundRow) }],
};

function foundRow({ rank, articleId, score }: ListRow) {
  return { rank, articleId, score };
}

/** The fourth article lost likes and so fell behind the fifth. */
function wrongList() {
  const rows = EXPECTED.map(foundRow);
  const [fourth, fifth] = [EXPECTED[3], EXPECTED[4]];
  if (!fourth || !fifth) return rows;
  rows.splice(3, 2, { ...foundRow(fifth), rank: 4 }, { ...foundRow(fourth), rank: 5, score: fourth.score - 2400 });
  return rows;
}

const LOST = EXPECTED[3]?.articleId ?? '';
const TAIL = EXPECTED[9]?.articleId ?? '';

export const FAIL: RunRecord = {
  ...PASS,
  runId: '20261123-154108-0c3d',
  exitCode: 1,
  verdict: {
    outcome: 'fail',
    checks: [
      ...(PASS.verdict?.checks.slice(0, 3) ?? []),
      {
        check: 'lists',
        outcome: 'fail',
        seen: '19 rows of 2 days; 20 must be listed if no unknown send counts',
        findingCount: 2,
        findings: [
          {
            day: '20241001',
            articleId: LOST,
            message: `20241001 #5: article ${LOST} has score 17466, expected 19866 (3 x 1090 likes + 2 x 288 comments + 1 x 16020 views)`,
            expected: 19_866,
            found: 17_466,
          },
          {
            day: '20241002',
            articleId: TAIL,
            message: `20241002: article ${TAIL} is missing, expected with score 16195: the list is not full`,
            expected: 16_195,
            found: 'not listed',
          },
        ],
      },
      {
        check: 'delivery',
        outcome: 'unknown',
        seen: 'nothing',
        findings: [],
        findingCount: 0,
        reason: 'the consumer does not show its counts',
      },
      passed('dead letters', '0 dead letters'),
    ],
    thresholds: [
      { threshold: 'endToEnd p99 < 50', ok: false, actual: 88.3, unit: 'ms' },
      { threshold: 'drain < 10000', ok: false, actual: null, unit: 'ms' },
      { threshold: 'throughput > 10000', ok: true, actual: 19_412.7, unit: 'events/s' },
    ],
  },
  scenario: { ...PASS.scenario, seed: 7, settings: ['seed=7', 'topics.partitions=6', 'description=two words'] },
  ...(PASS.load
    ? { load: { ...PASS.load, drainMs: null, eventsByPartition: [150_004, 30_211, 29_870, 30_105, 29_904, 29_906] } }
    : {}),
  latency: { sendDelay: latencyOf(1.2), send: latencyOf(9), endToEnd: latencyOf(24) },
  days: [
    { day: '20241001', expected: EXPECTED, found: wrongList() },
    { day: '20241002', expected: EXPECTED, found: EXPECTED.slice(0, 9).map(foundRow) },
  ],
};

const { verdict: _verdict, load: _load, latency: _latency, servers: _servers, ...BARE } = PASS;

export const INTERRUPTED: RunRecord = {
  ...BARE,
  runId: '20261123-160000-ffff',
  status: 'interrupted',
  exitCode: 130,
  error: { message: 'stage load, 8,213 of 100,000 events acknowledged' },
  days: [],
};

export const NOT_RUN: RunRecord = {
  ...BARE,
  runId: '20261123-160100-0001',
  status: 'failed',
  exitCode: 69,
  error: { message: 'no Kafka answers at 127.0.0.1:9092', hint: 'start one with `sim up`, or leave --brokers away' },
  days: [],
};
