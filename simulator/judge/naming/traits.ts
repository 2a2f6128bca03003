// simulator/judge/naming/traits.ts — In what a ranking can differ from the rules. A known bug is one or two of these.
import type { EventType } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import { type BugName, type CauseName, isBugName } from '../../vocabulary/bugs.js';
import type { DeclaredDeviations } from '../../vocabulary/declared-deviations.js';
import type { CounterName } from './counts.js';

export interface Traits {
  /** Which count of an article stands. */
  readonly counts: 'newest' | 'last to arrive' | 'newest, but repeats overwrite' | 'one more for each delivery';
  /** How event ids are compared to find the newest. */
  readonly versions: 'as integers' | 'as text' | 'as doubles';
  readonly ignored: readonly EventType[];
  /** Counts that arrive before their article. */
  readonly orphans: 'kept' | 'dropped';
  readonly deletion: 'for good' | 'undone by a later event' | 'undone by a later event, which counts alone';
  /** To which day a count belongs. */
  readonly day: 'of the event' | 'of processing' | OtherDay;
  readonly afterClose: 'ignored' | 'counted';
  /** When a count is forgotten that no event has set again. */
  readonly countsExpire: 'never' | 'at the close' | { readonly afterMs: number };
  readonly afterPublication: 'rank stays empty' | 'refilled';
  readonly ids: 'exact' | 'doubles, shortest text' | 'doubles, all digits';
  /** Counters that all articles share. */
  readonly shared: readonly CounterName[];
  /** The list keeps this many rows, and forgets the others. */
  readonly trim: { readonly rows: number; readonly loses: 'the worst' | 'the best' } | null;
  readonly ties: DeclaredDeviations['ties'] | 'text';
  readonly zeroScore: DeclaredDeviations['zeroScore'];
  /** Rows of a list and weights, where they are not those of the rules. */
  readonly rows: number | null;
  readonly weights: Rules['weights'] | null;
  readonly undecodable: 'skipped' | 'stops the partition';
}

/** Days of a zone with this offset from UTC: those of events alone, or of articles too. */
export interface OtherDay {
  readonly offsetMinutes: number;
  readonly of: 'events' | 'events and articles';
}

/** The rules themselves. */
export const EXACT: Traits = {
  counts: 'newest',
  versions: 'as integers',
  ignored: [],
  orphans: 'kept',
  deletion: 'for good',
  day: 'of the event',
  afterClose: 'ignored',
  countsExpire: 'never',
  afterPublication: 'rank stays empty',
  ids: 'exact',
  shared: [],
  trim: null,
  ties: 'newest first',
  zeroScore: 'unlisted',
  rows: null,
  weights: null,
  undecodable: 'skipped',
};

/** A known bug, or two at once. Several variants may have the same name. */
export interface Variant<Name extends CauseName = CauseName> {
  readonly name: Name;
  /** What it does, for people: "the list is trimmed to 10 rows". */
  readonly does: string;
  readonly traits: Partial<Traits>;
}

/** Whether the result depends on the order in which partitions were read. The log does not tell that order. */
export function isOrderBound({ traits }: Pick<Variant, 'traits'>): boolean {
  const { orphans, deletion, day, countsExpire, trim, shared } = { ...EXACT, ...traits };
  if (orphans !== EXACT.orphans || deletion !== EXACT.deletion || day === 'of processing') return true;
  if (countsExpire !== EXACT.countsExpire) return true;
  return trim !== null || shared.length > 0;
}

/** Traits that leave out counts or articles: with these alone, no score is higher than the right one. */
const LOWERING = new Set<string>(['trim', 'orphans', 'countsExpire', 'undecodable'] satisfies (keyof Traits)[]);

/** Whether a score can be too high because of it. */
export function canRaise({ traits }: Pick<Variant, 'traits'>): boolean {
  return Object.keys(traits).some((key) => !LOWERING.has(key));
}

/** Two bugs at once; undefined when they contradict each other, or when one of them is a pair already. */
export function both(a: Variant, b: Variant): Variant | undefined {
  const [first, second] = [single(a.name), single(b.name)];
  if (!first || !second) return undefined;
  const same = Object.keys(a.traits).filter((key) => key in b.traits);
  if (same.some((key) => key !== 'ignored' && key !== 'shared')) return undefined;
  const joined = {
    ...a.traits,
    ...b.traits,
    ...(a.traits.ignored && b.traits.ignored ? { ignored: [...a.traits.ignored, ...b.traits.ignored] } : {}),
    ...(a.traits.shared && b.traits.shared ? { shared: [...a.traits.shared, ...b.traits.shared] } : {}),
  };
  return { name: `${first} and ${second}`, does: `${a.does}, and ${b.does}`, traits: joined };
}

function single(name: CauseName): BugName | undefined {
  return isBugName(name) ? name : undefined;
}
