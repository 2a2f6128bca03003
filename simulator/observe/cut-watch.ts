// simulator/observe/cut-watch.ts — Reads, about once a second, the lists of unpublished days together with the offsets that they reflect.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock } from '../../contract/clock.js';
import { type Day, STREAMS } from '../../contract/events.js';
import type { Cut } from '../../contract/observation.js';
import { compareListed } from '../../contract/rules.js';
import type { ObservedCut } from '../history/history.js';
import type { Plan } from '../workload/plan.js';
import { Background } from './background.js';

const INTERVAL_MS = 900;
/** A longer run is watched in its first hours only. */
const MAX_CUTS = 10_000;

export interface CutReads {
  /** Undefined when the consumer does not show it now. */
  readonly readCut: (day: Day) => Promise<Cut | undefined>;
}

export interface CutWatchOptions {
  readonly plan: Plan;
  /** By position in contract's STREAMS. */
  readonly topics: readonly string[];
  readonly reads: CutReads;
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
  /** Wall time, ms. */
  readonly now: () => number;
}

export class CutWatch {
  readonly cuts: ObservedCut[] = [];
  readonly #options: CutWatchOptions;
  readonly #calendar: Calendar;
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  readonly #background = new Background();

  constructor(options: CutWatchOptions) {
    this.#options = options;
    this.#calendar = new Calendar(options.plan.scenario.rules);
  }

  /** May be called often, and returns at once: it reads nothing when the last snapshot is recent. */
  takeSnapshots(): void {
    const nowMs = this.#options.now();
    const isEarly = nowMs < this.#lastSnapshotMs + INTERVAL_MS;
    if (this.#background.isBusy || isEarly || this.cuts.length >= MAX_CUTS) return;
    this.#lastSnapshotMs = nowMs;
    this.#background.start(() => this.#readOpenDays());
  }

  /** Settles when nothing is being read. @throws the first bug of what was read */
  ended(): Promise<void> {
    return this.#background.ended();
  }

  async #readOpenDays(): Promise<void> {
    const { clock, plan, startedAtMs, now, reads } = this.#options;
    const eventTimeMs = clock && eventTimeAt(clock, now());
    const isOpen = ({ startMs, day }: Plan['days'][number]) =>
      eventTimeMs === undefined || (eventTimeMs >= startMs && eventTimeMs < this.#calendar.publishedAtMs(day));
    for (const { day } of plan.days.filter(isOpen)) {
      const atMs = Math.round(now() - startedAtMs);
      const cut = await reads.readCut(day);
      if (!cut || cut.published) continue;
      this.cuts.push({ atMs, day, offsets: this.#offsets(cut.offsets), list: cut.list.sort(compareListed) });
    }
  }

  #offsets(offsets: Readonly<Record<string, string>>): readonly (readonly number[])[] {
    const { topics, plan } = this.#options;
    return topics.slice(0, STREAMS.length).map((topic) =>
      // A partition without any applied record has no offset.
      Array.from({ length: plan.lanes }, (_, partition) => Number(offsets[`${topic}/${partition}`] ?? 0)),
    );
  }
}
