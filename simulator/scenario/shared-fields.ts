// simulator/scenario/shared-fields.ts — What every scenario says, wherever its events come from: each field with its unit, default and meaning.
import { z } from 'zod';
import { faultSchema } from './fault.js';
import { matrixSchema } from './matrix.js';
import { producerSchema } from './producer.js';
import { rulesSchema, zoneSchema } from './rules.js';
import { thresholdSchema } from './threshold.js';

const positive = z.int().min(1);

/** Each kind of scenario adds where the clock starts. */
export const clockFields = {
  zone: zoneSchema.optional().describe('IANA zone in which start is written; without it that of the rules.'),
  speed: z
    .number()
    .positive()
    .max(1_000_000)
    .default(1440)
    .describe('Event time per wall time: 1440 is a day in a minute.'),
};

const topics = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,100}$/)
      .default('board')
      .describe('The topics are <prefix>-article, -comment, -like and -view, behind the run’s own prefix.'),
    partitions: positive.max(256).default(3).describe('Of each topic.'),
    replicationFactor: positive.max(3).default(1).describe('Copies of each partition; above 1 three brokers start.'),
    minInSyncReplicas: positive.max(3).default(1).describe('Copies that must have a record before acks "all" answers.'),
  })
  .prefault({})
  .describe('The four topics, which are the run’s own.');

const consumer = z
  .strictObject({
    sessionTimeoutMs: z
      .int()
      .min(6000)
      .max(300_000)
      .default(30_000)
      .describe('The group gives up on a silent consumer after this time.'),
    commitIntervalMs: z.int().min(50).max(60_000).default(500).describe('Between commits of offsets to Kafka.'),
  })
  .prefault({})
  .describe('How each consumer process is set.');

const redis = z
  .strictObject({
    persistence: z
      .enum(['none', 'rdb', 'aof'])
      .default('none')
      .describe('What it has when it starts again: nothing, its last snapshot, or all that it acknowledged.'),
  })
  .prefault({})
  .describe('The Redis that is started for a run with faults.');

const articleRead = z
  .strictObject({
    instances: z.int().min(0).max(64).default(0).describe('Its processes; with 0 it is not run.'),
  })
  .prefault({})
  .describe('The article-read service: a second consumer group on the same topics, with a read model of each article.');

const judge = z
  .strictObject({
    log: z
      .enum(['auto', 'always', 'on-failure', 'never'])
      .default('auto')
      .describe('When the topics are read again after the run; auto: up to a million events, and on failure.'),
  })
  .prefault({})
  .describe('How the run is judged.');

const expect = z
  .strictObject({
    verdict: z.enum(['pass', 'fail', 'unknown']).default('pass').describe('The verdict.'),
    finding: z
      .string()
      .min(1)
      .optional()
      .describe('What it must find: the name of a bug, such as TRIM_LOSS, or of a check, such as lists.'),
    failing: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The checks that must fail, such as drained; no other may.'),
  })
  .prefault({})
  .describe('What this scenario must end with.');

/** Fields of a strict object. */
export const sharedFields = {
  $schema: z.string().optional().describe('Path of scenario.schema.json, for editors.'),
  extends: z
    .string()
    .optional()
    .describe('Path of a scenario, from this file, whose values stand where this one gives none.'),
  description: z.string().min(1).describe('What this scenario shows, in one or two sentences.'),
  seed: z.int().min(0).max(4_294_967_295).default(42).describe('Decides every random draw.'),
  rules: rulesSchema,
  pace: z.enum(['paced', 'max']).default('paced').describe('max: as fast as it goes, to measure throughput.'),
  topics,
  viewsPerEvent: positive.max(10_000).default(1).describe('Views that one view event stands for.'),
  producer: producerSchema,
  consumers: positive.max(64).default(1).describe('Consumer processes.'),
  consumer,
  redis,
  faults: z.array(faultSchema).max(100).default([]).describe('What breaks during the load, and is mended again.'),
  swarm: z.boolean().default(false).describe('Each seed enables some of the faults only, at least one.'),
  articleRead,
  drainTimeoutSeconds: positive.default(120).describe('Lag must reach 0 within this time after the load.'),
  judge,
  thresholds: z.array(thresholdSchema).default([]).describe('Bounds on figures; exit code 3 where one is missed.'),
  matrix: matrixSchema,
  expect,
};

const sharedSchema = z.strictObject(sharedFields);

export type SharedFields = z.infer<typeof sharedSchema>;
