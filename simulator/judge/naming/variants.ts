// simulator/judge/naming/variants.ts — The known bugs whose effect follows from the history alone, each as what it does differently from the rules.
import type { BugName } from '../../vocabulary/bugs.js';
import type { Variant } from './traits.js';

type KnownVariant = Variant<BugName>;

/** @param top rows in a day's list; the first form of a bug is the one that a consumer is declared to have */
export function knownVariants(top: number): readonly KnownVariant[] {
  const trims = [1, 1.5, 2, 3, 5, 10].map((times) => trimLoss(Math.round(top * times)));
  return [...trims, ...[1, 3, 6, 12].map(stateExpired), ...VARIANTS(top)];
}

function stateExpired(hours: number): KnownVariant {
  return {
    name: 'STATE_EXPIRED',
    does: `a count that no event has set for ${hours} hours is forgotten, and read as 0`,
    traits: { countsExpire: { afterMs: hours * 3_600_000 } },
  };
}

function trimLoss(rows: number): KnownVariant {
  return {
    name: 'TRIM_LOSS',
    does: `the list is trimmed to ${rows} rows at every write, so a runner-up that must come back is gone`,
    traits: { trim: { rows, loses: 'the worst' } },
  };
}

const VARIANTS = (top: number): readonly KnownVariant[] => [
  {
    name: 'TRIM_WRONG_END',
    does: 'the list is trimmed at its best end',
    traits: { trim: { rows: top, loses: 'the best' } },
  },
  {
    name: 'ORPHAN_DROP',
    does: 'an event that comes before its ARTICLE_CREATED is dropped',
    traits: { orphans: 'dropped' },
  },
  {
    name: 'LATE_RESEND',
    does: 'an event that is sent again overwrites newer counts',
    traits: { counts: 'newest, but repeats overwrite' },
  },
  {
    name: 'STALE_OVERWRITE',
    does: 'the count that arrives last stands, also when it is older',
    traits: { counts: 'last to arrive' },
  },
  {
    name: 'UNLIKE_IGNORED',
    does: 'ARTICLE_UNLIKED is not applied',
    traits: { ignored: ['ARTICLE_UNLIKED'] },
  },
  {
    name: 'UNLIKE_IGNORED',
    does: 'COMMENT_DELETED is not applied',
    traits: { ignored: ['COMMENT_DELETED'] },
  },
  {
    name: 'UNLIKE_IGNORED',
    does: 'neither ARTICLE_UNLIKED nor COMMENT_DELETED is applied',
    traits: { ignored: ['ARTICLE_UNLIKED', 'COMMENT_DELETED'] },
  },
  {
    name: 'DELETE_IGNORED',
    does: 'ARTICLE_DELETED is not applied',
    traits: { ignored: ['ARTICLE_DELETED'] },
  },
  {
    name: 'GHOST',
    does: 'a deleted article comes back with the next event',
    traits: { deletion: 'undone by a later event' },
  },
  {
    name: 'GHOST',
    does: 'a deleted article comes back with the next event, and only what comes from there on counts',
    traits: { deletion: 'undone by a later event, which counts alone' },
  },
  {
    name: 'DOUBLE_APPLY',
    does: 'every delivery adds to a counter, repeats too',
    traits: { counts: 'one more for each delivery' },
  },
  {
    name: 'PROC_TIME_DAY',
    does: 'an event counts for the day on which it is processed',
    traits: { day: 'of processing' },
  },
  {
    name: 'ZONE_SHIFT',
    does: 'the day of an event is its date in UTC',
    traits: { day: 'of the event in UTC' },
  },
  {
    name: 'ZONE_SHIFT',
    does: 'the days of events and articles are their dates in UTC',
    traits: { day: 'of event and article in UTC' },
  },
  {
    name: 'TORN_EXPIRY',
    does: 'counts expire at midnight, and the next event is written without them',
    traits: { countsExpire: 'at the close' },
  },
  {
    name: 'MUTABLE_RESULT',
    does: 'events after the close of the day still count',
    traits: { afterClose: 'counted' },
  },
  {
    name: 'MUTABLE_RESULT',
    does: 'the rank of an article that is deleted after publication is refilled',
    traits: { afterPublication: 'refilled' },
  },
  {
    name: 'TIE_ORDER',
    does: 'equal scores are ordered by the id as text',
    traits: { ties: 'reverse text' },
  },
  {
    name: 'TIE_ORDER',
    does: 'of equal scores the older article ranks higher',
    traits: { ties: 'oldest first' },
  },
  {
    name: 'SCORE_PRECISION',
    does: 'score and id are packed into one double, so near scores are ordered by chance',
    traits: { ties: 'packed into the score' },
  },
  {
    name: 'ID_PRECISION',
    does: 'ids go through a double, written in its shortest form',
    traits: { ids: 'doubles, shortest text' },
  },
  {
    name: 'ID_PRECISION',
    does: 'ids go through a double, written in full',
    traits: { ids: 'doubles, all digits' },
  },
  { name: 'VERSION_SKEW', does: 'event ids are compared as text', traits: { versions: 'as text' } },
  { name: 'VERSION_SKEW', does: 'event ids are compared as doubles', traits: { versions: 'as doubles' } },
  { name: 'SHARED_COUNTER', does: 'all articles share one counter of views', traits: { shared: ['view'] } },
  { name: 'SHARED_COUNTER', does: 'all articles share one counter of likes', traits: { shared: ['like'] } },
  { name: 'SHARED_COUNTER', does: 'all articles share one counter of comments', traits: { shared: ['comment'] } },
  {
    name: 'SHARED_COUNTER',
    does: 'all articles share all three counters',
    traits: { shared: ['like', 'comment', 'view'] },
  },
  {
    name: 'POISON_SKIP',
    does: 'an undecodable record stops its partition',
    traits: { undecodable: 'stops the partition' },
  },
];
