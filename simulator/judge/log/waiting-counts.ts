// simulator/judge/log/waiting-counts.ts — Counts of articles whose creation has not come (yet): of each day and counter the newest.
import type { Day } from '../../../contract/events.js';
import { compareIds } from '../../../contract/ids.js';

/** A count that was sent when the day was published already: it may count or not. */
export interface LateCount {
  readonly counter: 0 | 1 | 2;
  readonly count: number;
  readonly eventId: string;
}

export interface WaitingCount extends LateCount {
  readonly day: Day;
  readonly isLate: boolean;
}

export class WaitingCounts {
  readonly #articles = new Map<string, WaitingCount[]>();

  add(articleId: string, count: WaitingCount): void {
    const counts = this.#articles.get(articleId);
    if (!counts) {
      this.#articles.set(articleId, [count]);
      return;
    }
    const same = counts.findIndex(
      (other) => !other.isLate && !count.isLate && other.counter === count.counter && other.day === count.day,
    );
    if (same < 0) counts.push(count);
    else if (compareIds(count.eventId, counts[same]?.eventId ?? '') > 0) counts[same] = count;
  }

  /** They wait no longer. */
  take(articleId: string): readonly WaitingCount[] {
    const counts = this.#articles.get(articleId);
    if (!counts) return [];
    this.#articles.delete(articleId);
    return counts;
  }
}
