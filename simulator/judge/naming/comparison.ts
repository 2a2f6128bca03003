// simulator/judge/naming/comparison.ts — Compares what was found with what each known bug would have shown.

import type { LogEvent } from '../../history/log-event.js';
import type { CauseName } from '../../vocabulary/bugs.js';
import type { Cause, Causes } from './causes.js';
import type { Step } from './divergence-trail.js';
import { type Explanation, explanationOf } from './explanation.js';
import { bothOf, lastResorts, readFromLists, weightsAndLimit } from './found-lists.js';
import { addFacts, differences, type FoundDay } from './shown-facts.js';
import { both, canRaise, isOrderBound, type Variant } from './traits.js';
import type { VariantFolds } from './variant-folds.js';
import { OPEN_FAMILIES } from './variants.js';

/** A bug that explains less of what is wrong is not mentioned. */
const MIN_SHARE = 0.5;
const MAX_PARTLY = 3;
const MAX_FOR_PAIRS = 6;

type Shown = Pick<Explanation, 'list' | 'counts'>;

interface Scored extends Explanation {
  /** It would have changed something in this history. */
  readonly hasEffect: boolean;
  /** The part of what is wrong that it explains, less what it would make wrong itself. 1: all that is wrong, and nothing else. */
  readonly share: number;
}

export class Comparison {
  readonly folds: VariantFolds;
  /** Nothing differs from the rules, or from what the consumer is known to differ in. */
  readonly isRight: boolean;
  readonly #found: readonly FoundDay[];
  readonly #shown = new Set<string>();
  readonly #right: ReadonlySet<string>;
  readonly #differences: number;
  /** Best first. */
  readonly #scored: readonly Scored[];

