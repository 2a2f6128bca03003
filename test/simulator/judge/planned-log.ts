// test/simulator/judge/planned-log.ts — The records of a scenario as they would be read from the topics, without any server.
import { Calendar } from '../../../contract/calendar.js';
import { decodedValue } from '../../../contract/codec.js';
import type { LaneResult } from '../../../simulator/history/lane-result.js';
import type { LogEvent } from '../../../simulator/history/log-event.js';
import { Oracle } from '../../../simulator/judge/oracle/oracle.js';
import { LaneTruth } from '../../../simulator/produce/account/lane-truth.js';
import type { Scenario } from '../../../simulator/scenario/schema.js';
import { lanesOf } from '../../../simulator/workload/lanes.js';
import { MergedRecords } from '../../../simulator/workload/merged-records.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { POISON } from '../../../simulator/workload/planned-lane.js';

const known = new Map<string, readonly LogEvent[]>();

/** In the order in which they are to be sent; drawn once for each scenario. */
export function plannedLog(scenario: Scenario): readonly LogEvent[] {
  const name = JSON.stringify(scenario);
  const log = known.get(name) ?? drawn(scenario);
  known.set(name, log);
  return log;
}

function drawn(scenario: Scenario): LogEvent[] {
  const records = new MergedRecords(planOf(scenario));
  const offsets = new Map<string, number>();
  const log: LogEvent[] = [];
  while (records.advance()) {
    const { current } = records;
    if (!current) break;
    const { stream, partition, timeMs, dueMs, value } = current;
    const offset = offsets.get(`${stream} ${partition}`) ?? 0;
    offsets.set(`${stream} ${partition}`, offset + 1);
    log.push({ stream, partition, offset, timeMs, dueMs, event: decodedValue(value) });
  }
  return log;
}

/** The first oracle, from the plan, with every send acknowledged. */
export function plannedOracle(scenario: Scenario): Oracle {
  return new Oracle(scenario.rules, plannedLanes(scenario));
}

export function plannedLanes(scenario: Scenario): LaneResult[] {
  const plan = planOf(scenario);
  const open = lanesOf(plan);
  return Array.from({ length: plan.lanes }, (_, index) => {
    const lane = open(index);
    const truth = new LaneTruth(lane.capacity, new Calendar(scenario.rules), plan.days);
    if (scenario.rules.weights.commenter > 0) truth.writers = (article, ordinal) => lane.writerOf(article, ordinal);
    while (lane.advance()) {
      const { article, kind, count, version, ordinal, timeMs: eventMs, dueMs } = lane;
      if (kind === POISON) continue;
      const times = { eventMs, createdMs: lane.createdMs(article), dueMs };
      truth.settle('ok', { article, kind, count, version, ordinal }, times);
    }
    return { lane: index, ...lane.articles(), truth };
  });
}
