// simulator/scenario/mix.ts — Which events articles receive, relative to each other.
import { z } from 'zod';
import type { Issue } from './issue.js';

const weight = z.number().min(0).max(1e9).describe('Relative to the other weights.');

export const mixSchema = z
  .strictObject({
    view: weight.default(80),
    like: weight.default(10),
    unlike: weight.default(2),
    comment: weight.default(7),
    commentDelete: weight.default(1),
  })
  .prefault({})
  .describe('Weights of the events that articles receive; creations, updates and deletions follow from `articles`.');

export function checkMix(weights: z.infer<typeof mixSchema>, issue: Issue): void {
  const { view, like, unlike, comment, commentDelete } = weights;
  if (view + like + unlike + comment + commentDelete === 0) issue(['mix'], 'every weight is 0: no events would follow');
  if (unlike > like)
    issue(['mix', 'unlike'], `is larger than like (${like}): more likes would be taken back than given`);
  if (commentDelete > comment) issue(['mix', 'commentDelete'], `is larger than comment (${comment})`);
}
