// simulator/history/history.ts — What was seen of a run, in order of time. A verdict rests on it and on the plan, and on nothing else.

import type { DaySpan } from '../../contract/calendar.js';
import type { Day } from '../../contract/events.js';
import type { Ranked } from '../../contract/rules.js';
import type { ClockStep } from './clock-step.js';
import type { FaultResult } from './fault-result.js';
import type { ObservedCommits } from './observed-commits.js';

/** What was seen of a run. A checker that lacks what it needs says `unknown`. */
export interface History {
  /** The consumer tells nothing about itself, so only its lists can be judged. */
  readonly isOpaque: boolean;
  readonly plannedEvents: number;
  readonly sends: { readonly ok: number; readonly fail: number; readonly info: number };
  /** Reasons why sends failed or ended unknown, and how often. */
  readonly sendErrors: readonly { readonly reason: string; readonly count: number }[];
  /** Records not yet consumed when the drain ended; null when it could not be read. */
  readonly finalLag: number | null;
  /** Partitions in which the group is behind, the largest lag first, with next offsets. Absent in old histories. */
  readonly behind?: readonly { readonly partition: string; readonly committed: number; readonly latest: number }[];
  /** From the end of the load to the last reading of the lag. */
  readonly drainSeconds: number;
  /** False when lag was 0 and the lists still moved. */
  readonly isSettled: boolean;
  /** How consumers ended that were not told to. */
  readonly consumerExits: readonly string[];
  /** What was to be broken on purpose. */
  readonly faults: readonly FaultResult[];
  readonly days: readonly ObservedDay[];
  /** Acknowledged records that cannot be decoded. */
  readonly poison: number;
  /** Records that the consumer put aside as undecodable; null when it does not tell. */
  readonly deadLetters: number | null;
  /** In order of time; empty where the consumer does not show them. */
  readonly cuts: readonly ObservedCut[];
  /** Visible lists, in order of time; empty without pacing. */
  readonly snapshots: readonly ObservedSnapshot[];
  /** What clients were given, in order of time; empty where the consumer gives them nothing. */
  readonly answers: readonly ObservedAnswer[];
  /** What the group had committed, in order of time. */
  readonly commits: readonly ObservedCommits[];
  /** A partition in which the group is behind must move within this time, ms. */
  readonly stallMsAllowed: number;
  /** When the wall clock was set, or the machine slept; absent in histories that do not know. */
  readonly clockSteps?: readonly ClockStep[];
  /** Only where the scenario has an article-read service. */
  readonly articleRead?: ObservedArticleRead;
}

/** A list under load, and how much of the log it reflects. */
export interface ObservedCut {
  /** Since the load began. */
  readonly atMs: number;
  readonly day: Day;
  /** Next offset by stream, by partition; 0 where nothing was applied. */
  readonly offsets: readonly (readonly number[])[];
  /** Best first, ties as the rules say. */
  readonly list: readonly Ranked[];
}

/** When something was seen, ms: since the load began, and in event time the moments of question and answer. */
export interface Seen {
  readonly atMs: number;
  readonly askedMs: number;
  readonly answeredMs: number;
}

/** The list of a day as everybody can see it. */
export interface ObservedSnapshot extends Seen {
  readonly day: Day;
  /** Best first, ties as the rules say. */
  readonly list: readonly Ranked[];
}

/** The newest day that clients were given, and its list. */
export type ObservedAnswer = ObservedSnapshot;

export interface ObservedArticleRead {
  /** Records that its group had not consumed when the drain ended; null when it could not be read. */
  readonly finalLag: number | null;
  /** How instances ended that were not told to. */
  readonly exits: readonly string[];
  /** Undefined when no instance shows them. */
  readonly models: ReadModelTable | undefined;
}

/** One row an article, by position. */
export interface ReadModelTable extends Omit<ArticleTable, 'commenter'> {
  /** 1 where the article is deleted. */
  readonly deleted: Uint8Array;
  readonly titles: readonly string[];
}

export interface ObservedDay {
  readonly span: DaySpan;
  /** As Redis holds it; ids as they were found. */
  readonly list: readonly Ranked[];
  /** The consumer's own state of every article with a score; undefined when it does not show it. */
  readonly articles: ArticleTable | undefined;
  /** True when the day is older than the history that can be read. Its list must then be gone. */
  readonly isForgotten: boolean;
  /** Undefined where there is no list. */
  readonly expiry: ListExpiry | undefined;
}

/** When Redis lets go of a list. */
export type ListExpiry =
  | { readonly kind: 'never' }
  /** Unknown in event time: the run is not paced, or the consumer has only the wall clock. */
  | { readonly kind: 'some time' }
  /** Wall time from now. It should end `expectedMs` after the last write, which was at most `sinceMs` ago. */
  | { readonly kind: 'in'; readonly leftMs: number; readonly expectedMs: number; readonly sinceMs: number }
  /** Event time, approximately. */
  | { readonly kind: 'at'; readonly eventMs: number; readonly errorMs: number };

/** One row an article, by position. */
export interface ArticleTable {
  readonly rows: number;
  readonly ids: BigUint64Array;
  readonly like: Uint32Array;
  readonly comment: Uint32Array;
  readonly view: Uint32Array;
  /** All 0 when the consumer does not tell. */
  readonly commenter: Uint32Array;
}
