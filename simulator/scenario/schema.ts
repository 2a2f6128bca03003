// simulator/scenario/schema.ts — The scenario language: every field with its unit, default and meaning.
import { z } from 'zod';
import { isZone, parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import { DEFAULT_RULES } from '../../contract/rules.js';
import { aimSchema, deliverySchema } from './aim.js';
import { checkFault, faultSchema } from './fault.js';
import type { Issue } from './issue.js';
import { matrixSchema } from './matrix.js';
import { checkMix, mixSchema } from './mix.js';
import { arrivalsSchema, checkArrivals } from './phase.js';
import { checkHalfLife, popularitySchema } from './popularity.js';
import { producerSchema } from './producer.js';
import { checkThreshold, thresholdSchema } from './threshold.js';

const DAY_MS = 86_400_000;
const count = z.int().min(0);
const positive = z.int().min(1);
const share = z.number().min(0).max(1);

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

const articles = z.strictObject({
  perDay: positive.describe('Articles created in 24 hours of event time.'),
  older: count.default(500).describe('Articles of the day before that still draw traffic; their events never count.'),
  updateRate: share.default(0.05).describe('Updates per article.'),
  deleteRate: share.default(0.01).describe('Share of articles that are deleted.'),
  lifetimeHours: z
    .number()
    .positive()
    .optional()
    .describe('After this time an article draws no events any more; without it attention only fades.'),
});

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    extends: z
      .string()
      .optional()
      .describe('Path of a scenario, from this file, whose values stand where this one gives none.'),
    description: z.string().min(1).describe('What this scenario shows, in one or two sentences.'),
    seed: z.int().min(0).max(4_294_967_295).default(42).describe('Decides every random draw.'),
    rules,
    clock: z
      .strictObject({
        start: z.string().default('2024-10-01T00:00:00').describe('Local date-time in the rules’ zone.'),
        speed: z
          .number()
          .positive()
          .max(1_000_000)
          .default(1440)
          .describe('Event time per wall time: 1440 is a day in a minute.'),
      })
      .prefault({}),
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
    scale: z.number().positive().max(1000).default(1).describe('Multiplies events and articles.'),
    partitioning: z
      .enum(['articleId', 'shard4', 'round-robin', 'explicit'])
      .default('articleId')
      .describe(
        'articleId: the key is the article’s id, the partition its murmur2; shard4: the key is a shard of 0..3; round-robin: partitions in turn; explicit: a partition that the key would not give.',
      ),
    articles,
    popularity: popularitySchema,
    users: positive.max(1_000_000_000).default(100_000).describe('Users; each likes an article at most once.'),
    content: z
      .strictObject({
        locale: z.enum(['ko', 'en']).default('ko'),
        dates: z
          .enum(['iso', 'array'])
          .default('iso')
          .describe('Form of date-times in payloads: 2024-10-01T09:30:15.123, or [2024,10,1,9,30,15,123000000].'),
        poolSize: z.int().min(16).max(65_536).default(1024).describe('Distinct titles, and distinct comments.'),
        bodySentences: z
          .strictObject({ min: positive.max(200).default(1), max: positive.max(200).default(3) })
          .prefault({})
          .describe('Length of an article’s content.'),
      })
      .prefault({}),
    arrivals: arrivalsSchema,
    days: positive.max(366).default(1).describe('Plays the arrivals once a day, on so many days in a row.'),
    mix: mixSchema,
    viewsPerEvent: z.int().min(1).max(10_000).default(1).describe('Views that one view event stands for.'),
    delivery: deliverySchema.prefault({}),
    aim: z.array(aimSchema).default([]).describe('Directed moves, for what chance does not find.'),
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
  })
  .superRefine((scenario, context) => {
    const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
    if (scenario.expect.finding !== undefined && scenario.expect.verdict === 'pass') {
      issue(['expect', 'finding'], 'nothing can be found where the verdict is to be pass; set expect.verdict to fail');
    }
    const startMs = parseLocal(scenario.clock.start, scenario.rules.zone);
    if (startMs === undefined) {
      const example = '2024-10-01T00:00:00';
      issue(['clock', 'start'], `expected a local date-time such as ${example}, found "${scenario.clock.start}"`);
    } else if (startMs < SNOWFLAKE_EPOCH_MS + 2 * DAY_MS) {
      issue(['clock', 'start'], 'is too early: ids count from 2024-01-01, and articles of the day before are needed');
    }
    checkMix(scenario.mix, issue);
    checkArrivals(scenario.arrivals, scenario.days, issue);
    checkHalfLife(scenario.popularity.attentionHalfLifeHours, scenario, issue);
    const phases = scenario.arrivals.map(({ name }) => name);
    scenario.thresholds.forEach((one, index) => {
      checkThreshold(one, phases, (path, message) => issue(['thresholds', index, ...path], message));
    });
    const { pace, consumers, topics } = scenario;
    scenario.delivery.wrongClocks.forEach(({ lane }, index) => {
      const path = ['delivery', 'wrongClocks', index, 'lane'];
      if (lane >= topics.partitions) issue(path, `there are lanes 0 to ${topics.partitions - 1}, one a partition`);
    });
    const producers = Math.min(scenario.producer.clients, topics.partitions);
    const around = { phases, zone: scenario.rules.zone, pace, consumers, producers, partitions: topics.partitions };
    scenario.faults.forEach((one, index) => {
      checkFault(one, around, (path, message) => issue(['faults', index, ...path], message));
    });
    if (scenario.producer.idempotent && scenario.producer.acks !== 'all') {
      issue(['producer', 'idempotent'], 'needs acks "all": without it nobody knows what was written');
    }
    const { bodySentences } = scenario.content;
    if (bodySentences.min > bodySentences.max) issue(['content', 'bodySentences', 'min'], 'is larger than max');
    if (scenario.topics.minInSyncReplicas > scenario.topics.replicationFactor) {
      issue(['topics', 'minInSyncReplicas'], 'is larger than replicationFactor: nothing could be sent with acks=all');
    }
  });

/** A complete scenario: what the file says, with every default filled in. */
export type Scenario = z.infer<typeof scenarioSchema> & {
  /** The file's base name. */
  readonly name: string;
};
export type Phase = Scenario['arrivals'][number];
export type { Aim, DeliveryPlan } from './aim.js';
export type { FaultKind, FaultSpec } from './fault.js';
export type { FaultTime, FaultTimes } from './fault-time.js';
