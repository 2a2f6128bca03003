// simulator/scenario/generated.ts — A scenario whose events are drawn: how many articles and events there are, when, and of what kind.
import { z } from 'zod';
import { aimSchema, deliverySchema } from './aim.js';
import { mixSchema } from './mix.js';
import { arrivalsSchema } from './phase.js';
import { popularitySchema } from './popularity.js';
import { clockFields, sharedFields } from './shared-fields.js';
import { articlesSchema, contentSchema, usersSchema } from './world.js';

/** A scenario that gives its events cannot have these. */
export const generatedFields = {
  scale: z.number().positive().max(1000).default(1).describe('Multiplies events and articles.'),
  partitioning: z
    .enum(['articleId', 'shard4', 'round-robin', 'explicit'])
    .default('articleId')
    .describe(
      'articleId: the key is the article’s id, the partition its murmur2; shard4: the key is a shard of 0..3; round-robin: partitions in turn; explicit: a partition that the key would not give.',
    ),
  articles: articlesSchema,
  popularity: popularitySchema,
  users: usersSchema,
  content: contentSchema,
  arrivals: arrivalsSchema,
  days: z.int().min(1).max(366).default(1).describe('Plays the arrivals once a day, on this many days in a row.'),
  mix: mixSchema,
  delivery: deliverySchema.prefault({}).describe('How imperfectly events are sent; default: once, and in time.'),
  aim: z.array(aimSchema).max(100).default([]).describe('Directed moves, for what chance does not find.'),
};

/** Checks each part alone; `generated-checks.ts` checks them together. */
export const generatedSchema = z.strictObject({
  ...sharedFields,
  ...generatedFields,
  clock: z
    .strictObject({
      start: z.string().default('2024-10-01T00:00:00').describe('Local date-time at which the load begins.'),
      ...clockFields,
    })
    .prefault({})
    .describe('When event time starts, and how fast it runs.'),
});

export type GeneratedFields = z.infer<typeof generatedSchema>;