  constructor(found: readonly FoundDay[], folds: VariantFolds) {
    const { base, options } = folds;
    this.folds = folds;
    this.#found = found;
    for (const day of found) addFacts(this.#shown, day, options.candidates);
    this.#right = this.#factsOf({ list: (day) => base.list(day) });
    this.#differences = differences(this.#shown, this.#right);
    this.isRight = this.#differences === 0;
    const explanations = [...folds.folds.map(explanationOf), ...readFromLists(found, base, options.rules)];
    this.#scored = explanations.map((one) => this.#score(one)).sort((a, b) => b.share - a.share);
  }

  /**
   * Which bugs show exactly what was found, which a good part of it, and which something else.
   * @param hasReadAll whether bugs that fit too much are tried, too
   */
  naming(hasReadAll = true): Causes<CauseName> {
    const exact = this.#scored.filter((one) => one.share === 1);
    const others = exact.length > 0 || !hasReadAll ? [] : this.#explaining(lastResorts(this.#found, this.folds.base));
    const consistent = [...exact, ...others];
    const partly =
      consistent.length > 0
        ? []
        : this.#possible()
            .filter((one) => one.share >= MIN_SHARE)
            .slice(0, MAX_PARTLY);
    const mentioned = new Set([...consistent, ...partly].map((one) => one.name));
    const names = (of: readonly Scored[]) =>
      [...new Set(of.map((one) => one.name))].filter((name) => !mentioned.has(name));
    const withEffect = new Set(this.#scored.filter((one) => one.hasEffect).map(({ name }) => name));
    return {
      consistent: consistent.map(({ name, does }) => ({ name, does })),
      partly: partly.map(({ name, does, share }) => ({ name, does, share })),
      not: names(this.#scored.filter((one) => one.hasEffect)).filter((name) => this.#isExcluded(name)),
      untested: names(this.#scored).filter((name) => !withEffect.has(name)),
    };
  }

  /** The bugs that show exactly what was found. */
  exact(): Cause<CauseName>[] {
    return this.#scored.filter((one) => one.share === 1).map(({ name, does }) => ({ name, does }));
  }

  /** Whether it shows exactly what was found. */
  explains(explanation: Explanation): boolean {
    return this.shareOf(explanation) === 1;
  }

  /** The part of what is wrong that it explains; 0 when nothing is wrong. */
  shareOf(shown: Shown): number {
    return this.isRight ? 0 : 1 - differences(this.#shown, this.#factsOf(shown)) / this.#differences;
  }

  /** The bug that explains most, if the order in which partitions were read can account for the rest. */
  apartFromOrder(): Cause<CauseName>[] {
    const [first] = this.#possible();
    if (!first?.folded || first.share < MIN_SHARE || !isOrderBound(first.folded.variant)) return [];
    const percent = Math.floor(first.share * 100);
    const does = `${first.does}; this shows ${percent} %, and the rest depends on when partitions were read`;
    return [{ name: first.name, does }];
  }

  /** Pairs of those bugs that explain a part each. */
  pairs(): Variant[] {
    const best = this.#scored
      .filter(({ share, hasEffect, folded }) => folded && hasEffect && share > 0)
      .slice(0, MAX_FOR_PAIRS)
      .flatMap(({ folded }) => folded?.variant ?? []);
    return best.flatMap((a, i) => best.slice(i + 1).flatMap((b) => both(a, b) ?? []));
  }

  /** What the bug that explains most makes of the watched article; undefined when none is worth a mention. */
  divergence(): Divergence | undefined {
    const { watched } = this.folds.options;
    const [first] = this.#scored;
    if (!watched || !first?.folded || first.share < MIN_SHARE) return undefined;
    const { fold } = first.folded;
    const trail = this.folds.trailOf(fold);
    return {
      name: first.name,
      state: fold.stateOf(watched.articleId, watched.day),
      parting: trail?.parting,
      steps: trail?.steps ?? [],
      eviction: fold.evictionOf(watched.articleId),
    };
  }

  /** Exact explanations by two bugs of which one is read from the lists: other weights, or another limit. */
  withReadFromLists(): Cause<CauseName>[] {
    const { rules } = this.folds.options;
    const withFolds = this.#scored.flatMap(({ folded, hasEffect }) => {
      if (!folded || !hasEffect) return [];
      return readFromLists(this.#found, folded.fold, rules).flatMap((one) => bothOf(folded, one) ?? []);
    });
    const pairs = [...weightsAndLimit(this.#found, this.folds.base, rules), ...withFolds];
    return this.#explaining(pairs).map(({ name, does }) => ({ name, does }));
  }

  /** Best first, without bugs that cannot raise a score where a found score is too high. */
  #possible(): readonly Scored[] {
    const { base } = this.folds;
    const isRaised = this.#found.some(({ day, list }) =>
      list.some(({ articleId, score }) => score > (base.scoreOf(articleId, day) ?? score)),
    );
    if (!isRaised) return this.#scored;
    return this.#scored.filter(({ folded }) => !folded || canRaise(folded.variant));
  }

  /** Nothing of what is wrong is explained by it, and no form of it is left to try. */
  #isExcluded(name: CauseName): boolean {
    return !OPEN_FAMILIES.has(name) && this.#scored.every((one) => one.name !== name || one.share <= 0);
  }

  #explaining(explanations: readonly Explanation[]): Scored[] {
    return explanations.map((one) => this.#score(one)).filter((one) => one.share === 1);
  }

  #score(explanation: Explanation): Scored {
    if (explanation.folded?.fold.isAsBase) return { ...explanation, hasEffect: false, share: 0 };
    const facts = this.#factsOf(explanation);
    const share = this.isRight ? 0 : 1 - differences(this.#shown, facts) / this.#differences;
    return { ...explanation, hasEffect: differences(facts, this.#right) > 0, share };
  }

  #factsOf({ list, counts }: Shown): Set<string> {
    const { base, options } = this.folds;
    const facts = new Set<string>();
    for (const { day, counts: areShown } of this.#found) {
      const countsOf = counts ?? ((articleId: string) => base.counts(articleId, day));
      const shown = { day, list: list(day), counts: areShown && ((articleId: string) => countsOf(articleId, day)) };
      addFacts(facts, shown, options.candidates);
    }
    return facts;
  }
}

/** How a bug and the rules part on one article. */
export interface Divergence {
  readonly name: CauseName;
  /** The article in the end, with the bug. */
  readonly state: string;
  /** The event from which on it is not as by the rules. */
  readonly parting: LogEvent | undefined;
  /** Around that event; or the last ones. */
  readonly steps: readonly Step[];
  /** The event that pushed it out of the list for good. */
  readonly eviction: LogEvent | undefined;
}
