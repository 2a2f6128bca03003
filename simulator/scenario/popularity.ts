// simulator/scenario/popularity.ts — Who draws attention, and for how long.
import { z } from 'zod';
import type { Issue } from './issue.js';

const share = z.number().min(0).max(1);

export const popularitySchema = z
  .strictObject({
    model: z.enum(['pareto', 'zipf', 'uniform']).default('pareto').describe('How attention is spread over articles.'),
    zipfExponent: z.number().min(0).max(3).default(0.8).describe('For zipf: larger is heavier.'),
    olderShare: share
      .optional()
      .describe('Share of the events for articles of earlier days; default: what their attention draws.'),
    hotPartitionShare: share
      .optional()
      .describe('Share of all events for partition index 0; default: all indexes get the same.'),
    paretoShape: z
      .number()
      .min(0.5)
      .max(10)
      .default(1.3)
      .describe('For pareto: tail of the attraction of articles; smaller is heavier.'),
    attentionHalfLifeHours: z
      .number()
      .positive()
      .default(6)
      .describe('After this time an article draws half the attention.'),
  })
  .prefault({})
  .describe('Which articles draw the events.');

/** With more half-lives the attention of late articles, relative to the first, would pass the range of numbers. */
const MAX_HALF_LIVES = 900;

export function checkHalfLife(
  halfLifeHours: number,
  { arrivals, days }: { readonly arrivals: readonly { readonly durationHours: number }[]; readonly days: number },
  issue: Issue,
): void {
  const hours = arrivals.reduce((sum, { durationHours }) => sum + durationHours, 0);
  const all = days > 1 ? Math.max(hours, 24) * days : hours;
  const least = all / MAX_HALF_LIVES;
  if (halfLifeHours >= least) return;
  issue(['popularity', 'attentionHalfLifeHours'], `is too short for a load of ${all} hours: at least ${least}`);
}
