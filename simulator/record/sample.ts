// simulator/record/sample.ts — One line of series.ndjson. Counters are totals since the load began.
import { z } from 'zod';
import { total } from './load-record.js';
import type { Recorded } from './parsed.js';

export const sampleSchema = z.object({
  /** Since the load began. */
  atMs: z.number(),
  phase: z.string(),
  /** Events whose intended send time has come; equal to `sent` without pacing. */
  due: total,
  sent: total,
  acked: total,
  failed: total,
  unknown: total,
  /** As the consumer says; null when it has no such channel. */
  consumed: total.nullable(),
  /** Latest minus committed offset, in records, over all partitions; null when it could not be read. */
  lag: z.number().nullable(),
  /** Send latency in this interval. */
  sendP50Ms: z.number().nullable(),
  sendP99Ms: z.number().nullable(),
  /** Resident memory of the harness. */
  harnessRssBytes: total,
});

export type Sample = Recorded<typeof sampleSchema>;
