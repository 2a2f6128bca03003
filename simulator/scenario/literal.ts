// simulator/scenario/literal.ts — A scenario whose events are given one by one, so that a case that was found can be kept as a test.
import { z } from 'zod';
import { formatLocal, parseLocal } from '../../contract/calendar.js';
import type { Issue } from './issue.js';
import { literalEventsSchema } from './literal-event.js';
import { type LiteralRecord, type LiteralSurroundings, recordsOf } from './literal-record.js';
import { checkShared, sharedFields, speed } from './shared-fields.js';

/** Faults and thresholds may be of it. */
export const LITERAL_PHASE = 'events';

export const literalFields = { events: literalEventsSchema };

export const literalSchema = z
  .strictObject({
    ...sharedFields,
    ...literalFields,
    clock: z
      .strictObject({
        start: z
          .string()
          .optional()
          .describe('Local date-time in the rules’ zone; default: when the first event is sent.'),
        speed,
      })
      .prefault({}),
  })
  .superRefine((scenario, context) => {
    const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
    const { clock, rules, events } = scenario;
    checkShared(scenario, [LITERAL_PHASE], issue);
    const around = surroundingsOf(scenario);
    if (clock.start !== undefined && around.startMs === undefined) {
      issue(['clock', 'start'], `expected a local date-time such as 2024-10-01T00:00:00, found "${clock.start}"`);
    }
    const ofEvents: Issue = (path, message) => issue(['events', ...path], message);
    recordsOf(events, around, ofEvents);
    if (rules.weights.commenter > 0) checkDeletions(events, ofEvents);
  });

export type LiteralInput = z.infer<typeof literalSchema>;
export type CompleteLiteral = Omit<LiteralInput, 'events' | 'clock'> & {
  readonly clock: { readonly start: string; readonly speed: number };
  /** In the order in which they are sent. */
  readonly events: readonly LiteralRecord[];
};

/** @param input without problems */
export function completeLiteral(input: LiteralInput): CompleteLiteral {
  const events = recordsOf(input.events, surroundingsOf(input), () => undefined);
  const start = input.clock.start ?? formatLocal(events[0]?.sentAtMs ?? 0, input.rules.zone);
  return { ...input, clock: { ...input.clock, start }, events };
}

function surroundingsOf({ clock, rules, topics }: LiteralInput): LiteralSurroundings {
  const startMs = clock.start === undefined ? undefined : parseLocal(clock.start, rules.zone);
  return { zone: rules.zone, partitions: topics.partitions, startMs };
}

/** Who counts users must know whose comment is gone. */
function checkDeletions(events: LiteralInput['events'], issue: Issue): void {
  events.forEach((event, index) => {
    if (event.type !== 'COMMENT_DELETED' || event.payload.commentId !== undefined) return;
    issue([index, 'payload', 'commentId'], 'must be given where rules.weights.commenter is above 0');
  });
}
