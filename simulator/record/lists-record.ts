// simulator/record/lists-record.ts — What a run record says of lists: at the end, under load, and when a day was published.
import { z } from 'zod';
import { total } from './load-record.js';
import type { Recorded } from './parsed.js';

/** The scores that are right, where unknown or late sends leave more than one. */
const allowedSchema = z.object({ low: z.number(), high: z.number() });
const foundRow = z.object({
  rank: z.int(),
  articleId: z.string(),
  score: z.number(),
  allowed: allowedSchema.exactOptional(),
});
const listRowSchema = foundRow.extend({ like: total, comment: total, view: total, commenter: total.exactOptional() });

export const daySchema = z.object({
  day: z.string(),
  /** The list by the rules. */
  expected: z.array(listRowSchema),
  /** The list in Redis. */
  found: z.array(foundRow),
});

/** A snapshot of a visible list under load, compared with the list that was due at that time. */
export const stalenessSchema = z.object({
  /** Since the load began. */
  atMs: z.number(),
  day: z.string(),
  /** Wall-clock age of the oldest event that the list should show and does not; 0: nothing is missing. */
  behindMs: total,
  /** Wall-clock age of the newest event that the list shows; null: it shows none. */
  newestMs: z.number().nullable(),
  /** Share of the expected rows that are in the list. */
  overlap: z.number(),
  /** Mean distance of the rows from their rank. A missing row counts as one behind the last. */
  rankDistance: total,
});

/** A day that was published during the run. Times are wall-clock ms after its publication; 0: in time. */
export const publicationSchema = z.object({
  day: z.string(),
  /** When its visible list was right; null: never. */
  rightAfterMs: z.number().nullable(),
  /** When clients were given it; null: never, or the consumer does not serve clients. */
  givenAfterMs: z.number().nullable(),
});

export type AllowedScores = Recorded<typeof allowedSchema>;
export type ListRow = Recorded<typeof listRowSchema>;
export type DayResult = Recorded<typeof daySchema>;
export type StalenessPoint = Recorded<typeof stalenessSchema>;
export type PublicationTimes = Recorded<typeof publicationSchema>;
