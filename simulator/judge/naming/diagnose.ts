// simulator/judge/naming/diagnose.ts — Why a run is wrong: which known bugs show it, and the first wrong article, followed event by event.
import type { Diagnosis } from '../../record/diagnosis-record.js';
import { RANKING_CHECKS } from '../../vocabulary/checks.js';
import { type LogSource, readLog } from '../log/read-log.js';
import { Comparison } from './comparison.js';
import { type Evidence, evidenceOf, type Reader, readersOf } from './evidence.js';
import type { Named } from './explainer.js';
import { explained } from './explainers.js';
import { DeviationVerdict, deviationsOf } from './known-deviations.js';
import { proofOf } from './proof.js';
import { publicationBugs } from './publication-bugs.js';
import { uncommitted } from './uncommitted.js';
import { VariantFolds } from './variant-folds.js';
import type { WrongRun } from './wrong-run.js';

/**
 * Reads the topics once where there is something to fold, and once more when it takes two bugs to explain what was found.
 * @returns undefined when nothing is wrong that has a known cause
 */
export async function diagnose(run: WrongRun, source: LogSource): Promise<Diagnosis | undefined> {
  const ofRanking = run.checks.filter(({ check }) => RANKING_CHECKS.includes(check));
  const isRankingWrong = ofRanking.some(({ outcome }) => outcome === 'fail');
  const evidence = isRankingWrong ? evidenceOf(run, source) : undefined;
  const isAnyWrong = run.checks.some(({ outcome }) => outcome === 'fail');
  const declared = isAnyWrong ? deviationsOf(source.declared, source.plan.scenario.rules.top) : undefined;
  const deviations = declared && new DeviationVerdict(declared, { run, evidence, scenario: source.plan.scenario });
  await readOnce(source, [...(evidence ? readersOf(evidence) : []), ...(deviations?.readers ?? [])]);
  if (!evidence) {
    const diagnosis = publicationBugs(run.checks) ?? uncommitted(run.history, ofRanking);
    return deviations ? deviations.addedTo(diagnosis, undefined) : diagnosis;
  }
  const comparison = new Comparison(evidence.found, evidence.folds);
  const named = await explained({
    history: run.history,
    checks: run.checks,
    calendar: run.calendar,
    plan: source.plan,
    evidence,
    comparison,
    besideDeviations: deviations?.beside(),
    byFolds: comparison.naming(!evidence.behind.isBehind),
    compareWith: async (variants) => {
      const folds = new VariantFolds({ ...evidence.options, variants });
      await readOnce(source, [folds]);
      return new Comparison(evidence.found, folds);
    },
  });
  const diagnosis = { naming: named.naming, ...proofIn(evidence, named, run) };
  return deviations ? deviations.addedTo(diagnosis, comparison) : diagnosis;
}

async function readOnce(source: LogSource, readers: readonly Reader[]): Promise<void> {
  if (readers.length === 0) return;
  await readLog(source, (event) => {
    for (const reader of readers) reader.add(event);
  });
}

function proofIn({ days, ledger }: Evidence, { comparison }: Named, { oracle }: WrongRun): Pick<Diagnosis, 'proof'> {
  const day = days.find(({ span }) => span.day === ledger?.day);
  if (!ledger || !day) return {};
  const { span, list } = day;
  return { proof: proofOf({ span, oracle, list, ledger, divergence: comparison?.divergence() }) };
}
