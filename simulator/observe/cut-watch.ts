// simulator/observe/cut-watch.ts — About once a second under load, reads the lists of unpublished days together with the offsets that they reflect.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt, type MappedClock, wallMs } from '../../contract/clock.js';
import { STREAMS } from '../../contract/events.js';
import { compareListed } from '../../contract/rules.js';
import type { ObservedCut } from '../history/history.js';
import { readCut } from '../sut/consumer-channel.js';
import type { Plan } from '../workload/plan.js';
import { Background } from './background.js';

const INTERVAL_MS = 900;
/** In a longer run only the first hours are watched. */
const MAX_CUTS = 10_000;

export interface CutWatchOptions {
  readonly plan: Plan;
  /** By position in contract's STREAMS. */
  readonly topics: readonly string[];
  /** Base URLs of the consumers that run. */
  readonly urls: () => readonly string[];
  /** Undefined without pacing. */
  readonly clock: MappedClock | undefined;
  /** Wall time of the load's start, ms. */
  readonly startedAtMs: number;
}

export class CutWatch {
  readonly cuts: ObservedCut[] = [];
  readonly #options: CutWatchOptions;
  readonly #calendar: Calendar;
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  readonly #background = new Background();
  #snapshots = 0;

  constructor(options: CutWatchOptions) {
    this.#options = options;
    this.#calendar = new Calendar(options.plan.scenario.rules);
  }

  /** Call it often; it returns at once. */
  look(): void {
    if (this.#background.isBusy || wallMs() < this.#lastSnapshotMs + INTERVAL_MS || this.cuts.length >= MAX_CUTS)
      return;
    this.#lastSnapshotMs = wallMs();
    this.#background.start(() => this.#takeSnapshots());
  }

  /** Settles when nothing is being looked at. */
  finish(): Promise<void> {
    return this.#background.ended();
  }

  async #takeSnapshots(): Promise<void> {
    const { clock, plan, startedAtMs, urls } = this.#options;
    const now = clock && eventTimeAt(clock, wallMs());
    const isOpen = ({ startMs, day }: Plan['days'][number]) =>
      now === undefined || (now >= startMs && now < this.#calendar.publishedAtMs(day));
    const all = urls();
    // One consumer after the other, as all of them read the same Redis.
    const url = all[this.#snapshots % Math.max(1, all.length)];
    this.#snapshots += 1;
    if (url === undefined) return;
    for (const { day } of plan.days.filter(isOpen)) {
      const atMs = Math.round(wallMs() - startedAtMs);
      const cut = await readCut(url, day);
      if (!cut || cut.published) continue;
      this.cuts.push({ atMs, day, offsets: this.#offsets(cut.offsets), list: cut.list.sort(compareListed) });
    }
  }

  #offsets(offsets: Readonly<Record<string, string>>): readonly (readonly number[])[] {
    const { topics, plan } = this.#options;
    return STREAMS.map((_, stream) =>
      Array.from({ length: plan.lanes }, (_, partition) => Number(offsets[`${topics[stream]}/${partition}`] ?? 0)),
    );
  }
}
