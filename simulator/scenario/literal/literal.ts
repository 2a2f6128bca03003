// simulator/scenario/literal/literal.ts — A scenario that gives its events one by one, so that a failure can be kept as a test.
import { z } from 'zod';
import { formatLocal, parseLocal } from '../../../contract/calendar.js';
import { clockFields, sharedFields } from '../shared-fields.js';
import { literalEventsSchema } from './literal-event.js';
import { type LiteralRecord, type LiteralSurroundings, recordsOf } from './literal-record.js';

export const literalFields = { events: literalEventsSchema };

/** Checks each part alone; `literal-checks.ts` checks them together. */
export const literalSchema = z.strictObject({
  ...sharedFields,
  ...literalFields,
  clock: z
    .strictObject({
      start: z
        .string()
        .optional()
        .describe('Local date-time at which the load begins; default: when the first event is sent.'),
      ...clockFields,
    })
    .prefault({})
    .describe('When event time starts, and how fast it runs.'),
});

export type LiteralFields = z.infer<typeof literalSchema>;
export type CompleteLiteral = Omit<LiteralFields, 'events' | 'clock'> & {
  readonly clock: LiteralFields['clock'] & { readonly start: string };
  /** In the order of sending. */
  readonly events: readonly LiteralRecord[];
};

/** @param fields have no problems */
export function completeLiteral(fields: LiteralFields): CompleteLiteral {
  const events = recordsOf(fields.events, surroundingsOf(fields), () => undefined);
  const { clock, rules } = fields;
  const start = clock.start ?? formatLocal(events[0]?.sentAtMs ?? 0, clock.zone ?? rules.zone);
  return { ...fields, clock: { ...clock, start }, events };
}

export function surroundingsOf({
  clock,
  rules,
  topics,
}: Pick<LiteralFields, 'clock' | 'rules' | 'topics'>): LiteralSurroundings {
  const startMs = clock.start === undefined ? undefined : parseLocal(clock.start, clock.zone ?? rules.zone);
  return { zone: rules.zone, partitions: topics.partitions, startMs };
}
