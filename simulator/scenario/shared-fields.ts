// simulator/scenario/shared-fields.ts — What every scenario says, wherever its events come from: each field with its unit, default and meaning.
import { z } from 'zod';
import { isZone } from '../../contract/calendar.js';
import { DEFAULT_RULES } from '../../contract/rules.js';
import { checkFault, faultSchema } from './fault.js';
import type { Issue } from './issue.js';
import { matrixSchema } from './matrix.js';
import { producerSchema } from './producer.js';
import { checkThreshold, thresholdSchema } from './threshold.js';

const count = z.int().min(0);
const positive = z.int().min(1);

const rules = z
  .strictObject({
    top: z.int().min(1).max(1000).default(DEFAULT_RULES.top).describe('Rows in a day’s list.'),
    weights: z
      .strictObject({
        like: z.int().min(0).default(DEFAULT_RULES.weights.like),
        comment: z.int().min(0).default(DEFAULT_RULES.weights.comment),
        view: z.int().min(0).default(DEFAULT_RULES.weights.view),
        commenter: z
          .int()
          .min(0)
          .default(DEFAULT_RULES.weights.commenter)
          .describe('Of each user with a comment of the day that still stands, whatever their comments’ number.'),
      })
      .prefault({})
      .describe('score = like x likes + comment x comments + view x views + commenter x users who commented.'),
    zone: z
      .string()
      .refine(isZone, { error: 'expected an IANA time zone such as Asia/Seoul' })
      .default(DEFAULT_RULES.zone)
      .describe('IANA zone whose local dates are the days.'),
    publishedAfterMinutes: count
      .default(DEFAULT_RULES.publishedAfterMinutes)
      .describe('Minutes after the day’s end at which clients are first given it.'),
    historyDays: positive.default(DEFAULT_RULES.historyDays).describe('Published days that can still be read.'),
  })
  .prefault({});

export const speed = z
  .number()
  .positive()
  .max(1_000_000)
  .default(1440)
  .describe('Event time per wall time: 1440 is a day in a minute.');

/** Fields of a strict object. */
export const sharedFields = {
  $schema: z.string().optional(),
  extends: z
    .string()
    .optional()
    .describe('Path of a scenario, from this file, whose values stand where this one gives none.'),
  description: z.string().min(1).describe('What this scenario shows, in one or two sentences.'),
  seed: z.int().min(0).max(4_294_967_295).default(42).describe('Decides every random draw.'),
  rules,
  pace: z.enum(['paced', 'max']).default('paced').describe('max: as fast as it goes, to measure throughput.'),
  topics: z
    .strictObject({
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,100}$/)
        .default('board'),
      partitions: z.int().min(1).max(256).default(3),
      replicationFactor: z.int().min(1).max(3).default(1),
      minInSyncReplicas: z.int().min(1).max(3).default(1),
    })
    .prefault({}),
  viewsPerEvent: z.int().min(1).max(10_000).default(1).describe('Views that one view event stands for.'),
  producer: producerSchema,
  consumers: z.int().min(1).max(64).default(1).describe('Consumer processes.'),
  consumer: z
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
    .describe('How each consumer process is set.'),
  redis: z
    .strictObject({
      persistence: z
        .enum(['none', 'rdb', 'aof'])
        .default('none')
        .describe('What it has when it starts again: nothing, its last snapshot, or all that it acknowledged.'),
    })
    .prefault({})
    .describe('The Redis that is started for a run with faults.'),
  faults: z.array(faultSchema).max(100).default([]).describe('What breaks during the load, and is mended again.'),
  swarm: z.boolean().default(false).describe('Each seed enables some of the faults only, at least one.'),
  articleRead: z
    .strictObject({
      instances: z.int().min(0).max(64).default(0).describe('Its processes; with 0 it is not run.'),
    })
    .prefault({})
    .describe(
      'The article-read service: a second consumer group on the same topics, with a read model of each article.',
    ),
  drainTimeoutSeconds: positive.default(120).describe('Lag must reach 0 within this time after the load.'),
  judge: z
    .strictObject({
      log: z
        .enum(['auto', 'always', 'on-failure', 'never'])
        .default('auto')
        .describe('When the topics are read again after the run; auto: up to a million events, and on failure.'),
    })
    .prefault({}),
  thresholds: z.array(thresholdSchema).default([]),
  matrix: matrixSchema,
  expect: z
    .strictObject({
      verdict: z.enum(['pass', 'fail', 'unknown']).default('pass'),
      finding: z
        .string()
        .min(1)
        .optional()
        .describe('What it must find: the name of a bug, such as TRIM_LOSS, or of a check, such as lists.'),
    })
    .prefault({})
    .describe('What this scenario must end with.'),
};

const sharedSchema = z.strictObject(sharedFields);

/** @param phases names of the phases that thresholds and faults may be of */
export function checkShared(scenario: z.infer<typeof sharedSchema>, phases: readonly string[], issue: Issue): void {
  const {
    expect,
    thresholds,
    faults,
    producer,
    topics,
    pace,
    consumers,
    rules: { zone },
  } = scenario;
  if (expect.finding !== undefined && expect.verdict === 'pass') {
    issue(['expect', 'finding'], 'nothing can be found where the verdict is to be pass; set expect.verdict to fail');
  }
  thresholds.forEach((one, index) => {
    checkThreshold(one, phases, (path, message) => issue(['thresholds', index, ...path], message));
  });
  const producers = Math.min(producer.clients, topics.partitions);
  const around = { phases, zone, pace, consumers, producers, partitions: topics.partitions };
  faults.forEach((one, index) => {
    checkFault(one, around, (path, message) => issue(['faults', index, ...path], message));
  });
  if (producer.idempotent && producer.acks !== 'all') {
    issue(['producer', 'idempotent'], 'needs acks "all": without it nobody knows what was written');
  }
  if (topics.minInSyncReplicas > topics.replicationFactor) {
    issue(['topics', 'minInSyncReplicas'], 'is larger than replicationFactor: nothing could be sent with acks=all');
  }
}
