// test/support/planned-run.ts — A run as it would be recorded, without any server: all that was planned is in the topics, and the lists are as they are told.
import type { Day } from '../../contract/events.js';
import type { Ranked } from '../../contract/rules.js';
import { judgeRun } from '../../simulator/judge/judgement.js';
import type { Diagnosis } from '../../simulator/record/diagnosis-record.js';
import { LogRecorder, openRecordedLog } from '../../simulator/record/recorded-log.js';
import type { RecordedRun } from '../../simulator/record/recorded-run.js';
import type { RunRecord } from '../../simulator/record/run-record.js';
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
  const judgedAt = ({ dueMs }: { readonly dueMs: number }) => dueMs;
  const { signal } = new AbortController();
  const judgement = await judgeRun(history, lanes, {
    plan,
    openLog,
    signal,
    lanes,
    declared,
    judgedAt,
  });
  return {
    recorded: { scenario, declared, history, lanes, log },
    record: recordOf(judgement, scenario),
  };
}

function recordOf(
  {
    outcome,
    checks,
    diagnosis,
  }: Pick<Awaited<ReturnType<typeof judgeRun>>, 'outcome' | 'checks'> & {
    readonly diagnosis: Diagnosis | undefined;
  },
  { name }: Scenario,
): RunRecord {
  const { diagnosis: _, ...sample } = PASS;
  return {
    ...sample,
    scenario: { ...sample.scenario, name },
    verdict: { outcome, checks, thresholds: [] },
    ...(diagnosis ? { diagnosis } : {}),
  };
}
