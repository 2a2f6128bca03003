// simulator/judge/checks/coverage.ts — What befell articles, by the log: so that a run can say whether what it aims at happened at all.

import type { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';
import { COUNTER_OF_TYPE } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';

export const COVERED = {
  unliked: 1,
  deleted: 2,
  /** It received an event after its deletion. */
  outlived: 4,
  /** The same event came twice. */
  repeated: 8,
  /** An older count came after a newer one. */
  overtaken: 16,
  /** An event came before its creation. */
  early: 32,
  /** An event of the first or last millisecond of a day. */
  edge: 64,
  /** Its id is another article's, as a double. */
  merged: 128,
} as const;
export type Covered = keyof typeof COVERED;

/** Only kept for runs that aim at something: Maps of all articles. */
export class Coverage {
  readonly #calendar: Calendar;
  readonly #bits = new Map<string, number>();
  readonly #created = new Set<string>();
  readonly #doubles = new Set<number>();
  readonly #waiting = new Set<string>();
  readonly #newest = new Map<string, string>();

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  add({ event, timeMs }: LogEvent): void {
    if (!event) return;
    const { articleId, type } = event;
    if (type === 'ARTICLE_CREATED') this.#create(articleId);
    else if (type === 'ARTICLE_DELETED') this.#see(articleId, 'deleted');
    const counter = COUNTER_OF_TYPE[type];
    if (counter === undefined) return;
    if (type === 'ARTICLE_UNLIKED' || type === 'COMMENT_DELETED') this.#see(articleId, 'unliked');
    if (this.has(articleId, 'deleted')) this.#see(articleId, 'outlived');
    if (!this.#created.has(articleId)) this.#waiting.add(articleId);
    const { startMs, endMs } = this.#calendar.at(timeMs);
    if (timeMs === startMs || timeMs === endMs - 1) this.#see(articleId, 'edge');
    this.#compare(event.eventId, articleId, counter);
  }

  has(articleId: string, covered: Covered): boolean {
    return ((this.#bits.get(articleId) ?? 0) & COVERED[covered]) !== 0;
  }

  any(covered: Covered): boolean {
    for (const bits of this.#bits.values()) if (bits & COVERED[covered]) return true;
    return false;
  }

  #create(articleId: string): void {
    if (!this.#created.has(articleId) && this.#doubles.has(Number(articleId))) this.#see(articleId, 'merged');
    this.#created.add(articleId);
    this.#doubles.add(Number(articleId));
    if (this.#waiting.delete(articleId)) this.#see(articleId, 'early');
  }

  #compare(eventId: string, articleId: string, counter: number): void {
    const key = `${articleId} ${counter}`;
    const newest = this.#newest.get(key) ?? '0';
    const order = compareIds(eventId, newest);
    if (order > 0) this.#newest.set(key, eventId);
    else this.#see(articleId, order === 0 ? 'repeated' : 'overtaken');
  }

  #see(articleId: string, covered: Covered): void {
    this.#bits.set(articleId, (this.#bits.get(articleId) ?? 0) | COVERED[covered]);
  }
}

/** What befell articles, and which of them led. */
export interface CoverageOfRun {
  readonly coverage: Coverage;
  /** Ids of a day's articles whose score was highest at some time, deleted ones too. */
  readonly leaders: (day: Day, most: number) => readonly string[];
}
