// test/simulator/judge/planned-log.ts — The records of a scenario as they would be read from the topics, without any server.
import { Calendar } from '../../../contract/calendar.js';
import { DecodeError, decodeEvent } from '../../../contract/codec.js';
import type { HotEvent } from '../../../contract/events.js';
import { LaneTruth } from '../../../simulator/judge/lane-truth.js';
import type { LogEvent } from '../../../simulator/judge/log-event.js';
import { Oracle } from '../../../simulator/judge/oracle.js';
import type { Scenario } from '../../../simulator/scenario/schema.js';
import { contentPools } from '../../../simulator/workload/content.js';
import { Lane } from '../../../simulator/workload/lane.js';
import { MergedRecords } from '../../../simulator/workload/merged-records.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { POISON, RecordStream } from '../../../simulator/workload/record-stream.js';

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
    log.push({ stream, partition, offset, timeMs, dueMs, event: decoded(value) });
  }
  return log;
}

function decoded(value: Buffer): HotEvent | undefined {
  try {
    return decodeEvent(value);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The first oracle, from the plan, with every send acknowledged. */
export function plannedOracle(scenario: Scenario): Oracle {
  return new Oracle(scenario.rules, plannedLanes(scenario));
}

export function plannedLanes(scenario: Scenario) {
  const plan = planOf(scenario);
  const pools = contentPools(scenario);
  return Array.from({ length: plan.lanes }, (_, index) => {
    const lane = new Lane(plan, index);
    const records = new RecordStream(plan, lane, pools);
    const truth = new LaneTruth(lane.world.createdMs.length, new Calendar(scenario.rules), plan.days);
    while (records.advance()) {
      const { article, kind, count, version, timeMs: eventMs, dueMs } = records;
      if (kind === POISON) continue;
      const createdMs = lane.world.createdMs[article] ?? 0;
      truth.settle('ok', { article, kind, count, version }, { eventMs, createdMs, dueMs });
    }
    return {
      lane: index,
      articles: lane.world.count,
      createdMs: lane.world.createdMs,
      idLow: lane.world.idLow,
      truth,
    };
  });
}
