// simulator/run/record.ts — Phase 8: keeps what the verdict rests on, and makes the part of the record that only a finished run has.
import type { History } from '../history/history.js';
import type { LaneResult } from '../history/lane-result.js';
import type { ProducerThreadResult } from '../produce/producer-thread-messages.js';
import { type Kept, keepRecordedRun } from '../record/recorded-run.js';
import type { DeclaredDeviations } from '../vocabulary/declared-deviations.js';
import type { Plan } from '../workload/plan.js';
import type { Drained } from './drain.js';
import type { Judged } from './judge.js';
import { measure } from './measure.js';
import type { RunPorts } from './ports.js';
import { judgedFields, loadFigures, type RunResult, warningsOf } from './result.js';
import { evaluateThresholds } from './thresholds.js';

export interface RecordOptions extends Judged {
  readonly plan: Plan;
  /** The run's folder; undefined when nothing is to be kept. */
  readonly dir: string | undefined;
  readonly declared: DeclaredDeviations;
  readonly history: History;
  readonly lanes: readonly LaneResult[];
  readonly results: readonly ProducerThreadResult[];
  readonly drained: Drained;
  readonly harnessRssBytesMax: number;
}

export async function recordRun(ports: RunPorts, options: RecordOptions): Promise<Omit<RunResult, 'servers'>> {
  const { plan, dir, declared, history, lanes, log, judgement } = options;
  const { scenario } = plan;
  const recorded = { scenario, declared, history, lanes, log };
  const kept: Kept = dir === undefined ? { warnings: [] } : await keepRecordedRun(dir, recorded);
  const figures = loadFigures(ports, options);
  const { latency, phases } = measure(plan, ports.load, (await ports.ranking.consumers.observe()) ?? []);
  const thresholds = evaluateThresholds(scenario.thresholds, {
    latency,
    phases,
    throughput: figures.eventsPerSecond,
    drainMs: figures.drainMs,
    log: judgement.log,
  });
  const warnings = [...warningsOf(latency), ...kept.warnings];
  return {
    ...judgedFields(judgement, { history, thresholds, expect: scenario.expect }),
    load: figures,
    latency,
    phases,
    ...(kept.historySha256 === undefined ? {} : { historySha256: kept.historySha256 }),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(history.faults.length > 0 ? { faults: history.faults } : {}),
  };
}
