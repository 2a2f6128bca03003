// simulator/cli/handlers/check.ts — `sim check`: judges a recorded run again, without any server.

import { readRecord } from '../../record/files.js';
import { openRecordedLog } from '../../record/recorded-log.js';
import { readRecordedRun } from '../../record/recorded-run.js';
import type { RunRecord } from '../../record/run-record.js';
import { renderTerminal } from '../../report/print/terminal.js';
import { runDocument } from '../../report/run-document.js';
import { judgeHistory } from '../../run/judge.js';
import { judgedFields } from '../../run/result.js';
import { planOf } from '../../workload/plan.js';
import { terminalOptions } from '../terminal.js';

/** @returns the exit code that the run would have now; the recorded thresholds stand, as they are not measured again */
export async function check(dir: string): Promise<number> {
  const record = await readRecord(dir);
  const { scenario, declared, history, lanes, log } = await readRecordedRun(dir, {
    historySha256: record.historySha256,
  });
  // What was not kept cannot be read again.
  const judge = log ? scenario.judge : { ...scenario.judge, log: 'never' as const };
  const judged = { ...scenario, judge };
  const openLog = () => Promise.resolve(openRecordedLog(log ?? []));
  // Nothing is started here, so Ctrl-C may end it at once.
  const { signal } = new AbortController();
  const { judgement } = await judgeHistory(history, { plan: planOf(judged), lanes, openLog, declared, signal });
  const thresholds = record.verdict?.thresholds ?? [];
  const { log: _log, diagnosis: _diagnosis, staleness: _staleness, publications: _publications, ...rest } = record;
  const again: RunRecord = { ...rest, ...judgedFields(judgement, { history, thresholds, expect: scenario.expect }) };
  process.stdout.write(renderTerminal(runDocument(again), terminalOptions(process.stdout, process.env)));
  const before = record.verdict?.outcome ?? record.status;
  const same = again.verdict?.outcome === before && again.exitCode === record.exitCode;
  const then = same ? 'the same as when it ran' : `when it ran: ${before}, exit code ${record.exitCode}`;
  const by = log ? '' : ', by the plan alone, as the topics were not kept';
  process.stdout.write(`\n  judged again${by}; ${then}\n`);
  return again.exitCode;
}
