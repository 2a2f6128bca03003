// simulator/vocabulary/bugs-in-counts.ts — Known bugs in what is counted: which count stands, and which events are left out.
import type { Bug } from './bug.js';

export const BUGS_IN_COUNTS = {
  STALE_OVERWRITE: {
    does: 'The count that arrives last stands, even when it is older.',
    shows: 'A count goes back to an older one and stays there.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'late-and-duplicate' },
    heal: 'Store the `eventId` beside each count, and ignore events whose id is not higher.',
  },
  LATE_RESEND: {
    does: 'An event that is sent again overwrites newer counts.',
    shows: 'Some minutes after a re-send, counts go back to older ones.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'outbox-resend' },
    heal: 'Compare the `eventId` for repeats, too. A filter that forgets ids after a while is not enough.',
  },
  DOUBLE_APPLY: {
    does: 'Every delivery adds to a counter, repeats included.',
    shows: 'Scores are too high, by as much as events came twice.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'late-and-duplicate' },
    heal: 'Store the absolute count that the event carries. Do not increment.',
  },
  ORPHAN_DROP: {
    does: 'An event that is read before its `ARTICLE_CREATED` is dropped.',
    shows: 'Scores are too low from the start, or articles are missing.',
    foundBy: ['variant fold', 'read order'],
    shownBy: { scenario: 'early-likes' },
    heal: 'Keep the counts of unknown articles, and rank them once the article is there. Topics have no common order.',
  },
  GHOST: {
    does: 'A deleted article comes back with the next event.',
    shows: 'The list has an article that no longer exists.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'article-churn' },
    heal: 'Keep a mark for each deleted article as long as its day lasts, and check it at every write.',
  },
  DELETE_IGNORED: {
    does: '`ARTICLE_DELETED` is not applied.',
    shows: 'Deleted articles stay in the list.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'article-churn' },
    heal: 'Handle `ARTICLE_DELETED`: take the article out of its list and let the next one in.',
  },
  UNLIKE_IGNORED: {
    does: '`ARTICLE_UNLIKED` or `COMMENT_DELETED` is not applied.',
    shows: 'Scores are too high after likes were taken back.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'unlike-storm' },
    heal: 'Handle both types like the events that they undo: they carry the count after the event.',
  },
  SHARED_COUNTER: {
    does: 'All articles share one counter, as the id is missing in its key.',
    shows: 'Articles have counts that belong to others.',
    foundBy: ['variant fold', 'borrowed counts'],
    shownBy: { scenario: 'smoke' },
    heal: 'Look at the key of each counter in Redis: it must contain the id of the article.',
  },
  STATE_EXPIRED: {
    does: 'A count expires while its day still needs it.',
    shows: 'A score starts again from zero when an old article is found anew.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'smoke' },
    heal: 'Let the expiry of all keys of a day end after the day can no longer be read.',
  },
  VERSION_SKEW: {
    does: 'Event ids are compared as texts or as doubles.',
    shows: 'An older count stands where ids differ in length, or only in their last digits.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'smoke', set: ['clock.start=2024-10-03T00:00:00'] },
    heal: 'Compare event ids as 64-bit integers.',
  },
  POISON_SKIP: {
    does: 'A record that cannot be decoded takes its neighbours, or its whole partition, with it.',
    shows: 'A partition stands still, or events beside the broken record are missing.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'poison' },
    heal: 'Catch the error of one record, put that record aside, and go on with the next.',
  },
} as const satisfies Readonly<Record<string, Bug>>;
