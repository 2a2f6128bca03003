// test/simulator/judge/naming/hand-fold.ts — A few articles with counts, event by event, for tests that state every number.
import { Calendar } from '../../../../contract/calendar.js';
import type { Day, HotEvent } from '../../../../contract/events.js';
import type { Counts as ArticleCounts } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import type { Arrival } from '../../../../simulator/judge/naming/arrival.js';
import { countEventOf } from '../../../../simulator/judge/naming/counts.js';
import { EXACT } from '../../../../simulator/judge/naming/traits.js';
import { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { scenarioWith } from '../../../support/scenarios.js';

export const DAY = '20241001';
export const { rules } = scenarioWith();
export const calendar = new Calendar(rules);
const NOON_MS = Date.parse('2024-10-01T03:00:00Z');

/** Articles by id, each with its likes, comments and views; counts rise from 1. */
export type Counts = Readonly<Record<string, readonly [like: number, comment: number, view: number]>>;

/** As a consumer shows them. */
export function shownBy(counts: Counts): (articleId: string) => ArticleCounts | undefined {
  return (articleId) => {
    const [like, comment, view] = counts[articleId] ?? [];
    return like === undefined || comment === undefined || view === undefined ? undefined : { like, comment, view };
  };
}

/** In order of time: every article is created, and then given its counts one by one. */
export function logOf(counts: Counts): LogEvent[] {
  const events: HotEvent[] = [];
  let eventId = 0;
  const next = () => {
    eventId += 1;
    return String(eventId);
  };
  for (const articleId of Object.keys(counts)) {
    events.push({ eventId: next(), type: 'ARTICLE_CREATED', articleId, createdDay: DAY, title: 'a' });
  }
  for (const [articleId, [likes, comments, views]] of Object.entries(counts)) {
    for (let count = 1; count <= likes; count += 1)
      events.push({ eventId: next(), type: 'ARTICLE_LIKED', articleId, userId: '1', count });
    for (let count = 1; count <= comments; count += 1)
      events.push({
        eventId: next(),
        type: 'COMMENT_CREATED',
        articleId,
        commentId: String(count),
        writerId: '1',
        count,
      });
    for (let count = 1; count <= views; count += 1)
      events.push({ eventId: next(), type: 'ARTICLE_VIEWED', articleId, count });
  }
  return events.map((event, offset) => {
    const timeMs = NOON_MS + offset;
    return { stream: 0, partition: 0, offset, timeMs, dueMs: timeMs, event };
  });
}

/** As it arrives where nothing comes late or twice. */
export function arrivalOn(day: Day, log: LogEvent): Arrival {
  const shared = { like: 0, comment: 0, view: 0 };
  return { log, count: countEventOf(log.event), day, processingDay: day, isRepeat: false, shared };
}

export function foldOf(log: readonly LogEvent[]): VariantFold {
  const fold = new VariantFold(EXACT, { rules, calendar, viewsPerEvent: 1 });
  for (const one of log) fold.add(arrivalOn(DAY, one));
  return fold;
}
