// consumer/publishing/publisher.ts — Publishes each day once its time has come and all that was in the log by then is applied. Until then the day before is served, and an event of the day still counts; afterwards only deletions change its list.

import type { Calendar } from '../../contract/calendar.js';
import type { Day } from '../../contract/events.js';
import { compareIds } from '../../contract/ids.js';
import { oneAtATime } from '../../contract/waiting.js';
import type { RankingShards } from '../applying/ranking-shards.js';
import type { ServiceClock } from '../runtime/service-clock.js';
import type { Fence, Publication } from './publication.js';

export interface PublisherOptions {
  readonly publication: Publication;
  readonly shards: Pick<RankingShards, 'offsets' | 'eventTimes' | 'freeze'>;
  readonly calendar: Calendar;
  readonly clock: ServiceClock;
  readonly historyDays: number;
  /** Next offsets in the log by `topic/partition`, of every partition that holds a record. */
  readonly logEnds: () => Promise<Fence>;
  /** Event time that passed between the time of publication and the publication itself, ms. */
  readonly published: (day: Day, delayMs: number) => void;
  /** Event time, ms, since which a publication is due and waits; undefined when none does. */
  readonly waitingSince: (dueMs: number | undefined) => void;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Keeps no state: any instance may publish and may die at any point. Another then goes on from what Redis holds. */
export class Publisher {
  readonly #options: PublisherOptions;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** One check at a time; it waits for Redis when it is away. Never rejects. */
  readonly check = oneAtATime(() =>
    this.#check().catch((error: unknown) =>
      this.#options.warn('publications could not be checked', { error: String(error) }),
    ),
  );

  async #check(): Promise<void> {
    const { publication, calendar, clock, historyDays, waitingSince } = this.#options;
    const now = clock.now();
    if (now === undefined) return;
    const newest = calendar.newestPublishedAt(now);
    const days = Array.from({ length: historyDays }, (_, back) => calendar.plusDays(newest, -back));
    const { published, fences } = await publication.read();
    await publication.forget([...new Set([...published, ...fences.keys()])].filter((day) => day < (days.at(-1) ?? '')));
    const due = days.filter((day) => !published.has(day)).reverse();
    const waiting: Day[] = [];
    for (const day of due) {
      const isComplete = await this.#isComplete(day, fences.get(day));
      // One after the other: clients are given the newest day, and must find the days before it too.
      if (isComplete && waiting.length === 0) await this.#publish(day, now);
      else waiting.push(day);
    }
    waitingSince(waiting[0] === undefined ? undefined : calendar.publishedAtMs(waiting[0]));
  }

  async #publish(day: Day, now: number): Promise<void> {
    const { publication, shards, calendar, published } = this.#options;
    await shards.freeze(day);
    await publication.publish(day, now);
    published(day, now - calendar.publishedAtMs(day));
  }

  async #isComplete(day: Day, fence: Fence | undefined): Promise<boolean> {
    const { clock, publication, shards, logEnds } = this.#options;
    if (clock.isEventTime) return this.#isPassed(day);
    // Everything in the log now was written in time. Later records need not be waited for.
    const needed = fence ?? (await logEnds());
    const offsets = await shards.offsets();
    const isReached = Object.entries(needed).every(([place, end]) => compareIds(offsets.get(place) ?? '0', end) >= 0);
    if (!isReached && !fence) await publication.propose(day, needed);
    return isReached;
  }

  /**
   * Without a wall clock only records tell the time, so each partition must have reached the publication. A partition that was
   * read to its end without any event holds only transaction markers or broken records: it tells nothing.
   */
  async #isPassed(day: Day): Promise<boolean> {
    const { shards, logEnds, calendar } = this.#options;
    const atMs = calendar.publishedAtMs(day);
    const ends = await logEnds();
    // In this order: what is applied up to these offsets is in these times.
    const offsets = await shards.offsets();
    const times = await shards.eventTimes();
    return Object.entries(ends).every(([name, end]) => {
      const timeMs = times.get(name);
      return timeMs === undefined ? compareIds(offsets.get(name) ?? '0', end) >= 0 : timeMs >= atMs;
    });
  }
}
