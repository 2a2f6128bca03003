// simulator/scenario/generated.ts — A scenario whose events are drawn: how many articles and events there are, when, and of what kind.
import { z } from 'zod';
import { parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import { aimSchema, deliverySchema } from './aim.js';
import type { Issue } from './issue.js';
import { checkMix, mixSchema } from './mix.js';
import { arrivalsSchema, checkArrivals } from './phase.js';
import { checkHalfLife, popularitySchema } from './popularity.js';
import { checkShared, sharedFields, speed } from './shared-fields.js';

const DAY_MS = 86_400_000;
const count = z.int().min(0);
const positive = z.int().min(1);
const share = z.number().min(0).max(1);

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

/** They have no sense where the events themselves are given. */
export const generatedFields = {
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
  delivery: deliverySchema.prefault({}),
  aim: z.array(aimSchema).default([]).describe('Directed moves, for what chance does not find.'),
};

export const generatedSchema = z
  .strictObject({
    ...sharedFields,
    ...generatedFields,
    clock: z
      .strictObject({
        start: z.string().default('2024-10-01T00:00:00').describe('Local date-time in the rules’ zone.'),
        speed,
      })
      .prefault({}),
  })
  .superRefine((scenario, context) => {
    const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
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
    checkShared(scenario, phases, issue);
    const { partitions } = scenario.topics;
    scenario.delivery.wrongClocks.forEach(({ lane }, index) => {
      const path = ['delivery', 'wrongClocks', index, 'lane'];
      if (lane >= partitions) issue(path, `there are lanes 0 to ${partitions - 1}, one a partition`);
    });
    const { bodySentences } = scenario.content;
    if (bodySentences.min > bodySentences.max) issue(['content', 'bodySentences', 'min'], 'is larger than max');
  });
