// simulator/judge/naming/would-show.ts — Would a known bug show in these events, and be told from others?

import { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { NamedBug } from '../../record/diagnosis-record.js';
import { Comparison } from './comparison.js';
import type { FoundDay } from './shown-facts.js';
import type { Variant } from './traits.js';
import type { VariantFold } from './variant-fold.js';
import { VariantFolds } from './variant-folds.js';
import { knownVariants } from './variants.js';

interface ShowOptions {
  readonly rules: Rules;
  readonly viewsPerEvent: number;
  /** Names that may show the same; those of the bugs where none are given. */
  readonly rivals?: readonly string[];
}

/**
 * Whether each of the bugs would make a wrong list or count, and one that no other bug makes.
 * @param events in the order in which they arrive
 * @returns undefined when none of the bugs follows from the events alone: what a crash leaves behind does not
 */
export function wouldShow(
  bugs: readonly NamedBug[],
  events: readonly LogEvent[],
  { rules, viewsPerEvent, rivals = [] }: ShowOptions,
): boolean | undefined {
  const variants = knownVariants(rules.top);
  const meant = variantsOf(bugs, variants);
  if (meant.length === 0) return undefined;
  const calendar = new Calendar(rules);
  const candidates = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  const folds = new VariantFolds({ rules, calendar, viewsPerEvent, candidates, deviations: {}, variants });
  const days = new Set<Day>();
  for (const one of events) {
    folds.add(one);
    if (one.event && 'createdDay' in one.event) days.add(one.event.createdDay);
  }
  // Where nothing is to be listed, nothing can be judged.
  if ([...days].every((day) => folds.base.list(day).length === 0)) return false;
  const allowed = new Set<string>([...rivals, ...bugs.map(({ name }) => name)]);
  const shows = (variant: Variant) => {
    const fold = folds.foldOf(variant);
    if (!fold || fold.isAsBase) return false;
    const found = [...days].map((day) => foundBy(fold, day));
    const { consistent } = new Comparison(found, folds).naming();
    return consistent.length > 0 && consistent.every(({ name }) => allowed.has(name));
  };
  const names = new Set(meant.map(({ name }) => name));
  return [...names].every((name) => meant.some((variant) => variant.name === name && shows(variant)));
}

function foundBy(fold: VariantFold, day: Day): FoundDay {
  return { day, list: fold.list(day), counts: (articleId) => fold.counts(articleId, day) };
}

/** Those that do just that, or else those of the same name. */
function variantsOf(bugs: readonly NamedBug[], variants: readonly Variant[]): Variant[] {
  return bugs.flatMap(({ name, does }) => {
    const named = variants.filter((variant) => variant.name === name);
    const same = named.filter((variant) => variant.does === does);
    return same.length > 0 ? same : named;
  });
}
