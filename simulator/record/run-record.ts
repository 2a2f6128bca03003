// simulator/record/run-record.ts — The run record: all that a report, or a later judgement, needs to know of a run.
import { z } from 'zod';
import type { FaultResult } from '../history/fault-result.js';
import { diagnosisSchema } from './diagnosis-record.js';
import { daySchema, publicationSchema, stalenessSchema } from './lists-record.js';
import { latenciesSchema, loadSchema, logSchema, phaseSchema, total } from './load-record.js';
import type { Recorded } from './parsed.js';
import { verdictSchema } from './verdict-record.js';

export const RECORD_VERSION = 1;

const serverSchema = z.object({ mode: z.string(), why: z.string(), version: z.string().exactOptional() });

/** The consumer that was put under test by `--sut`. */
const sutSchema = z.object({
  name: z.string(),
  file: z.string(),
  description: z.string(),
  /** Its known deviations from the rules. */
  traits: z.array(z.string()),
});

const machineSchema = z.object({
  node: z.string(),
  platform: z.string(),
  cpus: total,
  cpuModel: z.string(),
  memoryBytes: total,
});

const milliseconds = z.number().nullable();

/** The history has this type, too, so it lies there. */
const faultSchema: z.ZodType<FaultResult> = z.object({
  kind: z.string(),
  target: z.string(),
  injectedAtMs: milliseconds,
  healedAtMs: milliseconds,
  receipt: z
    .object({
      proven: z.boolean(),
      facts: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
    })
    .exactOptional(),
  recovery: z
    .object({ detectedMs: milliseconds, firstProgressMs: milliseconds, caughtUpMs: milliseconds })
    .exactOptional(),
  problem: z.string().exactOptional(),
});

export const recordSchema = z.object({
  recordVersion: z.literal(RECORD_VERSION),
  simVersion: z.string(),
  runId: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  status: z.enum(['completed', 'interrupted', 'failed']),
  /** What ended the run; only with `interrupted` and `failed`. */
  error: z.object({ message: z.string(), hint: z.string().exactOptional() }).exactOptional(),
  exitCode: z.int().min(0).max(255),
  /** Absent when the run ended before it could be judged. */
  verdict: verdictSchema.exactOptional(),
  scenario: z.object({
    name: z.string(),
    description: z.string(),
    file: z.string(),
    seed: z.number(),
    /** `--set` patches, already applied in `resolved`. */
    settings: z.array(z.string()),
    /** The complete scenario, defaults filled in. */
    resolved: z.unknown(),
  }),
  /** Absent when the consumer that comes with sim was under test. */
  sut: sutSchema.exactOptional(),
  /** The command that plays the same events again. */
  replay: z.string().exactOptional(),
  machine: machineSchema,
  servers: z.object({ kafka: serverSchema, redis: serverSchema }).exactOptional(),
  load: loadSchema.exactOptional(),
  /** Latencies of the whole load without warm-ups. */
  latency: latenciesSchema.exactOptional(),
  phases: z.array(phaseSchema).exactOptional(),
  days: z.array(daySchema),
  /** Absent when the topics were not read again. */
  log: logSchema.exactOptional(),
  /** Absent without pacing, or when the topics were not read again. */
  staleness: z.array(stalenessSchema).exactOptional(),
  /** Absent when no day was published in the run. */
  publications: z.array(publicationSchema).exactOptional(),
  /** Absent when the scenario has none. */
  faults: z.array(faultSchema).exactOptional(),
  /** Only when lists or counts are wrong, and the topics were read again. */
  diagnosis: diagnosisSchema.exactOptional(),
  /** The checksum of history.v8.gz, in hex; absent in old records, and when no history was kept. */
  historySha256: z.string().exactOptional(),
  /** What limits the meaning of the figures, one sentence each. */
  warnings: z.array(z.string()).exactOptional(),
});

export type RunRecord = Recorded<typeof recordSchema>;
export type SutRecord = Recorded<typeof sutSchema>;
export type Server = Recorded<typeof serverSchema>;
