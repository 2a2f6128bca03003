// test/consumer/ranking-model.ts — The rules of the ranking over a set of events, in the plainest way, and events to try them on.
import fc from 'fast-check';
import { Calendar } from '../../contract/calendar.js';
import type { Day, HotEvent } from '../../contract/events.js';
import { compareIds } from '../../contract/ids.js';
import { compareRanked, DEFAULT_RULES, type Ranked, type Rules, scoreOf } from '../../contract/rules.js';

export interface TimedEvent {
  readonly event: HotEvent;
  readonly timeMs: number;
}

export const RULES: Rules = { ...DEFAULT_RULES, top: 3 };
/** Users who commented weigh most. */
export const COMMENTER_RULES: Rules = { ...RULES, weights: { ...RULES.weights, commenter: 4 } };
export const DAYS: readonly Day[] = ['20241001', '20241002'];
const calendar = new Calendar(RULES);
const HOUR_MS = 3_600_000;
const startMs = calendar.span('20241001').startMs;

// Ids of different lengths, and neighbours that are one number as doubles.
const IDS = ['9', '10', '11', '9007199254740992', '9007199254740993', '9223372036854775806', '9223372036854775807'];
const MORE_IDS = Array.from({ length: 13 }, (_, i) => String(184721186232410112n + BigInt(i)));

const ALL_IDS = [...IDS, ...MORE_IDS];

const count = fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(5_000_000_000) });
const kinds = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('ARTICLE_CREATED' as const) },
  { weight: 1, arbitrary: fc.constantFrom('ARTICLE_DELETED' as const, 'ARTICLE_UPDATED' as const) },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...(['COMMENT_CREATED', 'COMMENT_DELETED', 'ARTICLE_LIKED', 'ARTICLE_UNLIKED', 'ARTICLE_VIEWED'] as const),
    ),
  },
);

const timedEvent = fc
  .record({
    type: kinds,
    articleId: fc.constantFrom(...ALL_IDS),
    createdDay: fc.constantFrom(...DAYS),
    count,
    // Near each other, so that also the last digits decide.
    eventId: fc
      .oneof(
        fc.nat(500),
        fc.nat(500).map((low) => 9007199254740992n + BigInt(low)),
      )
      .map(String),
    // A comment always has the same writer, and a writer several comments.
    commentId: fc.nat(8).map(String),
    hour: fc.nat(50),
  })
  .map(({ hour, ...fields }) => {
    const event = { ...fields, writerId: String(Number(fields.commentId) % 3) };
    return { event: event as unknown as HotEvent, timeMs: startMs + hour * HOUR_MS };
  });

/** A log of events; some are in it twice. */
export const eventLog = fc
  .uniqueArray(timedEvent, { minLength: 1, maxLength: 200, size: 'max', selector: ({ event }) => event.eventId })
  .chain((events) =>
    fc.array(fc.constantFrom(...events), { maxLength: 10 }).map((again) => [...events, ...again] as TimedEvent[]),
  );

/** Every article of a day rises, many to the same score, and then most of them fall, one after the other. */
export const risesAndFalls = fc
  .record({
    scores: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: ALL_IDS.length, maxLength: ALL_IDS.length }),
    falling: fc.shuffledSubarray(ALL_IDS, { minLength: 14 }),
    fallsTo: fc.array(fc.constantFrom('deleted', 0, 1, 2), { minLength: ALL_IDS.length, maxLength: ALL_IDS.length }),
  })
  .map(({ scores, falling, fallsTo }): TimedEvent[] => {
    const base = { createdDay: '20241001', title: '' };
    const viewed = (articleId: string, views: number, version: number): HotEvent => ({
      articleId,
      type: 'ARTICLE_VIEWED',
      count: views,
      eventId: String(9007199254740992n + BigInt(version)),
    });
    const events: HotEvent[] = [
      ...ALL_IDS.map((articleId): HotEvent => ({ ...base, articleId, eventId: '1', type: 'ARTICLE_CREATED' })),
      ...ALL_IDS.map((articleId, index) => viewed(articleId, scores[index] ?? 1, index)),
      ...falling.map((articleId, index): HotEvent => {
        const end = fallsTo[index] ?? 0;
        if (typeof end === 'number') return viewed(articleId, end, 1000 + index);
        return { ...base, articleId, eventId: '2', type: 'ARTICLE_DELETED' };
      }),
    ];
    return events.map((event) => ({ event, timeMs: startMs }));
  });

export interface Shown {
  /** By day. */
  readonly lists: Readonly<Record<Day, readonly Ranked[]>>;
  /** `day/article` -> counts of likes, comments, views and commenters of every live article with a score. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
}

export function modelOf(events: readonly TimedEvent[], rules = RULES): Shown {
  const lists: Record<Day, Ranked[]> = {};
  const counts: Record<string, readonly number[]> = {};
  for (const day of DAYS) {
    const ranked: (Ranked & { readonly isWithdrawn: boolean })[] = [];
    for (const articleId of ALL_IDS) {
      const own = events.filter(({ event }) => event.articleId === articleId);
      const about = own.filter(({ event }) => 'createdDay' in event && event.createdDay === day);
      const deletions = about.filter(({ event }) => event.type === 'ARTICLE_DELETED');
      const isWithdrawn = deletions.length > 0;
      if (!isWithdrawn && !about.some(({ event }) => event.type === 'ARTICLE_CREATED')) continue;
      if (deletions.some(({ timeMs }) => timeMs < calendar.publishedAtMs(day))) continue;
      const counted = own.filter(({ event, timeMs }) => 'count' in event && calendar.at(timeMs).day === day);
      const [like = 0, comment = 0, view = 0] = ['LIKED|UNLIKED', 'COMMENT', 'VIEWED'].map((kind) =>
        newest(counted, kind),
      );
      const commenter = rules.weights.commenter > 0 ? commentersOf(counted) : 0;
      const score = scoreOf(rules, { like, comment, view, commenter });
      if (score <= 0) continue;
      ranked.push({ articleId, score, isWithdrawn });
      if (!isWithdrawn) counts[`${day}/${articleId}`] = [like, comment, view, commenter];
    }
    const best = ranked.sort(compareRanked).slice(0, rules.top);
    lists[day] = best.filter((row) => !row.isWithdrawn).map(({ articleId, score }) => ({ articleId, score }));
  }
  return { lists, counts };
}

/** Users with a comment that was made and, whenever, not deleted. */
function commentersOf(counted: readonly TimedEvent[]): number {
  const comments = counted.flatMap(({ event }) => ('commentId' in event ? [event] : []));
  const gone = new Set(comments.flatMap(({ type, commentId }) => (type === 'COMMENT_DELETED' ? [commentId] : [])));
  const standing = comments.filter(({ type, commentId }) => type === 'COMMENT_CREATED' && !gone.has(commentId));
  return new Set(standing.map(({ writerId }) => writerId)).size;
}

function newest(events: readonly TimedEvent[], kind: string): number {
  const fitting = events.filter(({ event }) => new RegExp(`_(?:${kind})$|^${kind}_`).test(event.type));
  const [last] = fitting.sort((a, b) => compareIds(b.event.eventId, a.event.eventId));
  return last && 'count' in last.event ? last.event.count : 0;
}
