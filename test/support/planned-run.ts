// test/support/planned-run.ts — A run as it would be recorded, without any server: the topics hold what was planned, and the test gives the lists.
import type { Day } from '../../contract/events.js';
import type { Ranked } from '../../contract/rules.js';
import { LogRecorder, openRecordedLog } from '../../simulator/record/recorded-log.js';
import type { RecordedRun } from '../../simulator/record/recorded-run.js';
import type { RunRecord } from '../../simulator/record/run-record.js';
import { judgeHistory } from '../../simulator/run/judge.js';
import { judgedFields } from '../../simulator/run/result.js';
import type { Scenario } from '../../simulator/scenario/schema.js';
import { type DeclaredDeviations, NOTHING_DECLARED } from '../../simulator/vocabulary/declared-deviations.js';
import { MergedRecords } from '../../simulator/workload/merged-records.js';
import { planOf } from '../../simulator/workload/plan.js';
import { plannedLanes } from '../simulator/judge/planned-log.js';
import { PASS } from '../simulator/report/sample-record.js';

export interface PlannedRun {
  readonly recorded: RecordedRun;
  readonly record: RunRecord;
}

export interface Seen extends Partial<Omit<RecordedRun['history'], 'days'>> {
  readonly declared?: DeclaredDeviations;
}

/** @param lists what was found in Redis @param seen what else there was to be seen, where all did not go well */
export async function plannedRun(
  scenario: Scenario,
  lists: ReadonlyMap<Day, readonly Ranked[]>,
  { declared = NOTHING_DECLARED, ...seen }: Seen = {},
): Promise<PlannedRun> {
  const plan = planOf(scenario);
  const recorder = new LogRecorder();
  const records = new MergedRecords(plan);
  const offsets = new Map<string, number>();
  let sent = 0;
  for (; records.advance(); sent += 1) {
    const { current } = records;
    if (!current) break;
    const { stream, partition, timeMs, value } = current;
    const offset = offsets.get(`${stream}/${partition}`) ?? 0;
    offsets.set(`${stream}/${partition}`, offset + 1);
    recorder.add({ offset, timeMs, value }, { stream, partition });
  }
  const log = recorder.take();
  const lanes = plannedLanes(scenario);
  const history: RecordedRun['history'] = {
    plannedEvents: sent,
    sends: { ok: sent, fail: 0, info: 0 },
    sendErrors: [],
    finalLag: 0,
    drainSeconds: 0,
    isSettled: true,
    isOpaque: false,
    consumerExits: [],
    faults: [],
    poison: 0,
    deadLetters: 0,
    cuts: [],
    snapshots: [],
    answers: [],
    commits: [],
    stallMsAllowed: Number.POSITIVE_INFINITY,
    ...seen,
    days: plan.days.map((span) => {
      return { span, list: lists.get(span.day) ?? [], articles: undefined, isForgotten: false, expiry: undefined };
    }),
  };
  const openLog = () => Promise.resolve(openRecordedLog(log ?? []));
  const { signal } = new AbortController();
  const { judgement } = await judgeHistory(history, { plan, lanes, openLog, declared, signal });
  const { diagnosis: _, ...sample } = PASS;
  return {
    recorded: { scenario, declared, history, lanes, log },
    record: {
      ...sample,
      scenario: { ...sample.scenario, name: scenario.name },
      ...judgedFields(judgement, { history, thresholds: [], expect: scenario.expect }),
    },
  };
}
