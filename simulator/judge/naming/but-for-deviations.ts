// simulator/judge/naming/but-for-deviations.ts — The verdict but for what the consumer is declared to differ in: a trait must not hide a further bug.

import type { Diagnosis, TraitVerdict } from '../../record/diagnosis-record.js';
import { overall } from '../checks/checker.js';
import { RANKING_CHECKS } from '../checks/ranking-checks.js';
import { StalenessFold } from '../checks/staleness.js';
import { checkStaleness, STALENESS_CHECK } from '../checks/staleness-check.js';
import { type LogSource, readLog } from '../log/read-log.js';
import { candidatesOf } from './candidates.js';
import type { Wrong } from './diagnose.js';
import { deviationsOf } from './known-deviations.js';
import { orderOf } from './list-order.js';
import { Classifier } from './naming.js';
import { isOrderBound, type Variant } from './traits.js';

/** @returns the diagnosis with a verdict that takes every check into account; unchanged where no traits are declared, or nothing is wrong */
export async function butForTraits(
  diagnosis: Diagnosis | undefined,
  wrong: Wrong,
  source: LogSource,
): Promise<Diagnosis | undefined> {
  const deviations = deviationsOf(source.declared, source.plan.scenario.rules.top);
  const failed = wrong.checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
  if (!deviations || failed.length === 0) return diagnosis;
  const traits = deviations.name.split(', ');
  const isOld = failed.includes(STALENESS_CHECK);
  const others = failed.filter((check) => check !== STALENESS_CHECK && !RANKING_CHECKS.includes(check));
  const verdicts: TraitVerdict[] = [
    ...(others.length > 0
      ? [{ traits, outcome: 'fail' as const, reason: `${others.join(' and ')} failed, which they do not explain` }]
      : []),
    ...(diagnosis?.butForTraits ? [diagnosis.butForTraits] : []),
    ...(isOld ? [{ traits, ...(await staleness(deviations, wrong, source)) }] : []),
  ];
  const worst = overall(verdicts);
  const verdict = verdicts.find(({ outcome }) => outcome === worst);
  if (!verdict) return diagnosis;
  const consistent = verdict.outcome === 'pass' ? [{ name: traits.join(' and '), does: 'as declared' }] : [];
  return { naming: { consistent, partly: [], not: [], untested: [] }, ...diagnosis, butForTraits: verdict };
}

/** Looks again at the lists that were too old, beside those that a consumer with the traits would have had; reads the topics once more. */
async function staleness(
  deviations: Variant,
  { history, log, calendar }: Wrong,
  source: LogSource,
): Promise<Pick<TraitVerdict, 'outcome' | 'reason'>> {
  const { rules, viewsPerEvent, clock } = source.plan.scenario;
  const shown = history.snapshots.map(({ day, list }) => ({ day, list, counts: undefined }));
  const candidates = candidatesOf(log, shown, []);
  const classifier = new Classifier({
    ...{ rules, calendar, viewsPerEvent, candidates },
    ...{ variants: [], deviations: deviations.traits },
  });
  const fold = new StalenessFold(history.snapshots, {
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
  if (!isOrderBound(deviations)) return { outcome: 'fail', reason };
  return { outcome: 'unknown', reason: `${reason}; that can hang on when partitions were read` };
}
