// simulator/judge/naming/explainers.ts — The table of explanations of a wrong ranking, the likeliest first. The first one that fits gives the names.

import type { History } from '../../history/history.js';
import type { BugName } from '../../vocabulary/bugs.js';
import { RANKING_CHECKS } from '../../vocabulary/checks.js';
import { RETENTION } from '../checks/retention.js';
import { borrowedCounts } from './borrowed-counts.js';
import type { Causes } from './causes.js';
import { type Explainer, type Named, type NamingContext, named } from './explainer.js';
import { LAST_RESORTS, weightsOfMostRows } from './found-lists.js';
import { lostEvents } from './lost-events.js';
import { rareVariants } from './variants.js';

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
    const { comparison, evidence } = context;
    const bug = evidence.orphans.explanation(evidence.found, comparison.folds.base);
    if (!bug || !comparison.explains(bug)) return undefined;
    // It explains all, so no last resort is named beside it.
    return named(context, [{ name: bug.name, does: bug.does }]);
  },
};

const ONE_BUG: Explainer = {
  name: 'one bug',
  isPossible: ({ byFolds }) => byFolds.consistent.length > 0,
  explain: (context) => {
    const { byFolds, comparison, history } = context;
    const consistent = withoutSecondName(byFolds.consistent, history);
    return { naming: { ...byFolds, consistent }, comparison };
  },
};

/** A list that was seen was deleted, and one that never was seen is somewhere else. */
function withoutSecondName(consistent: Causes['consistent'], { snapshots }: History): Causes['consistent'] {
  const isNamed = (name: BugName) => consistent.some((one) => one.name === name);
  if (!isNamed('RETENTION') || !isNamed('KEYSPACE') || snapshots.length === 0) return consistent;
  const wasSeen = snapshots.some(({ list }) => list.length > 0);
  return consistent.filter(({ name }) => name !== (wasSeen ? 'KEYSPACE' : 'RETENTION'));
}

/** Declared deviations are the base on which every other bug is folded. */
const BESIDE_DEVIATIONS: Explainer = {
  name: 'one bug beside the declared deviations',
  isPossible: ({ byFolds, besideDeviations }) =>
    besideDeviations !== undefined && byFolds.consistent.every(({ name }) => LAST_RESORTS.includes(name)),
  explain: (context) => {
    const { besideDeviations } = context;
    if (!besideDeviations) return undefined;
    const bugs = besideDeviations.naming().consistent.filter(({ name }) => !LAST_RESORTS.includes(name));
    const consistent = bugs.map(({ name, does }) => ({ name, does: `${does}, beside what is declared` }));
    return named(context, consistent, besideDeviations);
  },
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

const RARE_FORM_OR_TWO_BUGS: Explainer = {
  name: 'a rare form of a bug, or two bugs',
  isPossible: ({ comparison }) => !comparison.isRight,
  explain: async (context) => {
    const { comparison: single } = context;
    const read = named(context, single.withReadFromLists());
    if (read) return read;
    const comparison = await context.compareWith([...rareVariants(), ...single.pairs()]);
    return named(context, comparison.exact(), comparison);
  },
};

/** Another bug decides which rows are there, and the scores tell the weights. */
const MOST_WEIGHTS: Explainer = {
  name: 'weights of most rows',
  isPossible: () => true,
  explain: (context) => {
    const { evidence, comparison, besideDeviations, plan } = context;
    const { base } = (besideDeviations ?? comparison).folds;
    return named(context, weightsOfMostRows(evidence.found, base, plan.scenario.rules));
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
        commits: history.commits,
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
  BESIDE_DEVIATIONS,
  ONE_BUG,
  WRONG_RETENTION,
  RARE_FORM_OR_TWO_BUGS,
  LOST_EVENTS,
  BORROWED_COUNTS,
  MOST_WEIGHTS,
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
