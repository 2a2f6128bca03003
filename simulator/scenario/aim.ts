// simulator/scenario/aim.ts — Directed moves and imperfect delivery: the parts of a scenario that look for ranking bugs.
import { z } from 'zod';

const share = z.number().min(0).max(1);
const minutesBeforeClose = z
  .number()
  .positive()
  .max(1440)
  .default(30)
  .describe('Event time before the end of each day, or of the load when that ends sooner.');
const atHour = z.number().min(0).describe('Hours of event time after the start.');

export const aimSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z
      .literal('leaders-fall')
      .describe('Just before the day closes the leaders fall. The runners-up get no events.'),
    minutesBeforeClose,
    leaders: z
      .int()
      .min(1)
      .max(10_000)
      .default(30)
      .describe('Leaders of each partition; more than any consumer trims its list to.'),
    by: z.enum(['delete', 'unlike']).default('delete').describe('The leaders are deleted, or lose all their likes.'),
  }),
  z.strictObject({
    kind: z.literal('ties').describe('Neighbouring ranks of a partition end with the same score.'),
    minutesBeforeClose,
    ranks: z.array(z.int().min(1)).min(1).default([1, 10]).describe('Upper rank of each pair.'),
  }),
  z.strictObject({
    kind: z
      .literal('swap')
      .describe('Just before the day closes an article overtakes the next one above it in its partition.'),
    minutesBeforeClose,
    ranks: z.array(z.int().min(1)).min(1).default([10]).describe('Upper rank of each pair; 10 swaps ranks 10 and 11.'),
  }),
  z.strictObject({
    kind: z.literal('unlike-storm').describe('The leaders lose all their likes at once.'),
    atHour: atHour.default(20),
    durationMinutes: z
      .number()
      .positive()
      .default(60)
      .describe('Event time in which the likes are taken back; likes that do not fit in it stay.'),
    leaders: z.int().min(1).default(20).describe('Leaders of each partition.'),
  }),
  z.strictObject({
    kind: z.literal('viral').describe('One article of partition 0 draws most of that partition’s events.'),
    atHour: atHour.default(12),
    share: share.default(0.8).describe('Share of that partition’s events.'),
  }),
  z.strictObject({
    kind: z
      .literal('yesterday')
      .describe('After a day’s close, and after its publication, its leaders go on being liked and unliked.'),
    forMinutes: z.number().positive().max(1440).default(180).describe('Event time after the close.'),
    leaders: z.int().min(1).max(1000).default(10).describe('Leaders of each partition.'),
    share: share.default(0.5).describe('Share of the events of that time.'),
  }),
  z.strictObject({
    kind: z.literal('resurrection').describe('A deleted article goes on receiving events.'),
    events: z.int().min(1).max(1000).default(5).describe('Events after each deletion.'),
  }),
  z.strictObject({
    kind: z.literal('all-equal').describe('Views go to all articles in turn, so nearly all scores are equal.'),
  }),
  z.strictObject({
    kind: z
      .literal('midnight')
      .describe(
        'Events close to the end of a day, or to its publication, fall on the very edge: on it, or 1 ms before.',
      ),
    withinSeconds: z.number().positive().max(600).default(1).describe('Event time that counts as close.'),
  }),
  z.strictObject({
    kind: z
      .literal('adjacent-ids')
      .describe('Articles are created in bursts of one millisecond, so their ids are neighbours.'),
    articles: z.int().min(2).max(64).default(8).describe('Articles in a burst.'),
  }),
]);

/** Event time. */
const MAX_DELAY_SECONDS = 604_800;

const skew = z.number().min(0).max(MAX_DELAY_SECONDS).default(0);
const delaySeconds = z
  .number()
  .positive()
  .max(MAX_DELAY_SECONDS)
  .default(10)
  .describe('Event time between the first and the second sending.');

export const deliverySchema = z.strictObject({
  duplicates: z
    .strictObject({ share: share.default(0.01).describe('Share of all events.'), delaySeconds })
    .optional()
    .describe('Events that are sent a second time, as a producer’s retry does.'),
  resend: z
    .strictObject({
      everyMinutes: z.number().positive().max(10_080).default(60).describe('Event time from one stretch to the next.'),
      sliceSeconds: z
        .number()
        .positive()
        .max(MAX_DELAY_SECONDS)
        .default(30)
        .describe('All events of this stretch are sent again.'),
      delaySeconds,
    })
    .optional()
    .describe('An outbox that sends whole stretches of events again.'),
  skewSeconds: z
    .strictObject({
      article: skew.describe('Event time for the article topic.'),
      comment: skew.describe('Event time for the comment topic.'),
      like: skew.describe('Event time for the like topic.'),
      view: skew.describe('Event time for the view topic.'),
    })
    .optional()
    .describe('Events of a topic are sent this much later than their time.'),
  wrongClocks: z
    .array(
      z.strictObject({
        lane: z
          .int()
          .min(0)
          .max(255)
          .describe('Partition index; it is one producer when producer.clients is the number of partitions.'),
        seconds: z
          .number()
          .min(-86_400)
          .max(86_400)
          .describe('Event time by which its clock is ahead; negative is behind.'),
      }),
    )
    .default([])
    .describe(
      'Producers whose clocks are wrong: their event times, creation times and ids are off. They still send as planned.',
    ),
  late: z
    .strictObject({
      share: share.default(0.01).describe('Share of all events.'),
      byMinutes: z.number().positive().max(10_080).default(20).describe('Longest delay in event time.'),
    })
    .optional()
    .describe('Events that are sent later than their time, by a random delay.'),
  poisonShare: share.default(0).describe('Undecodable records between the events, as a share of the events.'),
});

export type Aim = z.infer<typeof aimSchema>;
export type DeliveryPlan = z.infer<typeof deliverySchema>;
