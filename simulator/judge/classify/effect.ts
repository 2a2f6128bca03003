// simulator/judge/classify/effect.ts — Would a known bug show in these events?
import { Calendar } from '../../../contract/calendar.js';
import type { Rules } from '../../../contract/rules.js';
import type { NamedBug } from '../../record/naming.js';
import type { LogEvent } from '../log-event.js';
import type { FoundDay } from './explanations.js';
import { Classifier } from './naming.js';
import type { Variant } from './traits.js';
import { knownVariants } from './variants.js';

/**
 * Whether one of the bugs would make a list or a count other than the rules do.
 * @param events in the order in which they arrive
 * @returns undefined when none of them is a function of the events: what they show hangs on crashes, say
 */
export function wouldShow(
  bugs: readonly NamedBug[],
  events: readonly LogEvent[],
  { rules, viewsPerEvent }: { readonly rules: Rules; readonly viewsPerEvent: number },
): boolean | undefined {
  const variants = variantsOf(bugs, rules.top);
  if (variants.length === 0) return undefined;
  const calendar = new Calendar(rules);
  const candidates = new Set(events.flatMap(({ event }) => event?.articleId ?? []));
  const classifier = new Classifier({ rules, calendar, viewsPerEvent, candidates, family: {}, variants });
  const days = new Set<string>();
  for (const one of events) {
    classifier.add(one);
    if (one.event && 'createdDay' in one.event) days.add(one.event.createdDay);
  }
  const { base } = classifier;
  // If all is right, whatever differs from it is a bug that shows.
  const right = [...days].map((day): FoundDay => {
    return { day, list: base.list(day), counts: (articleId) => base.counts(articleId, day) };
  });
  const { not } = classifier.name(right);
  return variants.some(({ name }) => not.includes(name));
}

/** Those that do just that, or else those of the same name. */
function variantsOf(bugs: readonly NamedBug[], top: number): Variant[] {
  return bugs.flatMap(({ name, does }) => {
    const named = knownVariants(top).filter((variant) => variant.name === name);
    const same = named.filter((variant) => variant.does === does);
    return same.length > 0 ? same : named;
  });
}
