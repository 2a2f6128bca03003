// simulator/judge/checks/staleness.ts — How old are the visible lists while load runs? Told from the lists alone, so of any consumer, also of one that stores no offsets.
import { Calendar } from '../../../contract/calendar.js';
import { compareListed, type Ranked, type Rules } from '../../../contract/rules.js';
import type { ObservedSnapshot } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import type { StalenessPoint } from '../../record/lists-record.js';
import type { LogOracle } from '../log/log-oracle.js';
import { type ScoreChange, ScoreHistories } from '../oracle/score-histories.js';

export interface StalenessOptions {
  readonly rules: Rules;
  /** The fold of exactly the records that this was fed with. */
  readonly log: Pick<LogOracle, 'list' | 'scoreOf'>;
  /** Event time per wall time. */
  readonly speed: number;
  /** Order of equal scores, if it is not that of the rules. */
  readonly order?: (a: Ranked, b: Ranked) => number;
}

/** One look, and the record that its list should have shown longest. */
export interface Staleness extends StalenessPoint {
  readonly missed: (ScoreChange & { readonly articleId: string }) | undefined;
}

/**
 * Fed with the log in the order in which it was to be sent, it holds each look against the list that the rules make of all that was due by then.
 * An event counts from the time at which it was to be sent, so a generator or a broker that is late makes lists old, too.
 */
export class StalenessFold {
  readonly points: Staleness[] = [];
  readonly #options: StalenessOptions;
  readonly #order: (a: Ranked, b: Ranked) => number;
  readonly #calendar: Calendar;
  /** Scores of each article on its own day; it has none on other days. */
  readonly #histories = new ScoreHistories();
  readonly #snapshots: readonly ObservedSnapshot[];
  #next = 0;

  constructor(snapshots: readonly ObservedSnapshot[], options: StalenessOptions) {
    this.#options = options;
    this.#order = options.order ?? compareListed;
    this.#calendar = new Calendar(options.rules);
    // What is published is judged by other checks, and an empty list at the start of a day is right.
    const isOpen = ({ askedMs, day }: ObservedSnapshot) => askedMs < this.#calendar.publishedAtMs(day);
    this.#snapshots = snapshots.filter(isOpen).sort((a, b) => a.answeredMs - b.answeredMs);
  }

  /** Looks that were answered before this time see nothing of what is due then. To be called before the record is folded. */
  reach(dueMs: number): void {
    for (
      let snapshot = this.#snapshots[this.#next];
      snapshot && snapshot.answeredMs < dueMs;
      snapshot = this.#snapshots[this.#next]
    ) {
      this.#next += 1;
      const point = this.#compared(snapshot);
      if (point) this.points.push(point);
    }
  }

  /** To be called when the record has been folded. */
  add({ event, timeMs, dueMs, stream, partition, offset }: LogEvent): void {
    if (!event || this.#next >= this.#snapshots.length) return;
    const day = 'createdDay' in event ? event.createdDay : this.#calendar.at(timeMs).day;
    const score = this.#options.log.scoreOf(event.articleId, day);
    // An event of another day than its article's changes nothing.
    if (score !== undefined) this.#histories.add(event.articleId, { dueMs, score, stream, partition, offset });
  }

  /** In order of time; to be called after the last event. */
  finish(): readonly Staleness[] {
    this.reach(Number.POSITIVE_INFINITY);
    return this.points;
  }

  /** Undefined when there is nothing to be seen, and nothing was. */
  #compared({ atMs, askedMs, day, list }: ObservedSnapshot): Staleness | undefined {
    const right = this.#options.log.list(day);
    if (right.length === 0 && list.length === 0) return undefined;
    const missed = oldest([...this.#unseen(list), ...this.#absent(right, list)]);
    const wall = (eventMs: number) => Math.max(0, Math.round((askedMs - eventMs) / this.#options.speed));
    const newest = this.#newestShown(list);
    const shown = new Set(list.map(({ articleId }) => articleId));
    const present = right.filter(({ articleId }) => shown.has(articleId)).length;
    return {
      atMs,
      day,
      behindMs: missed ? wall(missed.dueMs) : 0,
      missed,
      newestMs: newest === undefined ? null : wall(newest),
      overlap: right.length === 0 ? 0 : present / right.length,
      rankDistance: rankDistance(right, list),
    };
  }

  /** For each row with a wrong score: the first record since the article had that score, or was past it. */
  #unseen(list: readonly Ranked[]) {
    return list.flatMap(({ articleId, score }) => this.#since(articleId, (now) => Math.sign(now - score)));
  }

  /** For each missing row: the first record since it ranks above the last row. */
  #absent(right: readonly Ranked[], list: readonly Ranked[]) {
    const shown = new Set(list.map(({ articleId }) => articleId));
    const last = list.length >= this.#options.rules.top ? [...list].sort(this.#order).at(-1) : undefined;
    return right
      .filter(({ articleId }) => !shown.has(articleId))
      .flatMap(({ articleId }) =>
        this.#since(articleId, (score) => {
          const ranksBefore = last ? this.#order({ articleId, score }, last) < 0 : score > 0;
          return ranksBefore ? 1 : 0;
        }),
      );
  }

  /**
   * The earliest of the newest records that all leave the same sign; none when that is 0. Nor when the score was always lower: what
   * the list shows was then not folded yet, as records of other partitions may come a little before their turn.
   */
  #since(articleId: string, signOf: (score: number) => number): (ScoreChange & { articleId: string })[] {
    let first: ScoreChange | undefined;
    let sign: number | undefined;
    const found = () => (first ? [{ ...first, articleId }] : []);
    for (const change of this.#histories.of(articleId)) {
      const now = signOf(change.score);
      sign ??= now;
      if (sign === 0 || now !== sign) return found();
      first = change;
    }
    return sign === 1 ? found() : [];
  }

  /** When the newest of the records was due that gave a row the score it shows. */
  #newestShown(list: readonly Ranked[]): number | undefined {
    const times = list.flatMap(({ articleId, score }) => {
      for (const change of this.#histories.of(articleId)) if (change.score === score) return [change.dueMs];
      return [];
    });
    return times.length === 0 ? undefined : Math.max(...times);
  }
}

function oldest<Change extends ScoreChange>(changes: readonly Change[]): Change | undefined {
  return changes.reduce<Change | undefined>(
    (first, one) => (first && first.dueMs <= one.dueMs ? first : one),
    undefined,
  );
}

/** On average over the rows of both lists, of which one has any. */
function rankDistance(right: readonly Ranked[], list: readonly Ranked[]): number {
  const ranks = (rows: readonly Ranked[]) => new Map(rows.map(({ articleId }, index) => [articleId, index]));
  const [wanted, found] = [ranks(right), ranks(list)];
  const ids = new Set([...wanted.keys(), ...found.keys()]);
  let sum = 0;
  for (const id of ids) sum += Math.abs((wanted.get(id) ?? right.length) - (found.get(id) ?? list.length));
  return sum / ids.size;
}
