// simulator/but-for-traits.ts — The verdict but for what the consumer is declared to differ in: a trait must not hide a further bug.

import type { Wrong } from './diagnose.js';
import { overall } from './judge/checker.js';
import { candidatesOf } from './judge/classify/candidates.js';
import { familyOf } from './judge/classify/family.js';
import { orderOf } from './judge/classify/list-order.js';
import { Classifier } from './judge/classify/naming.js';
import { isOrderBound, type Variant } from './judge/classify/traits.js';
import { RANKING_CHECKS } from './judge/judge.js';
import { StalenessFold } from './judge/staleness.js';
import { checkStaleness, STALENESS_CHECK } from './judge/staleness-check.js';
import { type LogSource, readLog } from './read-log.js';
import type { TraitVerdict } from './record/naming.js';
import type { Diagnosis } from './record/run-record.js';

/** @returns the diagnosis with a verdict that takes every check into account; unchanged where no traits are declared, or nothing is wrong */
export async function butForTraits(
  diagnosis: Diagnosis | undefined,
  wrong: Wrong,
  source: LogSource,
): Promise<Diagnosis | undefined> {
  const family = familyOf(source.declared, source.plan.scenario.rules.top);
  const failed = wrong.checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
  if (!family || failed.length === 0) return diagnosis;
  const traits = family.name.split(', ');
  const isOld = failed.includes(STALENESS_CHECK);
  const others = failed.filter((check) => check !== STALENESS_CHECK && !RANKING_CHECKS.includes(check));
  const verdicts: TraitVerdict[] = [
    ...(others.length > 0
      ? [{ traits, outcome: 'fail' as const, reason: `${others.join(' and ')} failed, which they do not explain` }]
      : []),
    ...(diagnosis?.butForTraits ? [diagnosis.butForTraits] : []),
    ...(isOld ? [{ traits, ...(await staleness(family, wrong, source)) }] : []),
  ];
  const worst = overall(verdicts);
  const verdict = verdicts.find(({ outcome }) => outcome === worst);
  if (!verdict) return diagnosis;
  const consistent = verdict.outcome === 'pass' ? [{ name: traits.join(' and '), does: 'as declared' }] : [];
  return { naming: { consistent, partly: [], not: [], untested: [] }, ...diagnosis, butForTraits: verdict };
}

/** Looks again at the lists that were too old, beside those that a consumer with the traits would have had; reads the topics once more. */
async function staleness(
  family: Variant,
  { history, log, calendar }: Wrong,
  source: LogSource,
): Promise<Pick<TraitVerdict, 'outcome' | 'reason'>> {
  const { rules, viewsPerEvent, clock } = source.plan.scenario;
  const shown = history.looks.map(({ day, list }) => ({ day, list, counts: undefined }));
  const candidates = candidatesOf(log, shown, []);
  const classifier = new Classifier({
    ...{ rules, calendar, viewsPerEvent, candidates },
    ...{ variants: [], family: family.traits },
  });
  const fold = new StalenessFold(history.looks, {
    ...{ rules, log: classifier.base, speed: clock.speed },
    order: orderOf(classifier.base.traits.ties),
  });
  await readLog(source, (event) => {
    fold.reach(event.dueMs);
    classifier.add(event);
    fold.add(event);
  });
  const { outcome, findings } = checkStaleness(history, fold.finish());
  if (outcome !== 'fail') return { outcome: 'pass', reason: 'with them no list is older than the group is behind' };
  const reason = `with them, too, ${findings[0]?.message}`;
  if (!isOrderBound(family)) return { outcome: 'fail', reason };
  return { outcome: 'unknown', reason: `${reason}; that can hang on when partitions were read` };
}
