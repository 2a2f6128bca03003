// simulator/report/run-document.ts — The record of a run -> its report as data.
import type { RunRecord } from '../record/run-record.js';
import type { Sample } from '../record/sample.js';
import { conclusionOf } from './conclusion.js';
import type { ReportDocument } from './document.js';
import { instant } from './format.js';
import { nameOf, replayOf } from './scenario-facts.js';
import { causeSection } from './sections/cause.js';
import { checksSection } from './sections/checks.js';
import { environmentSection, replaySection } from './sections/environment.js';
import { faultsSection } from './sections/faults.js';
import { freshnessSection } from './sections/freshness.js';
import { latenciesSection } from './sections/latencies.js';
import { loadSection } from './sections/load.js';
import { numbersOf } from './sections/numbers.js';
import { rankingSection } from './sections/ranking.js';
import { speedSection } from './sections/speed.js';
import { thresholdsSection } from './sections/thresholds.js';

/** @param series the samples of the load; only the page shows what they say */
export function runDocument(record: RunRecord, series: readonly Sample[] = []): ReportDocument {
  const { scenario, runId, startedAt, error, warnings = [], exitCode, simVersion } = record;
  return {
    name: nameOf(record),
    identity: [`run ${runId}`, instant(startedAt), `seed ${scenario.seed}`],
    conclusion: conclusionOf(record),
    exitCode,
    errorDetails: error?.message.split('\n').slice(1).join('\n') ?? '',
    hint: error?.hint ?? '',
    description: scenario.description,
    warnings,
    numbers: numbersOf(record, series),
    sections: [
      checksSection(record),
      ...causeSection(record),
      ...thresholdsSection(record),
      ...faultsSection(record),
      rankingSection(record),
      speedSection(record, series),
      ...freshnessSection(record),
      latenciesSection(record),
      loadSection(record),
      environmentSection(record),
      replaySection(record),
    ],
    replay: replayOf(record),
    simVersion,
  };
}
