// simulator/scenario/world.ts — Who and what there is: articles, users, and their texts.
import { z } from 'zod';

const share = z.number().min(0).max(1);
const positive = z.int().min(1);

export const articlesSchema = z
  .strictObject({
    perDay: positive.describe('Articles created in 24 hours of event time.'),
    older: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(500)
      .describe('Articles of the day before that still draw traffic; their events never count.'),
    updateRate: share.default(0.05).describe('Updates per article.'),
    deleteRate: share.default(0.01).describe('Share of articles that are deleted.'),
    lifetimeHours: z
      .number()
      .positive()
      .optional()
      .describe('After this time an article draws no events any more; without it attention only fades.'),
  })
  .describe('How many articles come, change and go.');

export const usersSchema = positive
  .max(1_000_000_000)
  .default(100_000)
  .describe('Users; each likes an article at most once.');

const sentences = positive.max(200);

export const contentSchema = z
  .strictObject({
    locale: z.enum(['ko', 'en']).default('ko').describe('Language of titles, contents and comments.'),
    dates: z
      .enum(['iso', 'array'])
      .default('iso')
      .describe('Form of date-times in payloads: 2024-10-01T09:30:15.123, or [2024,10,1,9,30,15,123000000].'),
    poolSize: z.int().min(16).max(65_536).default(1024).describe('Distinct titles, and distinct comments.'),
    bodySentences: z
      .strictObject({
        min: sentences.default(1).describe('Sentences of the shortest content.'),
        max: sentences.default(3).describe('Sentences of the longest content.'),
      })
      .prefault({})
      .describe('Length of an article’s content, in sentences of about 100 bytes.'),
  })
  .prefault({})
  .describe('Texts of articles and comments, which decide how large records are.');
