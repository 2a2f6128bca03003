// test/consumer/article-read/plain-read-models.ts — Read models over a set of events, in the plainest way, and events to try them on.
import fc from 'fast-check';
import type { HotEvent } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import type { ReadModel } from '../../../contract/observation.js';

export interface TimedEvent {
  readonly event: HotEvent;
  readonly timeMs: number;
}

const START_MS = 1_727_740_800_000;
// Ids of different lengths, and neighbours that are one number as doubles.
const IDS = ['9', '10', '9007199254740992', '9007199254740993', '9223372036854775807'];
const TYPES = [
  ...(['ARTICLE_CREATED', 'ARTICLE_UPDATED', 'ARTICLE_DELETED', 'COMMENT_CREATED', 'COMMENT_DELETED'] as const),
  ...(['ARTICLE_LIKED', 'ARTICLE_UNLIKED', 'ARTICLE_VIEWED'] as const),
];

const timedEvent = fc
  .record({
    type: fc.constantFrom(...TYPES),
    articleId: fc.constantFrom(...IDS),
    title: fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('가'.repeat(80))),
    count: fc.oneof(fc.nat(6), fc.constantFrom(65_535, 4_294_967_296, Number.MAX_SAFE_INTEGER)),
    // Near each other, also where only the last of 64 bits differ; and the same for several kinds.
    eventId: fc.oneof(
      fc.nat(40).map(String),
      fc.nat(40).map((low) => String(9223372036854775700n + BigInt(low))),
    ),
    day: fc.nat(20),
  })
  .map(({ day, ...fields }) => ({
    event: { ...fields, createdDay: '20241001' } as unknown as HotEvent,
    timeMs: START_MS + day * 86_400_000,
  }));

/** A log of events; ids of events are theirs alone, and some events are in it twice. */
export const eventLog = fc
  .uniqueArray(timedEvent, { minLength: 1, maxLength: 120, size: 'max', selector: ({ event }) => event.eventId })
  .chain((events) =>
    fc.array(fc.constantFrom(...events), { maxLength: 20 }).map((again) => [...events, ...again] as TimedEvent[]),
  );

export function readModelsOf(events: readonly TimedEvent[]): ReadModel[] {
  return IDS.flatMap((articleId) => {
    const own = events.filter(({ event }) => event.articleId === articleId);
    const newestOf = (...types: readonly string[]) =>
      own
        .filter(({ event }) => types.includes(event.type))
        .sort((a, b) => compareIds(b.event.eventId, a.event.eventId))[0];
    const countOf = (...types: readonly string[]) => {
      const found = newestOf(...types)?.event;
      return found && 'count' in found ? found.count : 0;
    };
    const titled = newestOf('ARTICLE_CREATED', 'ARTICLE_UPDATED');
    if (!newestOf('ARTICLE_CREATED') || !titled || !('title' in titled.event)) return [];
    return [
      {
        articleId,
        title: titled.event.title,
        state: newestOf('ARTICLE_DELETED') ? ('deleted' as const) : ('created' as const),
        likeCount: countOf('ARTICLE_LIKED', 'ARTICLE_UNLIKED'),
        commentCount: countOf('COMMENT_CREATED', 'COMMENT_DELETED'),
        viewCount: countOf('ARTICLE_VIEWED'),
        updatedAt: new Date(titled.timeMs).toISOString(),
      },
    ];
  });
}
