// simulator/record/record-schema.ts — What run.json and series.ndjson must look like to be read.
import { z } from 'zod';
import { RECORD_VERSION, type RunRecord, type Sample } from './run-record.js';

// Unknown keys pass: a later sim may add some without a new version, and rendering again must not lose them.
const outcome = z.enum(['pass', 'fail', 'unknown']);
const scalar = z.union([z.string(), z.number()]);
const total = z.number().min(0);
const instant = z.iso.datetime();

const finding = z.looseObject({
  code: z.string().exactOptional(),
  message: z.string(),
  day: z.string().exactOptional(),
  articleId: z.string().exactOptional(),
  expected: scalar.exactOptional(),
  found: scalar.exactOptional(),
});

const check = z.looseObject({
  check: z.string(),
  outcome,
  seen: z.string(),
  findings: z.array(finding),
  findingCount: total,
  reason: z.string().exactOptional(),
  needs: z.array(z.looseObject({ text: z.string(), wasSeen: z.boolean() })).exactOptional(),
});

const threshold = z.looseObject({
  threshold: z.string(),
  ok: z.boolean(),
  actual: z.number().nullable(),
  unit: z.string(),
});

const foundRow = z.looseObject({ rank: z.int(), articleId: z.string(), score: z.number() });
const expectedRow = foundRow.extend({ like: total, comment: total, view: total, commenter: total.exactOptional() });
const day = z.looseObject({ day: z.string(), expected: z.array(expectedRow), found: z.array(foundRow) });

const latency = z.looseObject({
  count: total,
  min: total,
  mean: total,
  p50: total,
  p90: total,
  p99: total,
  p999: total,
  max: total,
  histogram: z.string(),
});

const latencies = z.looseObject({
  sendDelay: latency.exactOptional(),
  send: latency.exactOptional(),
  endToEnd: latency.exactOptional(),
  apply: latency.exactOptional(),
});

const phase = z.looseObject({
  name: z.string(),
  warmUp: z.boolean(),
  plannedEvents: total,
  acked: total,
  eventsPerSecond: total.nullable(),
  latency: latencies,
});

const server = z.looseObject({ mode: z.string(), why: z.string(), version: z.string().exactOptional() });

const load = z.looseObject({
  plannedEvents: total,
  eventsByType: z.record(z.string(), total),
  articles: total,
  ok: total,
  fail: total,
  info: total,
  bytes: total,
  eventsByPartition: z.array(total),
  loadMs: z.number(),
  drainMs: z.number().nullable(),
  eventsPerSecond: z.number(),
  pace: z.enum(['paced', 'max']),
  harnessRssBytesMax: total,
});

const counts = { like: total, comment: total, view: total };
const bug = z.looseObject({ name: z.string(), does: z.string() });
const ledgerRow = z.looseObject({
  type: z.string(),
  eventId: z.string(),
  stream: z.string(),
  partition: z.int(),
  offset: z.int(),
  timeMs: z.number(),
  dueMs: z.number(),
  before: z.looseObject(counts),
  after: z.looseObject(counts),
  withBug: z.looseObject(counts).exactOptional(),
  effect: z.string(),
  code: z.string().exactOptional(),
  stands: z.boolean(),
});
const proof = z.looseObject({
  day: z.string(),
  articleId: z.string(),
  expected: z.looseObject({ ...counts, rank: z.int().nullable(), score: z.number() }),
  arithmetic: z.string(),
  barred: z.string().exactOptional(),
  found: z.looseObject({ rank: z.int(), score: z.number() }).nullable(),
  events: total,
  ledger: z.array(ledgerRow),
  bugOfLedger: z.string().exactOptional(),
  divergence: z.string().exactOptional(),
  divergedAt: z.looseObject({ stream: z.string(), partition: z.int(), offset: z.int() }).exactOptional(),
});
const naming = z.looseObject({
  consistent: z.array(bug),
  partly: z.array(bug.extend({ share: z.number() })),
  not: z.array(z.string()),
  untested: z.array(z.string()),
});
const diagnosis = z.looseObject({
  naming,
  butForTraits: z
    .looseObject({ outcome, traits: z.array(z.string()), reason: z.string(), naming: naming.exactOptional() })
    .exactOptional(),
  proof: proof.exactOptional(),
});

