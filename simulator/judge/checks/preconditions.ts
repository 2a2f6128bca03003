// simulator/judge/checks/preconditions.ts — What a scenario aims at must have happened, or its checks have not been put to the test.
import type { Aim, GeneratedScenario, Scenario } from '../../scenario/schema.js';
import type { CheckName } from '../../vocabulary/checks.js';
import type { Evidence, Need } from './checker.js';
import type { CoverageOfRun, Covered } from './coverage.js';

/** A need of one check, in this run alone. */
export interface Precondition extends Need {
  readonly check: CheckName;
}

/**
 * A need belongs to what the scenario asks for, not to the check: a run that asks for no unlikes is no worse for having
 * none in its first 20 (a smoke test must not end unknown), and one that is there for just that has shown nothing
 * without. So each stands beside the part of the scenario that promises it.
 */
interface Preconditions {
  readonly check: CheckName;
  readonly text: string;
  readonly isAskedFor: (scenario: GeneratedScenario) => boolean;
  readonly isKept: (seenInRun: CoverageOfRun, evidence: Evidence) => boolean;
}

const aimsAt =
  (kind: Aim['kind'], isMeant: (aim: Aim) => boolean = () => true) =>
  (scenario: GeneratedScenario) =>
    scenario.aim.some((aim) => aim.kind === kind && isMeant(aim));

const any =
  (covered: Covered) =>
  ({ coverage }: CoverageOfRun) =>
    coverage.any(covered);

const ofLeaders =
  (covered: Covered, most: number) =>
  ({ coverage, leaders }: CoverageOfRun, { history }: Evidence) =>
    history.days.some(({ span }) => leaders(span.day, most).some((articleId) => coverage.has(articleId, covered)));

const unlikes = (aim: Aim) => aim.kind === 'leaders-fall' && aim.by === 'unlike';
const deletes = (aim: Aim) => aim.kind === 'leaders-fall' && aim.by === 'delete';

const PRECONDITIONS: readonly Preconditions[] = [
  {
    check: 'lists',
    text: 'an unlike of one of the first 20',
    isAskedFor: (scenario) => aimsAt('unlike-storm')(scenario) || aimsAt('leaders-fall', unlikes)(scenario),
    isKept: ofLeaders('unliked', 20),
  },
  {
    check: 'lists',
    text: 'a deletion of one of the first 10',
    isAskedFor: aimsAt('leaders-fall', deletes),
    isKept: ofLeaders('deleted', 10),
  },
  {
    check: 'lists',
    text: 'equal scores in a list or at its end',
    isAskedFor: (scenario) => aimsAt('ties')(scenario) || aimsAt('all-equal')(scenario),
    isKept: (_, evidence) => hasTie(evidence),
  },
  {
    check: 'lists',
    text: 'an event of an article after its deletion',
    isAskedFor: aimsAt('resurrection'),
    isKept: any('outlived'),
  },
  {
    check: 'lists',
    text: 'two articles whose ids are the same as doubles',
    isAskedFor: aimsAt('adjacent-ids'),
    isKept: any('merged'),
  },
  {
    check: 'delivery',
    text: 'an event on the very edge of a day',
    isAskedFor: aimsAt('midnight'),
    isKept: any('edge'),
  },
  {
    check: 'delivery',
    text: 'an event that came twice',
    isAskedFor: ({ delivery }) => (delivery.duplicates?.share ?? 0) > 0,
    isKept: (seenInRun) => any('repeated')(seenInRun) || any('overtaken')(seenInRun),
  },
  {
    check: 'delivery',
    text: 'an older count after a newer one',
    isAskedFor: ({ delivery }) => delivery.resend !== undefined || (delivery.late?.share ?? 0) > 0,
    isKept: any('overtaken'),
  },
  {
    check: 'delivery',
    text: 'an event before the creation of its article',
    isAskedFor: ({ delivery }) => (delivery.skewSeconds?.article ?? 0) > 0,
    isKept: any('early'),
  },
  {
    check: 'dead letters',
    text: 'a record that cannot be decoded',
    isAskedFor: ({ delivery }) => delivery.poisonShare > 0,
    isKept: (_, { history }) => history.poison > 0,
  },
];

/** Whether the topics must be read again for that. */
export function hasPreconditions(scenario: Scenario): boolean {
  // Events that are given one by one promise nothing.
  return !('events' in scenario) && PRECONDITIONS.some(({ isAskedFor }) => isAskedFor(scenario));
}

export function preconditionsOf(scenario: Scenario, seenInRun: CoverageOfRun): Precondition[] {
  if ('events' in scenario) return [];
  return PRECONDITIONS.filter(({ isAskedFor }) => isAskedFor(scenario)).map(({ check, text, isKept }) => ({
    check,
    text,
    wasSeen: (evidence) => isKept(seenInRun, evidence),
  }));
}

function hasTie({ history, oracle }: Evidence): boolean {
  return history.days.some(({ span }) => {
    const rows = oracle.expectedList(span);
    const last = rows.at(-1);
    if (rows.some(({ score }, index) => score === rows[index + 1]?.score)) return true;
    if (!last) return false;
    for (const { articleId, low, isCertain } of oracle.articlesOf(span))
      if (isCertain && low === last.score && articleId !== last.articleId) return true;
    return false;
  });
}
