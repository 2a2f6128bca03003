// simulator/scenario/schema.ts — The scenario language: every field with its unit, default and meaning.
import { z } from 'zod';
import { isZone, parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import { DEFAULT_RULES } from '../../contract/rules.js';
import { aimSchema, deliverySchema } from './aim.js';
import { phaseSchema } from './phase.js';

const DAY_MS = 86_400_000;
const count = z.int().min(0);
const positive = z.int().min(1);
const share = z.number().min(0).max(1);
const weight = z.number().min(0).describe('Relative to the other weights.');

const rules = z
  .strictObject({
    top: z.int().min(1).max(1000).default(DEFAULT_RULES.top).describe('Rows in a day’s list.'),
    weights: z
      .strictObject({
        like: z.int().min(0).default(DEFAULT_RULES.weights.like),
        comment: z.int().min(0).default(DEFAULT_RULES.weights.comment),
        view: z.int().min(0).default(DEFAULT_RULES.weights.view),
      })
      .prefault({})
      .describe('score = like x likes + comment x comments + view x views.'),
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

const arrivals = z.array(phaseSchema).min(1).describe('Phases, one after the other; they may span several days.');

const articles = z.strictObject({
  perDay: positive.describe('Articles created in 24 hours of event time.'),
  older: count.default(500).describe('Articles of the day before that still draw traffic; their events never count.'),
  updateRate: share.default(0.05).describe('Updates per article.'),
  deleteRate: share.default(0.01).describe('Share of articles that are deleted.'),
});

const popularity = z
  .strictObject({
    model: z.enum(['pareto', 'zipf', 'uniform']).default('pareto').describe('How attention is spread over articles.'),
    zipfExponent: z.number().min(0).max(3).default(0.8).describe('For zipf: larger is heavier.'),
    olderShare: share.optional().describe('Share of the events that goes to articles of the day before.'),
    hotPartitionShare: share.optional().describe('Share of all events that goes to partition 0; even without it.'),
    paretoShape: z
      .number()
      .min(0.5)
      .max(10)
      .default(1.3)
      .describe('Tail of the attraction of articles; smaller is heavier.'),
    attentionHalfLifeHours: z
      .number()
      .positive()
      .default(6)
      .describe('After this time an article draws half the attention.'),
  })
  .prefault({});

const mix = z
  .strictObject({
    view: weight.default(80),
    like: weight.default(10),
    unlike: weight.default(2),
    comment: weight.default(7),
    commentDelete: weight.default(1),
  })
  .prefault({})
  .describe('Weights of the events that articles receive; creations, updates and deletions follow from `articles`.');

const producer = z
  .strictObject({
    workers: z.int().min(1).max(16).default(1).describe('Producer threads.'),
    acks: z.union([z.literal(0), z.literal(1), z.literal('all')]).default('all'),
    compression: z.enum(['none', 'gzip']).default('none'),
    lingerMs: z.int().min(0).max(10_000).default(10).describe('Longest wait for a batch to fill.'),
    batchRecords: z.int().min(1).max(1000).default(1000).describe('Most records in one send.'),
    deliveryTimeoutMs: z.int().min(1000).default(30_000).describe('After this time a send ends as failed or unknown.'),
  })
  .prefault({});

const threshold = z.strictObject({
  metric: z
    .enum(['endToEnd', 'send', 'sendDelay', 'apply', 'throughput', 'drain'])
    .describe('Latencies in ms, throughput in events/s, drain in ms.'),
  statistic: z.enum(['min', 'mean', 'p50', 'p90', 'p99', 'p999', 'max']).optional().describe('Of a latency.'),
  below: z.number().optional(),
  above: z.number().optional(),
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
    popularity,
    users: positive.max(1_000_000_000).default(100_000).describe('Users; each likes an article at most once.'),
    content: z
      .strictObject({
        locale: z.enum(['ko', 'en']).default('ko'),
        poolSize: z.int().min(16).max(65_536).default(1024).describe('Distinct titles, and distinct comments.'),
      })
      .prefault({}),
    arrivals,
    mix,
    viewsPerEvent: z.int().min(1).max(10_000).default(1).describe('Views that one view event stands for.'),
    delivery: deliverySchema.prefault({}),
    aim: z.array(aimSchema).default([]).describe('Directed moves, for what chance does not find.'),
    producer,
    consumers: z.int().min(1).max(64).default(1).describe('Consumer processes.'),
    drainTimeoutSeconds: positive.default(120).describe('Lag must reach 0 within this time after the load.'),
    judge: z
      .strictObject({
        log: z
          .enum(['auto', 'always', 'on-failure', 'never'])
          .default('auto')
          .describe('When the topics are read again after the run; auto: up to a million events, and on failure.'),
      })
      .prefault({}),
    thresholds: z.array(threshold).default([]),
    expect: z
      .strictObject({ verdict: z.enum(['pass', 'fail', 'unknown']).default('pass') })
      .prefault({})
      .describe('The verdict that this scenario must end with.'),
  })
  .superRefine((scenario, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const startMs = parseLocal(scenario.clock.start, scenario.rules.zone);
    if (startMs === undefined) {
      const example = '2024-10-01T00:00:00';
      issue(['clock', 'start'], `expected a local date-time such as ${example}, found "${scenario.clock.start}"`);
    } else if (startMs < SNOWFLAKE_EPOCH_MS + 2 * DAY_MS) {
      issue(['clock', 'start'], 'is too early: ids count from 2024-01-01, and articles of the day before are needed');
    }
    scenario.arrivals.forEach((one, index) => {
      if ((one.events === undefined) === (one.eventsPerSecond === undefined)) {
        issue(['arrivals', index], 'expected exactly one of events and eventsPerSecond');
      }
      if (one.shape === 'ramp' && one.from + one.to === 0) issue(['arrivals', index], 'from and to are both 0');
      if (one.shape === 'diurnal' && one.hourlyWeights?.every((w) => w === 0)) {
        issue(['arrivals', index, 'hourlyWeights'], 'every weight is 0');
      }
    });
    scenario.thresholds.forEach((one, index) => {
      const isLatency = one.metric !== 'throughput' && one.metric !== 'drain';
      if (isLatency === (one.statistic === undefined)) {
        issue(
          ['thresholds', index, 'statistic'],
          isLatency ? 'expected a statistic such as p99' : 'only latencies have one',
        );
      }
      if (one.below === undefined && one.above === undefined) issue(['thresholds', index], 'expected below or above');
    });
    checkMix(scenario.mix, issue);
    if (scenario.topics.minInSyncReplicas > scenario.topics.replicationFactor) {
      issue(['topics', 'minInSyncReplicas'], 'is larger than replicationFactor: nothing could be sent with acks=all');
    }
  });

function checkMix(weights: z.infer<typeof mix>, issue: (path: string[], message: string) => void): void {
  const { view, like, unlike, comment, commentDelete } = weights;
  if (view + like + unlike + comment + commentDelete === 0) issue(['mix'], 'every weight is 0: no events would follow');
  if (unlike > like) issue(['mix', 'unlike'], `is larger than like (${like}): one cannot unlike what nobody likes`);
  if (commentDelete > comment) issue(['mix', 'commentDelete'], `is larger than comment (${comment})`);
}

/** A complete scenario: what the file says, with every default filled in. */
export type Scenario = z.infer<typeof scenarioSchema> & {
  /** The file's base name. */
  readonly name: string;
};
export type Phase = Scenario['arrivals'][number];
export type { Aim, DeliveryPlan } from './aim.js';
