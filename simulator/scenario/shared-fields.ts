// simulator/scenario/shared-fields.ts — The fields of every scenario, each with its unit, default and meaning.
import { z } from 'zod';
import { faultSchema } from './fault.js';
import { matrixSchema } from './matrix.js';
import { producerSchema } from './producer.js';
import { rulesSchema, zoneSchema } from './rules.js';
import { thresholdSchema } from './threshold.js';

const positive = z.int().min(1);

/** `start` is added by each kind of scenario. */
export const clockFields = {
  zone: zoneSchema.optional().describe('IANA zone in which start is written; default: that of the rules.'),
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
    partitions: positive.max(256).default(3).describe('Partitions of each topic.'),
    replicationFactor: positive.max(3).default(1).describe('Copies of each partition; above 1 three brokers start.'),
    compacted: z
      .boolean()
      .default(false)
      .describe('Always false. Compaction takes events away while a consumer reads, so nobody could judge it.'),
    minInSyncReplicas: positive.max(3).default(1).describe('Copies that must have a record before acks "all" answers.'),
  })
  .prefault({})
  .describe('The four topics that the run creates for itself.');

const consumer = z
  .strictObject({
    sessionTimeoutMs: z
      .int()
      .min(6000)
      .max(300_000)
      .default(30_000)
      .describe('After this silence the group takes a consumer for dead.'),
    commitIntervalMs: z.int().min(50).max(60_000).default(500).describe('Time between commits of offsets to Kafka.'),
  })
  .prefault({})
  .describe('How each consumer process is set.');

const redis = z
  .strictObject({
    persistence: z
      .enum(['none', 'rdb', 'aof'])
      .default('none')
      .describe('Data after a restart: none, the last snapshot, or all that was acknowledged.'),
  })
  .prefault({})
  .describe('The Redis that is started for a run with faults.');

const articleRead = z
  .strictObject({
    instances: z.int().min(0).max(64).default(0).describe('Processes of the service; 0 runs none.'),
  })
  .prefault({})
  .describe('The article-read service: a second consumer group on the same topics, with a read model of each article.');

const judge = z
  .strictObject({
    log: z
      .enum(['auto', 'always', 'on-failure', 'never'])
      .default('auto')
      .describe('When the topics are read again after the run. auto: up to a million events, and on failure.'),
  })
  .prefault({})
  .describe('How the run is judged.');

const expect = z
  .strictObject({
    verdict: z.enum(['pass', 'fail', 'unknown']).default('pass').describe('The verdict that it must have.'),
    finding: z
      .string()
      .min(1)
      .optional()
      .describe('What the run must find: a bug, such as TRIM_LOSS, or a check, such as lists.'),
    failing: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Checks that must fail, such as drained; no other may fail.'),
  })
  .prefault({})
  .describe('What this scenario must end with.');

export const sharedFields = {
  $schema: z.string().optional().describe('Path of scenario.schema.json, for editors.'),
  extends: z
    .string()
    .optional()
    .describe('Path of another scenario, relative to this file. Its values stand where this file gives none.'),
  description: z.string().min(1).describe('What this scenario shows, in one or two sentences.'),
  seed: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(42)
    .describe('Decides every random draw: the same seed gives the same events.'),
  rules: rulesSchema,
  pace: z
    .enum(['paced', 'max'])
    .default('paced')
    .describe('paced: events are sent at their time. max: as fast as possible, to measure throughput.'),
  topics,
  viewsPerEvent: positive.max(10_000).default(1).describe('Views that one view event stands for.'),
  producer: producerSchema,
  consumers: positive.max(64).default(1).describe('Consumer processes.'),
  consumer,
  redis,
  faults: z.array(faultSchema).max(100).default([]).describe('What breaks during the load, and is healed again.'),
  swarm: z.boolean().default(false).describe('The seed enables only some of the faults, at least one.'),
  articleRead,
  drainTimeoutSeconds: positive
    .max(86_400)
    .default(120)
    .describe('The lag must reach 0 within this time after the load.'),
  judge,
  thresholds: z
    .array(thresholdSchema)
    .max(1000)
    .default([])
    .describe('Bounds on figures; a missed one ends the run with exit code 3.'),
  matrix: matrixSchema,
  expect,
};

const sharedSchema = z.strictObject(sharedFields);

export type SharedFields = z.infer<typeof sharedSchema>;
