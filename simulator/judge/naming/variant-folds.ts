// simulator/judge/naming/variant-folds.ts — Folds the log through every known bug at once.
import { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import type { LogEvent } from '../../history/log-event.js';
import type { Arrival, VariantRules } from './arrival.js';
import { type CounterName, countEventOf } from './counts.js';
import { DivergenceTrail } from './divergence-trail.js';
import type { VariantWithFold } from './explanation.js';
import { RecentlySeen } from './recently-seen.js';
import { EXACT, type Traits, type Variant } from './traits.js';
import { VariantFold } from './variant-fold.js';

export interface VariantFoldsOptions extends VariantRules {
  readonly variants: readonly Variant[];
  /** Only these articles are folded: those that any bug could bring into a list. */
  readonly candidates: ReadonlySet<string>;
  /** What the consumer is known to differ in: the bugs are folded on top of it. */
  readonly deviations: Partial<Traits>;
  /** The article whose events are kept around the place where each bug parts from the rules. */
  readonly watched?: WatchedArticle | undefined;
}

export interface WatchedArticle {
  readonly articleId: string;
  readonly day: Day;
}

export class VariantFolds {
  /** The rules, and what the consumer is known to differ in. */
  readonly base: VariantFold;
  readonly folds: readonly VariantWithFold[];
  readonly options: VariantFoldsOptions;
  /** Those that an event can make differ from the base, and those that write lists after it. */
  readonly #parting: readonly VariantFold[];
  readonly #following: readonly VariantFold[];
  /** Ids as doubles, so that articles whose ids are the same as doubles are candidates together. */
  readonly #candidates: ReadonlySet<number>;
  readonly #processing: Calendar;
  readonly #shared: Record<CounterName, number> = { like: 0, comment: 0, view: 0 };
  readonly #recent = new RecentlySeen();
  readonly #trails = new Map<VariantFold, DivergenceTrail>();

  constructor(options: VariantFoldsOptions) {
    const exact = { ...EXACT, ...options.deviations };
    this.options = options;
    this.#candidates = new Set([...options.candidates].map(Number));
    // A calendar remembers the last day asked for, and events are often processed on another day.
    this.#processing = new Calendar(options.rules);
    this.base = new VariantFold(exact, options);
    this.folds = options.variants.map((variant, index) => ({
      variant,
      fold: new VariantFold({ ...exact, ...variant.traits }, options, { base: this.base, index }),
    }));
    const folds = this.folds.map(({ fold }) => fold);
    this.#parting = folds.filter((fold) => fold.canPart);
    this.#following = folds.filter((fold) => fold.isFollowing);
  }

  /** @returns false when the event concerns no candidate */
  add(log: LogEvent): boolean {
    const { event, timeMs, dueMs } = log;
    const count = countEventOf(event);
    if (count) this.#shared[count.counter] = count.event.count;
    if (event && !this.#isCandidate(event.articleId)) return false;
    const arrival: Arrival = {
      log,
      count,
      day: this.options.calendar.at(timeMs).day,
      processingDay: this.#processing.at(dueMs).day,
      isRepeat: event !== undefined && this.#recent.add(event.eventId),
      shared: this.#shared,
    };
    const article = event && this.base.article(event.articleId);
    for (const fold of this.#parting) fold.add(arrival, article);
    // After the others, which part from what was there before.
    if (this.base.add(arrival) && article) for (const fold of this.#following) fold.follow(arrival, article);
    const { watched } = this.options;
    if (watched && event?.articleId === watched.articleId) this.#follow(log, watched);
    return event !== undefined;
  }

  /** The ranking of a consumer with one of the variants. */
  foldOf(variant: Variant): VariantFold | undefined {
    return this.folds.find((one) => one.variant === variant)?.fold;
  }

  trailOf(fold: VariantFold): DivergenceTrail | undefined {
    return this.#trails.get(fold);
  }

  #isCandidate(articleId: string): boolean {
    return this.options.candidates.has(articleId) || this.#candidates.has(Number(articleId));
  }

  #follow(log: LogEvent, { articleId, day }: WatchedArticle): void {
    const right = this.base.stateOf(articleId, day);
    const article = this.base.article(articleId);
    for (const { fold } of this.folds) {
      const isSame = fold.shares(article) || fold.stateOf(articleId, day) === right;
      const isRight = fold.weights === this.options.rules.weights && isSame;
      const trail = this.#trails.get(fold) ?? new DivergenceTrail();
      this.#trails.set(fold, trail);
      trail.add({ log, counts: { ...fold.countsOf(articleId, day) } }, isRight);
    }
  }
}