const milliseconds = z.number().nullable();
const stalenessPoint = z.looseObject({
  atMs: z.number(),
  day: z.string(),
  behindMs: total,
  newestMs: milliseconds,
  overlap: z.number(),
  rankDistance: total,
});
const publication = z.looseObject({ day: z.string(), rightAfterMs: milliseconds, givenAfterMs: milliseconds });
const fact = z.looseObject({ what: z.string(), before: z.string(), after: z.string() });
const fault = z.looseObject({
  kind: z.string(),
  target: z.string(),
  injectedAtMs: milliseconds,
  healedAtMs: milliseconds,
  receipt: z.looseObject({ proven: z.boolean(), facts: z.array(fact) }).exactOptional(),
  recovery: z
    .looseObject({ detectedMs: milliseconds, firstProgressMs: milliseconds, caughtUpMs: milliseconds })
    .exactOptional(),
  problem: z.string().exactOptional(),
});

export const recordSchema: z.ZodType<RunRecord> = z.looseObject({
  recordVersion: z.literal(RECORD_VERSION),
  simVersion: z.string(),
  runId: z.string(),
  startedAt: instant,
  finishedAt: instant,
  status: z.enum(['completed', 'interrupted', 'failed']),
  error: z.looseObject({ message: z.string(), hint: z.string().exactOptional() }).exactOptional(),
  exitCode: z.int(),
  verdict: z.looseObject({ outcome, checks: z.array(check), thresholds: z.array(threshold) }).exactOptional(),
  scenario: z.looseObject({
    name: z.string(),
    description: z.string(),
    file: z.string(),
    seed: z.number(),
    settings: z.array(z.string()),
    resolved: z.unknown(),
  }),
  replay: z.string().exactOptional(),
  machine: z.looseObject({
    node: z.string(),
    platform: z.string(),
    cpus: total,
    cpuModel: z.string(),
    memoryBytes: total,
  }),
  servers: z.looseObject({ kafka: server, redis: server }).exactOptional(),
  load: load.exactOptional(),
  latency: latencies.exactOptional(),
  phases: z.array(phase).exactOptional(),
  days: z.array(day),
  log: z.looseObject({ records: total, found: total, lost: total, duplicated: total }).exactOptional(),
  staleness: z.array(stalenessPoint).exactOptional(),
  publications: z.array(publication).exactOptional(),
  faults: z.array(fault).exactOptional(),
  diagnosis: diagnosis.exactOptional(),
  sut: z
    .looseObject({ name: z.string(), file: z.string(), description: z.string(), traits: z.array(z.string()) })
    .exactOptional(),
  warnings: z.array(z.string()).exactOptional(),
});

export const sampleSchema: z.ZodType<Sample> = z.looseObject({
  atMs: z.number(),
  phase: z.string(),
  due: total,
  sent: total,
  acked: total,
  failed: total,
  unknown: total,
  consumed: total.nullable(),
  lag: z.number().nullable(),
  sendP50Ms: z.number().nullable(),
  sendP99Ms: z.number().nullable(),
  harnessRssBytes: total,
});

/** `load.ok: expected number, found "many"`; the first few of a file that is wrong in many places. */
export function problemsOf(error: z.ZodError, content: unknown): string {
  const shown = error.issues.slice(0, 3).map(({ path, message }) => {
    const found = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], content);
    const text = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 40);
    return `${path.join('.') || 'the whole'}: ${message.replace(/^Invalid input: /, '').replace(/, received .*$/, '')}, found ${text}`;
  });
  const more = error.issues.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
