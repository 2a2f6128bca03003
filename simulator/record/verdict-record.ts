// simulator/record/verdict-record.ts — What a run record says of the verdict: checks with their findings, and thresholds.
import { z } from 'zod';
import type { Recorded } from './parsed.js';

export const outcomeSchema = z.enum(['pass', 'fail', 'unknown']);
const scalar = z.union([z.string(), z.number()]);

const findingSchema = z.object({
  /** The kind of problem, from `vocabulary/findings.ts`; absent in old records. */
  code: z.string().exactOptional(),
  /** One sentence with what was expected and what was found. */
  message: z.string(),
  day: z.string().exactOptional(),
  articleId: z.string().exactOptional(),
  expected: scalar.exactOptional(),
  found: scalar.exactOptional(),
});

const checkSchema = z.object({
  check: z.string(),
  outcome: outcomeSchema,
  /** What the check looked at, in one sentence: "300,000 acked events over 3 partitions". */
  seen: z.string(),
  /** At most 20; `findingCount` says how many there were. */
  findings: z.array(findingSchema),
  findingCount: z.number().min(0),
  /** Why the check could not decide; only with `unknown`. */
  reason: z.string().exactOptional(),
  /** Absent where everything has exactly one right answer: how many of the ranks or articles have. */
  decided: z.object({ certain: z.number().min(0), of: z.number().min(0) }).exactOptional(),
  /** What the check must have seen in order to decide: "an unlike of one of the first 20". */
  needs: z.array(z.object({ text: z.string(), wasSeen: z.boolean() })).exactOptional(),
});

const thresholdSchema = z.object({
  /** As written in the scenario: `endToEnd p99 < 250`. */
  threshold: z.string(),
  ok: z.boolean(),
  /** Null: not measured. */
  actual: z.number().nullable(),
  unit: z.string(),
});

export const verdictSchema = z.object({
  outcome: outcomeSchema,
  checks: z.array(checkSchema),
  thresholds: z.array(thresholdSchema),
});

export type Outcome = z.output<typeof outcomeSchema>;
export type Finding = Recorded<typeof findingSchema>;
export type CheckResult = Recorded<typeof checkSchema>;
export type ThresholdResult = Recorded<typeof thresholdSchema>;
export type Verdict = Recorded<typeof verdictSchema>;
