// simulator/run/judge.ts — Phase 7: the verdict, by the plan and by what is really in the topics.
import type { History } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { OpenLog } from '../history/log-records.js';
import { overall, unknown } from '../judge/checks/checker.js';
import { type Judgement, judgeRun } from '../judge/judgement.js';
import { judgedAtOf } from '../produce/account/late-completions.js';
import { LogRecorder, type RecordedLog } from '../record/recorded-log.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import type { Plan } from '../workload/plan.js';

export interface JudgeOptions {
  readonly plan: Plan;
  readonly lanes: readonly LaneResult[];
  readonly openLog: () => Promise<OpenLog>;
  /** Where the consumer is declared to differ from the rules. */
  readonly declared: DeclaredDeviations;
  readonly signal: AbortSignal;
}

export interface Judged {
  readonly judgement: Judgement;
  /** What was read of the topics; undefined when they were not read, or are too long to be kept. */
  readonly log: RecordedLog | undefined;
}

export async function judgeHistory(history: History, options: JudgeOptions): Promise<Judged> {
  const { plan, lanes, openLog, declared, signal } = options;
  const recorder = new LogRecorder();
  const source = { plan, openLog, recorder, signal, judgedAt: judgedAtOf(lanes), lanes, declared };
  const judgement = despiteClockSteps(await judgeRun(history, lanes, source), history, plan);
  return { judgement, log: judgement.log && recorder.take() };
}

/** A paced run maps wall time to event time: where the clock was set, a failure says nothing about the consumer. */
function despiteClockSteps(judgement: Judgement, { clockSteps = [] }: History, { scenario }: Plan): Judgement {
  if (clockSteps.length === 0 || scenario.pace === 'max') return judgement;
  const lengths = clockSteps.map(({ byMs }) => `${byMs > 0 ? '+' : ''}${byMs / 1000} s`).join(', ');
  const reason = `the clock was set while the run went on, or the machine slept: ${lengths}`;
  const checks = judgement.checks.map((result) =>
    result.outcome === 'fail' ? unknown(result.check, result.seen, reason) : result,
  );
  return { ...judgement, checks, outcome: overall(checks), diagnosis: undefined, isHarnessBug: false };
}
