// simulator/judge/naming/parting.ts — Whether a consumer with other traits makes something else of an event than the base does, given the same article.
import type { Arrival, VariantRules } from './arrival.js';
import type { ArticleState } from './article-state.js';
import { EventDays } from './event-days.js';
import { expiryOf, replaces, wouldExpire } from './kept-counts.js';
import type { Traits } from './traits.js';

/** True where in doubt: an article that is folded apart in vain costs time alone. */
export type Parts = (arrival: Arrival, article: ArticleState) => boolean;

interface Pair {
  readonly traits: Traits;
  readonly base: Traits;
  readonly options: VariantRules;
}

/** @returns undefined when it never does */
export function partingOf(pair: Pair): Parts | undefined {
  const { traits, base } = pair;
  const differing = TRAITS.filter((trait) => traits[trait] !== base[trait]).map((trait) => PARTING[trait](pair));
  const [first, ...others] = differing;
  if (first === undefined) return undefined;
  if (others.length === 0) return first;
  return (arrival, article) => first(arrival, article) || others.some((parts) => parts(arrival, article));
}

/** The traits that change articles. What is shown of the same articles is no reason to part. */
const TRAITS = [
  'counts',
  'versions',
  'ignored',
  'orphans',
  'deletion',
  'day',
  'afterClose',
  'countsExpire',
  'afterPublication',
  'shared',
  'undecodable',
] as const satisfies readonly (keyof Traits)[];

/** The traits by which the same articles may be shown in other lists. */
export const OF_LISTS = [
  'shared',
  'trim',
  'ties',
  'zeroScore',
  'rows',
  'weights',
] as const satisfies readonly (keyof Traits)[];

const atCounts: Parts = ({ count }) => count !== undefined;
const atDeletions: Parts = ({ log }) => log.event?.type === 'ARTICLE_DELETED';

const PARTING: Readonly<Record<(typeof TRAITS)[number], (pair: Pair) => Parts>> = {
  counts: byVersion,
  versions: byVersion,
  ignored: byType,
  orphans: () => (arrival, article) => atCounts(arrival, article) && article.day === undefined,
  deletion: () => (arrival, article) =>
    atDeletions(arrival, article) || (atCounts(arrival, article) && article.isDeleted === true),
  day: byDay,
  afterClose: () => atCounts,
  countsExpire: byExpiry,
  afterPublication: () => atDeletions,
  shared: () => atCounts,
  // That a partition has stopped is for the fold to know.
  undecodable: () => () => false,
};

function byVersion({ traits, base }: Pair): Parts {
  const adds = [traits, base].some(({ counts }) => counts === 'one more for each delivery');
  if (adds || base.countsExpire !== 'never') return atCounts;
  const days = new EventDays(base);
  return (arrival, article) => {
    if (!arrival.count) return false;
    const { counter, event } = arrival.count;
    const kept = article.counts.get(days.ofEvent(arrival));
    const standing = kept?.versions[counter];
    if (standing === event.eventId && kept?.values[counter] === event.count) return false;
    return replaces(traits, standing, arrival) !== replaces(base, standing, arrival);
  };
}

function byType({ traits, base }: Pair): Parts {
  return ({ log: { event } }) =>
    event !== undefined && traits.ignored.includes(event.type) !== base.ignored.includes(event.type);
}

function byDay({ traits, base }: Pair): Parts {
  const [own, right] = [new EventDays(traits), new EventDays(base)];
  return (arrival) => {
    if (arrival.count) return own.ofEvent(arrival) !== right.ofEvent(arrival);
    const { event, timeMs } = arrival.log;
    if (event?.type !== 'ARTICLE_CREATED') return false;
    return own.ofArticle(event.createdDay, timeMs) !== right.ofArticle(event.createdDay, timeMs);
  };
}

function byExpiry({ traits, base, options }: Pair): Parts {
  const { countsExpire } = traits;
  if (countsExpire === 'never' || base.countsExpire !== 'never') return atCounts;
  const days = new EventDays(base);
  return (arrival, article) => {
    const kept = arrival.count && article.counts.get(days.ofEvent(arrival));
    return kept !== undefined && wouldExpire(kept, arrival.log, expiryOf(countsExpire, options.calendar, arrival.log));
  };
}
