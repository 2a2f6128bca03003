// simulator/scenario/literal/literal-checks.ts — What must hold between the parts of a scenario that gives its events.
import {
  type Check,
  checkFaults,
  checkOf,
  checkPhaseNames,
  FAULT_PARTS,
  problemsTogether,
  SHARED_CHECKS,
} from '../checks.js';
import type { TimeSurroundings } from '../fault-time.js';
import type { Issue } from '../issue.js';
import { checkLoadDays } from '../limits.js';
import { type LiteralFields, literalSchema, surroundingsOf } from './literal.js';
import { recordsOf } from './literal-record.js';

/** The phase that faults and thresholds can name. */
export const LITERAL_PHASE = 'events';

const check = checkOf<LiteralFields>();

const CHECKS: readonly Check<LiteralFields>[] = [
  ...SHARED_CHECKS,
  check(['clock', 'rules', 'topics'], ({ clock, ...parts }, issue) => {
    if (clock.start === undefined) return;
    const { startMs } = surroundingsOf({ clock, ...parts });
    if (startMs !== undefined && startMs >= 0 && /^\d{4}-\d\d-\d\d/.test(clock.start)) return;
    issue(
      ['clock', 'start'],
      `expected a local date-time from 1970 on, such as 2024-10-01T00:00:00, found "${clock.start}"`,
    );
  }),
  check(['events', 'clock', 'rules', 'topics'], ({ events, ...parts }, issue) => {
    recordsOf(events, surroundingsOf(parts), (path, message) => issue(['events', ...path], message));
    if (parts.rules.weights.commenter > 0) checkDeletions(events, issue);
  }),
  check(['events', 'clock', 'rules', 'topics', 'pace'], (parts, issue) => {
    const span = spanOf(parts);
    if (span) checkLoadDays(span, { pace: parts.pace, speed: parts.clock.speed }, issue);
  }),
  check(['thresholds'], ({ thresholds }, issue) => checkPhaseNames(thresholds, [LITERAL_PHASE], issue)),
  check([...FAULT_PARTS, 'events', 'clock'], (parts, issue) => {
    checkFaults(parts, { phases: [LITERAL_PHASE], window: spanOf(parts) }, issue);
  }),
];

/** @returns one line each */
export function literalProblems(content: unknown): string[] {
  return problemsTogether(literalSchema.shape, CHECKS, content);
}

/** Undefined when events or start are wrong. */
function spanOf({
  events,
  ...parts
}: Pick<LiteralFields, 'events' | 'clock' | 'rules' | 'topics'>): TimeSurroundings['window'] {
  const around = surroundingsOf(parts);
  const records = recordsOf(events, around, () => undefined);
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last || records.length < events.length) return undefined;
  if (parts.clock.start !== undefined && around.startMs === undefined) return undefined;
  return { startMs: around.startMs ?? first.sentAtMs, endMs: last.sentAtMs };
}

/** The number of commenters depends on which comment is gone. */
function checkDeletions(events: LiteralFields['events'], issue: Issue): void {
  events.forEach((event, index) => {
    if (event.type !== 'COMMENT_DELETED' || event.payload.commentId !== undefined) return;
    issue(['events', index, 'payload', 'commentId'], 'must be given where rules.weights.commenter is above 0');
  });
}
