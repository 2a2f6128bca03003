// simulator/record/load-record.ts — What a run record says of the load: counts, latencies, phases, and the topics afterwards.
import { z } from 'zod';
import type { Recorded } from './parsed.js';

export const total = z.number().min(0);

/** Milliseconds. */
const latencySchema = z.object({
  count: total,
  min: total,
  mean: total,
  p50: total,
  p90: total,
  p99: total,
  p999: total,
  max: total,
  /** HdrHistogram V2 in base64; its values are microseconds. */
  histogram: z.string(),
});

export const latenciesSchema = z.object({
  /** Intended to actual send. */
  sendDelay: latencySchema.exactOptional(),
  /** Intended send to acknowledgement. */
  send: latencySchema.exactOptional(),
  /** Intended send to Redis. */
  endToEnd: latencySchema.exactOptional(),
  /** One script call. */
  apply: latencySchema.exactOptional(),
});

/** Consecutive days share a phase of one name. */
export const phaseSchema = z.object({
  name: z.string(),
  /** Left out of the latencies of the whole load. */
  warmUp: z.boolean(),
  plannedEvents: total,
  acked: total,
  /** From its first send to its last acknowledgement; null when nothing was sent. */
  eventsPerSecond: total.nullable(),
  latency: latenciesSchema,
});

export const loadSchema = z.object({
  plannedEvents: total,
  eventsByType: z.record(z.string(), total),
  articles: total,
  ok: total,
  fail: total,
  info: total,
  /** Bytes of record values. */
  bytes: total,
  eventsByPartition: z.array(total),
  /** First intended send to last acknowledgement. */
  loadMs: z.number(),
  /** Last acknowledgement to lag 0; null: never. */
  drainMs: z.number().nullable(),
  /** From the first send to lag 0. */
  eventsPerSecond: z.number(),
  pace: z.enum(['paced', 'max']),
  harnessRssBytesMax: total,
});

/** The topics as they were read again after the run, in records. */
export const logSchema = z.object({
  records: total,
  /** Planned records that are there. */
  found: total,
  /** Acknowledged records that are not there. */
  lost: total,
  /** Records beyond the planned ones, written by retries. */
  duplicated: total,
});

export type LatencySummary = Recorded<typeof latencySchema>;
export type Latencies = Recorded<typeof latenciesSchema>;
export type LatencyName = keyof Latencies;
export type PhaseResult = Recorded<typeof phaseSchema>;
export type LoadResult = Recorded<typeof loadSchema>;
export type LogCounts = Recorded<typeof logSchema>;
