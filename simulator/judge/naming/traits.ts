// simulator/judge/naming/traits.ts — In what a ranking can differ from the rules; a known bug is a few of these.
import type { EventType } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import type { DeclaredDeviations } from '../../vocabulary/declared-deviations.js';

export interface Traits {
  /** Which of the counts of an article stands. */
  readonly counts: 'newest' | 'last to arrive' | 'newest, but repeats overwrite' | 'one more for each delivery';
  /** How event ids are compared to find the newest. */
  readonly versions: 'as integers' | 'as text' | 'as doubles';
  readonly ignored: readonly EventType[];
  /** Counts that arrive before their article. */
  readonly orphans: 'kept' | 'dropped';
  readonly deletion: 'for good' | 'undone by a later event' | 'undone by a later event, which counts alone';
  /** To which day a count belongs. */
  readonly day: 'of the event' | 'of processing' | 'of the event in UTC' | 'of event and article in UTC';
  readonly afterClose: 'ignored' | 'counted';
  /** When a count is forgotten that no event has set again. */
  readonly countsExpire: 'never' | 'at the close' | { readonly afterMs: number };
  readonly afterPublication: 'rank stays empty' | 'refilled';
  readonly ids: 'exact' | 'doubles, shortest text' | 'doubles, all digits';
  /** Counters (like, comment, view) that all articles share. */
  readonly shared: readonly number[];
  /** The list keeps so many rows, and forgets the others. */
  readonly trim: { readonly rows: number; readonly loses: 'the worst' | 'the best' } | null;
  readonly ties: DeclaredDeviations['ties'];
  readonly zeroScore: DeclaredDeviations['zeroScore'];
  /** Rows of a list, where the rules are not followed. */
  readonly rows: number | null;
  readonly weights: Rules['weights'] | null;
  readonly undecodable: 'skipped' | 'stops the partition';
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

/** A known bug; several variants may bear the same name. */
export interface Variant {
  /** As in a finding: TRIM_LOSS. */
  readonly name: string;
  /** What it does, for people: "the list is trimmed to 10 rows". */
  readonly does: string;
  readonly traits: Partial<Traits>;
}

/** What it shows depends on when, and in which order, partitions were read, of which the log knows nothing. */
export function isOrderBound({ traits }: Variant): boolean {
  const { orphans, deletion, day, countsExpire, trim, shared } = { ...EXACT, ...traits };
  if (orphans !== EXACT.orphans || deletion !== EXACT.deletion || day === 'of processing') return true;
  if (countsExpire !== EXACT.countsExpire) return true;
  return trim !== null || shared.length > 0;
}

/** Both at once; undefined when they contradict each other. */
export function both(a: Variant, b: Variant): Variant | undefined {
  const same = Object.keys(a.traits).filter((key) => key in b.traits);
  if (same.some((key) => key !== 'ignored' && key !== 'shared')) return undefined;
  const joined = {
    ...a.traits,
    ...b.traits,
    ...(a.traits.ignored && b.traits.ignored ? { ignored: [...a.traits.ignored, ...b.traits.ignored] } : {}),
    ...(a.traits.shared && b.traits.shared ? { shared: [...a.traits.shared, ...b.traits.shared] } : {}),
  };
  return { name: `${a.name} and ${b.name}`, does: `${a.does}, and ${b.does}`, traits: joined };
}
