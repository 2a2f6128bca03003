// simulator/record/diagnosis-record.ts — What a run record says of a wrong ranking: the bugs it shows, and the proof for one article.
import { z } from 'zod';
import { total } from './load-record.js';
import type { Recorded } from './parsed.js';
import { outcomeSchema } from './verdict-record.js';

const counts = z.object({ like: total, comment: total, view: total, commenter: total.exactOptional() });
const position = z.object({
  /** `article`, `comment`, `like` or `view`. */
  stream: z.string(),
  partition: z.int(),
  offset: z.int(),
});

/** One event of an article, in the order of intended sends. */
const ledgerRowSchema = position.extend({
  type: z.string(),
  eventId: z.string(),
  /** Event time, ms. */
  timeMs: z.number(),
  /** Event time of the intended send, ms. */
  dueMs: z.number(),
  /** Counts by the rules, before and after the event. */
  before: counts,
  after: counts,
  /** Counts after the event with the bug `bugOfLedger`. */
  withBug: counts.exactOptional(),
  /** What it does by the rules: "sets likes to 5", "is older than what stands", ... */
  effect: z.string(),
  /** The effect for programs, from `vocabulary/ledger-effects.ts`; absent in old records. */
  code: z.string().exactOptional(),
  /** True: it decides the final count. */
  stands: z.boolean(),
});

/** Why the row of one article is wrong. */
const proofSchema = z.object({
  day: z.string(),
  articleId: z.string(),
  /** Rank null: not in the list. */
  expected: counts.extend({ rank: z.int().nullable(), score: z.number() }),
  /** `3 x 12 + 2 x 4 + 1 x 310 = 354` */
  arithmetic: z.string(),
  /** Why the article must not be listed, if so. */
  barred: z.string().exactOptional(),
  /** Null: not in the list. */
  found: z.object({ rank: z.int(), score: z.number() }).nullable(),
  /** All events of the article. */
  events: total,
  /** The events around the divergence. */
  ledger: z.array(ledgerRowSchema),
  bugOfLedger: z.string().exactOptional(),
  /** Where the list and the rules diverge, in one sentence. */
  divergence: z.string().exactOptional(),
  /** The event at which they diverge, if it belongs to this article. */
  divergedAt: position.exactOptional(),
});

/** A known bug of rankings. */
const namedBugSchema = z.object({
  /** TRIM_LOSS */
  name: z.string(),
  /** "the list is trimmed to 10 rows at every write" */
  does: z.string(),
});

/** Which known bugs show what was found; empty lists when the run was not searched for bugs. */
const namingSchema = z.object({
  /** They show exactly what was found, or would have with another order of reading partitions. */
  consistent: z.array(namedBugSchema),
  /** They explain this share of what is wrong; none explains all. */
  partly: z.array(namedBugSchema.extend({ share: z.number() })),
  /** They would have shown something else. */
  not: z.array(z.string()),
  /** This history could not show them. */
  untested: z.array(z.string()),
});

/** The verdict with the known deviations of the consumer allowed. */
const traitVerdictSchema = z.object({
  outcome: outcomeSchema,
  /** TRIM_LOSS; "ties reverse text" */
  traits: z.array(z.string()),
  reason: z.string(),
  /** When the deviations do not explain everything: which bugs show the rest. */
  naming: namingSchema.exactOptional(),
});

export const diagnosisSchema = z.object({
  naming: namingSchema,
  /** Present when the consumer has known deviations. */
  butForTraits: traitVerdictSchema.exactOptional(),
  proof: proofSchema.exactOptional(),
});

export type LedgerRow = Recorded<typeof ledgerRowSchema>;
export type Proof = Recorded<typeof proofSchema>;
export type NamedBug = Recorded<typeof namedBugSchema>;
export type Naming = Recorded<typeof namingSchema>;
export type TraitVerdict = Recorded<typeof traitVerdictSchema>;
export type Diagnosis = Recorded<typeof diagnosisSchema>;
