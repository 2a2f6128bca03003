// simulator/judge/log/read-log.ts — Reads what is really in the topics, in the order in which it was to be sent, and hands it on event by event.
import { nextTurn } from '../../../contract/waiting.js';
import type { LogEvent } from '../../history/log-event.js';
import type { OpenLog } from '../../history/log-records.js';
import type { JudgedAt } from '../../produce/account/late-completions.js';
import type { LogRecorder } from '../../record/recorded-log.js';
import type { DeclaredDeviations } from '../../vocabulary/declared-deviations.js';
import { MergedRecords } from '../../workload/merged-records.js';
import type { Plan } from '../../workload/plan.js';
import { type PlannedLane, POISON } from '../../workload/planned-lane.js';
import { decodeRecord } from './decode-record.js';
import { type LaneSends, wasAcknowledged } from './lane-sends.js';
import { LogAlignment, type LogComparison } from './log-alignment.js';

export interface LogSource {
  readonly plan: Plan;
  readonly openLog: () => Promise<OpenLog>;
  /** Keeps what is read, so that it can be read again without any server. */
  readonly recorder?: LogRecorder;
  readonly signal: AbortSignal;
  /** When a planned send is taken to have been made. */
  readonly judgedAt: JudgedAt;
  readonly lanes: readonly LaneSends[];
  /** In what the consumer is declared to differ from the rules. */
  readonly declared: DeclaredDeviations;
}

/** Records between two looks at the signal, and turns for the event loop. */
const TURN = 10_000;

/**
 * Within a partition the order is that of the log. Between partitions it is that of the plan, which a consumer follows
 * only as closely as its fetches do.
 */
export async function readLog(source: LogSource, each: (event: LogEvent) => void): Promise<LogComparison> {
  const { plan, openLog, recorder, signal, judgedAt } = source;
  const isAcknowledged = wasAcknowledged(source.lanes);
  await using log = await openLog();
  const alignment = new LogAlignment(plan.lanes, {
    cursorOf: (stream, partition) => log.cursorOf(stream, partition),
    read: (record, place) => {
      const { offset, timeMs, value } = record;
      recorder?.add(record, place);
      each({ ...place, offset, timeMs, event: decodeRecord(value) });
    },
  });
  const planned = new MergedRecords(plan);
  for (let records = 0; planned.advance(); records += 1) {
    const { current } = planned;
    if (!current) break;
    const { stream, partition, value, lane, kind, version } = current;
    const acknowledged = isAcknowledged(lane, kind === POISON ? -version : version);
    const send = { stream, partition, value, dueMs: judgedAt(current), acknowledged };
    for (let filled = alignment.offer(send); filled; filled = alignment.offer(send)) await filled;
    if (records % TURN === 0) {
      signal.throwIfAborted();
      await nextTurn();
    }
  }
  const comparison = await alignment.finish();
  return comparison.foreign === 0 ? comparison : alignment.recognize(recordsOf(plan));
}

function* recordsOf(plan: Plan): Generator<PlannedLane> {
  for (const planned = new MergedRecords(plan); planned.advance(); ) if (planned.current) yield planned.current;
}
