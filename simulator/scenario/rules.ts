// simulator/scenario/rules.ts — What is right: the rules of the ranking, as a scenario may change them.
import { z } from 'zod';
import { isZone } from '../../contract/calendar.js';
import { DEFAULT_RULES } from '../../contract/rules.js';

/** Scores stay exact in the doubles of Redis. */
const weight = z.int().min(0).max(1_000_000);
const { weights } = DEFAULT_RULES;

export const zoneSchema = z.string().refine(isZone, { error: 'expected an IANA time zone such as Asia/Seoul' });

export const rulesSchema = z
  .strictObject({
    top: z.int().min(1).max(1000).default(DEFAULT_RULES.top).describe('Rows in a day’s list.'),
    weights: z
      .strictObject({
        like: weight.default(weights.like).describe('Points for each like that stands.'),
        comment: weight.default(weights.comment).describe('Points for each comment that stands.'),
        view: weight.default(weights.view).describe('Points for each view.'),
        commenter: weight
          .default(weights.commenter)
          .describe('Points for each user with at least one comment of the day that stands.'),
      })
      .prefault({})
      .describe('score = like x likes + comment x comments + view x views + commenter x users who commented.'),
    zone: zoneSchema.default(DEFAULT_RULES.zone).describe('IANA zone whose local dates are the days.'),
    publishedAfterMinutes: z
      .int()
      .min(0, { error: 'a day cannot be published before it closes; expected 0 or more minutes after its end' })
      .max(525_600)
      .default(DEFAULT_RULES.publishedAfterMinutes)
      .describe('Minutes after the day’s end at which clients are first given it.'),
    historyDays: z
      .int()
      .min(1)
      .max(3660)
      .default(DEFAULT_RULES.historyDays)
      .describe('Published days that can still be read.'),
  })
  .prefault({})
  .describe('The rules of the ranking: what the run is judged by.');
