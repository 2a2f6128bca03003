// simulator/judge/naming/explainers.ts — The table of explanations of a wrong ranking, the likeliest first. The first one that fits gives the names.
import { RANKING_CHECKS } from '../../vocabulary/checks.js';
import { RETENTION } from '../checks/retention.js';
import { borrowedCounts } from './borrowed-counts.js';
import { type Explainer, type Named, type NamingContext, named } from './explainer.js';
import { LAST_RESORTS } from './found-lists.js';
import { lostEvents } from './lost-events.js';

/** Unread records are no bug. An article whose records were all read can still show one. */
const BEHIND: Explainer = {
  name: 'behind',
  isPossible: ({ evidence }) => evidence.behind.isBehind,
  explain: (context) => {
    const { evidence, checks, comparison, byFolds } = context;
    const { behind } = evidence;
    const stops = byFolds.consistent.filter(({ name }) => name === 'POISON_SKIP');
    if (stops.length > 0) return named(context, stops);
    const share = behind.share(checks.filter(({ check }) => RANKING_CHECKS.includes(check)));
    if (share === 1) {
      const naming = { consistent: [behind.bug], partly: [], not: [], untested: [] };
      return { naming, comparison: undefined };
    }
    if (share === 0 || byFolds.consistent.length > 0) return { naming: byFolds, comparison };
    return { naming: { ...byFolds, partly: [{ ...behind.bug, share }, ...byFolds.partly] }, comparison };
  },
};

/** Folds follow one order of reading. The group may have read in another one. */
const DROPPED_ORPHANS: Explainer = {
  name: 'dropped orphans',
  isPossible: ({ byFolds }) => byFolds.consistent.every(({ name }) => LAST_RESORTS.includes(name)),
  explain: (context) => {
    const { comparison, evidence, byFolds } = context;
    const bug = evidence.orphans.explanation(evidence.found, comparison.folds.base);
    if (!bug || !comparison.explains(bug)) return undefined;
    return named(context, [{ name: bug.name, does: bug.does }, ...byFolds.consistent]);
  },
};

const ONE_BUG: Explainer = {
  name: 'one bug',
  isPossible: ({ byFolds }) => byFolds.consistent.length > 0,
  explain: ({ byFolds, comparison }) => ({ naming: byFolds, comparison }),
};

/** Everything that was found is right, but not how long it stays. */
const WRONG_RETENTION: Explainer = {
  name: 'retention',
  isPossible: ({ comparison }) => comparison.isRight,
  explain: (context) => {
    const finding = context.checks.find(({ check }) => check === RETENTION.name)?.findings[0];
    return finding && named(context, [{ name: 'RETENTION', does: finding.message }]);
  },
};

const TWO_BUGS: Explainer = {
  name: 'two bugs',
  isPossible: () => true,
  explain: async (context) => {
    const pairs = context.comparison.pairs();
    if (pairs.length === 0) return undefined;
    const comparison = await context.compareWith(pairs);
    return named(context, comparison.naming().consistent, comparison);
  },
};

const LOST_EVENTS: Explainer = {
  name: 'lost events',
  isPossible: showsCounts,
  explain: (context) => {
    const { evidence, comparison, plan, history, calendar } = context;
    const { rules, consumer } = plan.scenario;
    const lastMs = plan.phases.at(-1)?.endMs ?? 0;
    const { found, given, dayEnd } = evidence;
    const bugs = lostEvents(
      found,
      { base: comparison.folds.base, given, dayEnd },
      {
        rules,
        faults: history.faults,
        sessionTimeoutMs: consumer.sessionTimeoutMs,
        wasPublished: (day) => calendar.publishedAtMs(day) <= lastMs,
      },
    );
    return named(context, bugs);
  },
};

const BORROWED_COUNTS: Explainer = {
  name: 'borrowed counts',
  isPossible: showsCounts,
  explain: (context) => {
    const { found, given } = context.evidence;
    return named(context, borrowedCounts(found, context.comparison.folds.base, given));
  },
};

const MOSTLY_ONE_BUG: Explainer = {
  name: 'one bug, apart from the order of reading',
  isPossible: () => true,
  explain: (context) => named(context, context.comparison.apartFromOrder()),
};

export const EXPLAINERS: readonly Explainer[] = [
  BEHIND,
  DROPPED_ORPHANS,
  ONE_BUG,
  WRONG_RETENTION,
  TWO_BUGS,
  LOST_EVENTS,
  BORROWED_COUNTS,
  MOSTLY_ONE_BUG,
];

export async function explained(context: NamingContext): Promise<Named> {
  for (const { isPossible, explain } of EXPLAINERS) {
    if (!isPossible(context)) continue;
    const found = await explain(context);
    if (found) return found;
  }
  return { naming: context.byFolds, comparison: context.comparison };
}

function showsCounts({ evidence }: NamingContext): boolean {
  return evidence.found.some(({ counts }) => counts);
}
