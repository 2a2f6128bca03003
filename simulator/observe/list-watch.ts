// simulator/observe/list-watch.ts — Reads, about once a second, the lists that everybody can see, and what clients are given.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import { compareListed, type Ranked } from '../../contract/rules.js';
import type { ObservedAnswer, ObservedSnapshot } from '../history/history.js';
import type { Plan } from '../workload/plan.js';
import { Background } from './background.js';

const INTERVAL_MS = 900;
/** A longer run is watched in its first hours only. */
const MAX_SNAPSHOTS = 10_000;

export interface ListReads {
  /** The visible list; best first, ties as the rules say. @throws when it cannot be read */
  readonly readList: (day: Day) => Promise<readonly Ranked[]>;
  /** What clients are given now; undefined when they are given nothing, or no consumer answers. */
  readonly readNewest: () => Promise<{ readonly day: Day; readonly list: readonly Ranked[] } | undefined>;
}

export interface ListWatchOptions {
  readonly plan: Plan;
  readonly reads: ListReads;
  /** Undefined without pacing: then no list is read, as no time says what it should show. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** Wall time, ms. */
  readonly now: () => number;
}

export class ListWatch {
  readonly snapshots: ObservedSnapshot[] = [];
  readonly answers: ObservedAnswer[] = [];
  readonly #options: ListWatchOptions;
  readonly #calendar: Calendar;
  /** By day, so that an unchanged list is kept once. */
  readonly #last = new Map<Day, ObservedSnapshot>();
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  readonly #background = new Background();

  constructor(options: ListWatchOptions) {
    this.#options = options;
    this.#calendar = new Calendar(options.plan.scenario.rules);
  }

  /** May be called often, and returns at once: it reads nothing when the last snapshot is recent. */
  takeSnapshots(): void {
    const isEarly = this.#options.now() < this.#lastSnapshotMs + INTERVAL_MS;
    if (this.#background.isBusy || isEarly || this.snapshots.length >= MAX_SNAPSHOTS) return;
    this.#begin();
  }

  /** Settles when nothing is being read. @throws the first bug of what was read */
  ended(): Promise<void> {
    return this.#background.ended();
  }

  /** Called when all is quiet: from then on clients must be given the right list. */
  async lastSnapshot(): Promise<void> {
    await this.ended();
    this.#begin();
    await this.ended();
  }

  #begin(): void {
    this.#lastSnapshotMs = this.#options.now();
    this.#background.start(() => this.#readLists());
  }

  async #readLists(): Promise<void> {
    const { clock, plan, reads } = this.#options;
    if (!clock) return;
    const now = eventTimeAt(clock, this.#options.now());
    const newest = await this.#timed(clock, () => reads.readNewest());
    if (newest?.found) this.answers.push({ ...newest.times, ...newest.found });
    const canBeRead = ({ startMs, day }: Plan['days'][number]) =>
      now >= startMs && now < this.#calendar.forgottenAtMs(day);
    for (const { day } of plan.days.filter(canBeRead)) {
      const snapshot = await this.#timed(clock, () => reads.readList(day));
      if (!snapshot) continue;
      const list = [...snapshot.found].sort(compareListed);
      const last = this.#last.get(day);
      const isSame = last !== undefined && JSON.stringify(last.list) === JSON.stringify(list);
      const seen = { ...snapshot.times, day, list: isSame ? last.list : list };
      this.#last.set(day, seen);
      this.snapshots.push(seen);
    }
  }

  /** Undefined when the read fails: a Redis that is away shows nothing. */
  async #timed<T>(clock: MappedClock, read: () => Promise<T>) {
    const { now, startedAtMs } = this.#options;
    const askedMs = now();
    try {
      const found = await read();
      const times = {
        atMs: Math.round(askedMs - startedAtMs),
        askedMs: eventTimeAt(clock, askedMs),
        answeredMs: eventTimeAt(clock, now()),
      };
      return { found, times };
    } catch {
      return undefined;
    }
  }
}
