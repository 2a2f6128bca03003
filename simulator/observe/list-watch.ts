// simulator/observe/list-watch.ts — About once a second, reads the visible lists and what clients are given, for any consumer.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock, wallMs } from '../../contract/clock.js';
import type { Day } from '../../contract/events.js';
import { compareListed, type Ranked } from '../../contract/rules.js';
import type { ObservedAnswer, ObservedSnapshot } from '../history/history.js';
import type { Plan } from '../workload/plan.js';
import { Background } from './background.js';

const INTERVAL_MS = 900;
/** In a longer run only the first hours are watched. */
const MAX_LOOKS = 10_000;

export interface ListWatchOptions {
  readonly plan: Plan;
  /** The visible list; best first, ties as the rules say. @throws when it cannot be read */
  readonly readList: (day: Day) => Promise<readonly Ranked[]>;
  /** What clients are given now; undefined when they get nothing, or no consumer answers. */
  readonly readNewest: () => Promise<{ readonly day: Day; readonly list: readonly Ranked[] } | undefined>;
  /** Undefined without pacing: then no time says what a list should show, and nothing is watched. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
}

export class ListWatch {
  readonly snapshots: ObservedSnapshot[] = [];
  readonly answers: ObservedAnswer[] = [];
  readonly #options: ListWatchOptions;
  readonly #calendar: Calendar;
  /** The last list of each day; an unchanged list is kept once. */
  readonly #last = new Map<Day, ObservedSnapshot>();
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  readonly #background = new Background();

  constructor(options: ListWatchOptions) {
    this.#options = options;
    this.#calendar = new Calendar(options.plan.scenario.rules);
  }

  /** Call it often; it returns at once. */
  look(): void {
    if (this.#background.isBusy || wallMs() < this.#lastSnapshotMs + INTERVAL_MS || this.snapshots.length >= MAX_LOOKS)
      return;
    this.#begin();
  }

  /** Takes a last snapshot when all is quiet. Clients must be given the right list by then. */
  async lastSnapshot(): Promise<void> {
    await this.#background.ended();
    this.#begin();
    await this.#background.ended();
  }

  #begin(): void {
    this.#lastSnapshotMs = wallMs();
    this.#background.start(() => this.#takeSnapshots());
  }

  async #takeSnapshots(): Promise<void> {
    const { clock, plan } = this.#options;
    if (!clock) return;
    const now = eventTimeAt(clock, wallMs());
    const newest = await this.#timed(clock, this.#options.readNewest);
    if (newest?.found) this.answers.push({ ...newest.times, ...newest.found });
    const canBeRead = ({ startMs, day }: Plan['days'][number]) =>
      now >= startMs && now < this.#calendar.forgottenAtMs(day);
    for (const { day } of plan.days.filter(canBeRead)) {
      const look = await this.#timed(clock, () => this.#options.readList(day));
      if (!look) continue;
      const list = [...look.found].sort(compareListed);
      const last = this.#last.get(day);
      const isSame = last !== undefined && JSON.stringify(last.list) === JSON.stringify(list);
      const seen = { ...look.times, day, list: isSame ? last.list : list };
      this.#last.set(day, seen);
      this.snapshots.push(seen);
    }
  }

  /** Undefined when it fails, as a Redis that is away shows nothing. */
  async #timed<T>(clock: MappedClock, read: () => Promise<T>) {
    const askedMs = wallMs();
    try {
      const found = await read();
      const times = {
        atMs: Math.round(askedMs - this.#options.startedAtMs),
        askedMs: eventTimeAt(clock, askedMs),
        answeredMs: eventTimeAt(clock, wallMs()),
      };
      return { found, times };
    } catch {
      return undefined;
    }
  }
}
