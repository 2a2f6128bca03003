// simulator/judge/naming/variants.ts — The known bugs whose effect follows from the history alone, each as what it does differently from the rules.
import type { BugName } from '../../vocabulary/bugs.js';
import type { Variant } from './traits.js';

type KnownVariant = Variant<BugName>;

/** @param top rows in a day's list; the first form of a bug is the one that a consumer is declared to have */
export function knownVariants(top: number): readonly KnownVariant[] {
  const trims = [1, 1.5, 2, 3, 5, 10].map((times) => trimLoss(Math.round(top * times)));
  return [...trims, ...[1, 3, 6, 12].map(stateExpired), ...VARIANTS(top)];
}

/** Bugs with more forms than are folded. Not finding one of the folded forms does not exclude them. */
export const OPEN_FAMILIES: ReadonlySet<string> = new Set<BugName>([
  'TRIM_LOSS',
  'STATE_EXPIRED',
  'TIE_ORDER',
  'ZONE_SHIFT',
  'DOUBLE_APPLY',
  'GHOST',
  'SHARED_COUNTER',
  'VERSION_SKEW',
  'SCORE_PRECISION',
  'POISON_SKIP',
  'WRONG_WEIGHTS',
]);

/** Whole hours, and the offsets of zones between them. */
const OFFSETS_MINUTES = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * 60),
  ...[-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75].map((hours) => hours * 60),
];

/** Further forms, which are folded only when no other variant explains what was found. */
export function rareVariants(): readonly KnownVariant[] {
  const days = OFFSETS_MINUTES.filter((offset) => offset !== 0).flatMap((offsetMinutes) => {
    const zone = `UTC${offsetMinutes < 0 ? '-' : '+'}${Math.abs(offsetMinutes) / 60}`;
    return [
      variant('ZONE_SHIFT', `the day of an event is its date in ${zone}`, { day: { offsetMinutes, of: 'events' } }),
      variant('ZONE_SHIFT', `the days of events and articles are their dates in ${zone}`, {
        day: { offsetMinutes, of: 'events and articles' },
      }),
    ];
  });
  return [
    ...days,
    variant('TIE_ORDER', 'equal scores are ordered by the id as text, the smaller first', { ties: 'text' }),
  ];
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
  variant('TRIM_WRONG_END', 'the list is trimmed at its best end', { trim: { rows: top, loses: 'the best' } }),
  variant('ORPHAN_DROP', 'an event that comes before its ARTICLE_CREATED is dropped', { orphans: 'dropped' }),
  variant('LATE_RESEND', 'an event that is sent again overwrites newer counts', {
    counts: 'newest, but repeats overwrite',
  }),
  variant('STALE_OVERWRITE', 'the count that arrives last stands, also when it is older', { counts: 'last to arrive' }),
  variant('UNLIKE_IGNORED', 'ARTICLE_UNLIKED is not applied', { ignored: ['ARTICLE_UNLIKED'] }),
  variant('UNLIKE_IGNORED', 'COMMENT_DELETED is not applied', { ignored: ['COMMENT_DELETED'] }),
  variant('UNLIKE_IGNORED', 'neither ARTICLE_UNLIKED nor COMMENT_DELETED is applied', {
    ignored: ['ARTICLE_UNLIKED', 'COMMENT_DELETED'],
  }),
  variant('DELETE_IGNORED', 'ARTICLE_DELETED is not applied', { ignored: ['ARTICLE_DELETED'] }),
  variant('GHOST', 'a deleted article comes back with the next event', { deletion: 'undone by a later event' }),
  variant('GHOST', 'a deleted article comes back with the next event, and only what comes from there on counts', {
    deletion: 'undone by a later event, which counts alone',
  }),
  variant('DOUBLE_APPLY', 'every delivery adds to a counter, repeats too', { counts: 'one more for each delivery' }),
  variant('PROC_TIME_DAY', 'an event counts for the day on which it is processed', { day: 'of processing' }),
  variant('ZONE_SHIFT', 'the day of an event is its date in UTC', { day: { offsetMinutes: 0, of: 'events' } }),
  variant('ZONE_SHIFT', 'the days of events and articles are their dates in UTC', {
    day: { offsetMinutes: 0, of: 'events and articles' },
  }),
  variant('TORN_EXPIRY', 'counts expire at midnight, and the next event is written without them', {
    countsExpire: 'at the close',
  }),
  variant('MUTABLE_RESULT', 'events after the close of the day still count', { afterClose: 'counted' }),
  variant('MUTABLE_RESULT', 'the rank of an article that is deleted after publication is refilled', {
    afterPublication: 'refilled',
  }),
  variant('TIE_ORDER', 'equal scores are ordered by the id as text', { ties: 'reverse text' }),
  variant('TIE_ORDER', 'of equal scores the older article ranks higher', { ties: 'oldest first' }),
  variant('SCORE_PRECISION', 'score and id are packed into one double, so near scores are ordered by chance', {
    ties: 'packed into the score',
  }),
  variant('ID_PRECISION', 'ids go through a double, written in its shortest form', { ids: 'doubles, shortest text' }),
  variant('ID_PRECISION', 'ids go through a double, written in full', { ids: 'doubles, all digits' }),
  variant('VERSION_SKEW', 'event ids are compared as text', { versions: 'as text' }),
  variant('VERSION_SKEW', 'event ids are compared as doubles', { versions: 'as doubles' }),
  variant('SHARED_COUNTER', 'all articles share one counter of views', { shared: ['view'] }),
  variant('SHARED_COUNTER', 'all articles share one counter of likes', { shared: ['like'] }),
  variant('SHARED_COUNTER', 'all articles share one counter of comments', { shared: ['comment'] }),
  variant('SHARED_COUNTER', 'all articles share all three counters', { shared: ['like', 'comment', 'view'] }),
  variant('POISON_SKIP', 'an undecodable record stops its partition', { undecodable: 'stops the partition' }),
];

function variant(name: BugName, does: string, traits: KnownVariant['traits']): KnownVariant {
  return { name, does, traits };
}
