// simulator/judge/naming/naming.ts — Folds the log through every known bug at once, and says which of them shows what was found.

import { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import { COUNTER_OF_TYPE } from '../../../contract/kind.js';
import type { LogEvent } from '../../history/log-event.js';
import type { NamedBug, Naming } from '../../record/diagnosis-record.js';
import { type Explanation, type FoundDay, lastResorts, readFromLists } from './explanations.js';
import { addFacts, differences } from './facts.js';
import { Recent } from './recent.js';
import { type Step, Trail } from './trail.js';
import { both, EXACT, isOrderBound, type Traits, type Variant } from './traits.js';
import { type Arrival, VariantFold, type VariantRules } from './variant-fold.js';

export interface NamingOptions extends VariantRules {
  readonly variants: readonly Variant[];
  /** Only these articles are folded: those that any bug could bring into a list. */
  readonly candidates: ReadonlySet<string>;
  /** In what the consumer is known to differ from the rules: then that is what bugs are compared with. */
  readonly deviations: Partial<Traits>;
  /** Folded beside the bugs, to tell how much of what is wrong it explains. */
  readonly declared?: Variant;
  /** The article of which it is to be told where each bug parts from the rules. */
  readonly watched?: { readonly articleId: string; readonly day: Day };
}

/** A bug that explains less of what is wrong is not worth a mention. */
const WORTH_MENTION = 0.5;
const MAX_PARTLY = 3;
const MAX_FOR_PAIRS = 6;

export class Classifier {
  /** The rules, and what the consumer is known to differ in. */
  readonly base: VariantFold;
  readonly #folds: readonly VariantWithFold[];
  readonly #declared: VariantWithFold | undefined;
  readonly #options: NamingOptions;
  /** Articles whose ids are the same as doubles are candidates together. */
  readonly #candidates: ReadonlySet<number>;
  readonly #utc: Calendar;
  readonly #processing: Calendar;
  readonly #shared = [0, 0, 0];
  readonly #recent = new Recent();
  /** By fold: what becomes of the watched article. */
  readonly #trails = new Map<VariantFold, Trail>();

  constructor(options: NamingOptions) {
    const exact = { ...EXACT, ...options.deviations };
    this.#options = options;
    this.#candidates = new Set([...options.candidates].map(Number));
    this.#utc = new Calendar({ ...options.rules, zone: 'UTC' });
    // A calendar remembers the last day asked for; events are processed on other days than they are of.
    this.#processing = new Calendar(options.rules);
    this.base = new VariantFold(exact, options);
    const withFold = (variant: Variant) => ({
      variant,
      fold: new VariantFold({ ...exact, ...variant.traits }, options),
    });
    this.#folds = options.variants.map(withFold);
    this.#declared = options.declared && withFold(options.declared);
  }

  /** @returns false when the event concerns no candidate */
  add(log: LogEvent): boolean {
    const { event, timeMs, dueMs } = log;
    const counter = event && COUNTER_OF_TYPE[event.type];
    if (event && counter !== undefined && 'count' in event) this.#shared[counter] = event.count;
    if (event && !this.#candidates.has(Number(event.articleId))) return false;
    const arrival: Arrival = {
      log,
      day: this.#options.calendar.at(timeMs).day,
      processingDay: this.#processing.at(dueMs).day,
      utcDay: this.#utc.at(timeMs).day,
      isRepeat: event !== undefined && this.#recent.seen(event.eventId),
      shared: this.#shared,
    };
    this.base.add(arrival);
    for (const { fold } of this.#folds) fold.add(arrival);
    this.#declared?.fold.add(arrival);
    if (event?.articleId === this.#options.watched?.articleId) this.#watch(log);
    return event !== undefined;
  }

  #watch(log: LogEvent): void {
    const { watched, rules } = this.#options;
    if (!watched) return;
    const right = this.base.stateOf(watched.articleId, watched.day);
    for (const { fold } of this.#folds) {
      const isRight = fold.weights === rules.weights && fold.stateOf(watched.articleId, watched.day) === right;
      const trail = this.#trails.get(fold) ?? new Trail();
      this.#trails.set(fold, trail);
      trail.add({ log, counts: [...fold.countsOf(watched.articleId, watched.day)] }, isRight);
    }
  }

  /** As a consumer with one of the variants would have it. */
  foldOf(variant: Variant): VariantFold | undefined {
    return this.#folds.find((one) => one.variant === variant)?.fold;
  }

  /** Nothing differs from the rules, or from what the consumer is known to differ in. */
  isRight(found: readonly FoundDay[]): boolean {
    return found.every(({ day, list, counts }) => {
      const [wanted, shown] = [new Set<string>(), new Set<string>()];
      const { candidates } = this.#options;
      addFacts(wanted, day, { list, counts, candidates });
      const exact = counts && ((articleId: string) => this.base.counts(articleId, day));
      addFacts(shown, day, { list: this.base.list(day), counts: exact, candidates });
      return differences(wanted, shown) === 0;
    });
  }

  /**
   * Which bugs show exactly what was found, which a good part of it, and which something else.
   * @param hasReadAll then also those are tried that would explain too much
   */
  name(found: readonly FoundDay[], hasReadAll = true): Naming {
    const scored = this.#scored(found);
    const isExplained = scored.some((one) => one.share === 1);
    const likely =
      isExplained || !hasReadAll
        ? []
        : this.#compared(found, lastResorts(found, this.base)).filter((one) => one.share === 1);
    const consistent = [...scored.filter((one) => one.share === 1), ...likely];
    const partly = consistent.length > 0 ? [] : scored.filter((one) => one.share >= WORTH_MENTION).slice(0, MAX_PARTLY);
    const mentioned = new Set([...consistent, ...partly].map((one) => one.name));
    const names = (of: readonly Scored[]) =>
      [...new Set(of.map((one) => one.name))].filter((name) => !mentioned.has(name));
    const not = names(scored.filter((one) => one.hasEffect));
    return {
      consistent: consistent.map(({ name, does }) => ({ name, does })),
      partly: partly.map(({ name, does, share }) => ({ name, does, share })),
      not,
      untested: names(scored.filter((one) => !one.hasEffect)).filter((name) => !not.includes(name)),
    };
  }

  /** Whether it shows exactly what was found. */
  explains(found: readonly FoundDay[], explanation: Explanation): boolean {
    return this.#compared(found, [explanation])[0]?.share === 1;
  }

  /** The bug that explains most, if what it does not explain can come of when partitions were read. */
  apartFromOrder(found: readonly FoundDay[]): NamedBug[] {
    const [first] = this.#scored(found);
    if (!first?.variant || first.share < WORTH_MENTION || !isOrderBound(first.variant)) return [];
    const percent = Math.floor(first.share * 100);
    const does = `${first.does}; this shows ${percent} %, and the rest hangs on when partitions were read`;
    return [{ name: first.name, does }];
  }

  /** Both at once of those bugs that explain a part each. */
  pairs(found: readonly FoundDay[]): Variant[] {
    const best = this.#scored(found)
      .filter(({ share, hasEffect, variant }) => variant && hasEffect && share > 0)
      .slice(0, MAX_FOR_PAIRS)
      .flatMap(({ variant }) => variant ?? []);
    return best.flatMap((a, i) => best.slice(i + 1).flatMap((b) => both(a, b) ?? []));
  }

  /** What the bug that explains most makes of the watched article; undefined when none is worth a mention. */
  watched(found: readonly FoundDay[]): WatchedArticle | undefined {
    const { watched } = this.#options;
    const [first] = this.#scored(found);
    if (!watched || !first?.fold || first.share < WORTH_MENTION) return undefined;
    const trail = this.#trails.get(first.fold);
    return {
      name: first.name,
      state: first.fold.stateOf(watched.articleId, watched.day),
      parting: trail?.parting,
      steps: trail?.steps ?? [],
      eviction: first.fold.evictionOf(watched.articleId),
    };
  }

  /** The part of what is wrong that the declared traits explain; 0 where none are. */
  declaredShare(found: readonly FoundDay[]): number {
    return this.#compared(found, this.#declared ? [explanationOf(this.#declared)] : [])[0]?.share ?? 0;
  }

  /** Best first. */
  #scored(found: readonly FoundDay[]): Scored[] {
    const folded = this.#folds.map(explanationOf);
    const scored = this.#compared(found, [...folded, ...readFromLists(found, this.base, this.#options.rules)]);
    return scored.sort((a, b) => b.share - a.share);
  }

  #compared(found: readonly FoundDay[], explanations: readonly Explanation[]): Scored[] {
    const { candidates } = this.#options;
    const { base } = this;
    const wanted = new Set<string>();
    for (const one of found) addFacts(wanted, one.day, { list: one.list, counts: one.counts, candidates });
    const shown = ({ list, counts }: Pick<Explanation, 'list' | 'counts'>) => {
      const facts = new Set<string>();
      for (const { day, counts: areShown } of found) {
        const countsOf = areShown && ((articleId: string) => (counts ?? base.counts.bind(base))(articleId, day));
        addFacts(facts, day, { list: list(day), counts: countsOf, candidates });
      }
      return facts;
    };
    const exact = shown({ list: (day) => base.list(day) });
    const wrong = differences(wanted, exact);
    return explanations.map((one) => {
      const facts = shown(one);
      const share = wrong === 0 ? 0 : 1 - differences(wanted, facts) / wrong;
      return { ...one, hasEffect: differences(facts, exact) > 0, share };
    });
  }
}

interface VariantWithFold {
  readonly variant: Variant;
  readonly fold: VariantFold;
}

export interface WatchedArticle {
  /** The bug's. */
  readonly name: string;
  readonly state: string;
  /** The event from which on it is not what the rules make it. */
  readonly parting: LogEvent | undefined;
  /** Around it; or the last. */
  readonly steps: readonly Step[];
  /** The event that pushed it out of the list for good. */
  readonly eviction: LogEvent | undefined;
}

interface Scored extends Explanation {
  /** It would have changed something in this history. */
  readonly hasEffect: boolean;
  /** The part of what is wrong that it explains, less what it would make wrong itself. 1: all that is wrong, and nothing else. */
  readonly share: number;
}

function explanationOf({ variant, fold }: VariantWithFold): Explanation {
  return {
    ...{ ...variant, variant, fold },
    list: (day) => fold.list(day),
    counts: (articleId, day) => fold.counts(articleId, day),
  };
}
