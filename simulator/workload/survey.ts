// simulator/workload/survey.ts — Plays a plan without sending anything: what would be sent, how much of it, and the hash of all of it.

import { createHash } from 'node:crypto';
import { elementAt } from '../../contract/assert.js';
import { EVENT_TYPES, STREAMS, type Stream } from '../../contract/events.js';
import { aimsOf } from '../scenario/schema.js';
import type { Aimed } from './director.js';
import { lanesOf } from './lanes.js';
import type { Plan } from './plan.js';
import { POISON } from './planned-lane.js';
import { RateCurve } from './rate-curve.js';

export interface Survey {
  /** Events that were drawn; fewer than planned when the survey was bounded. */
  readonly events: number;
  /** More than events where some are sent again, or are garbage. */
  readonly records: number;
  readonly byType: Readonly<Record<string, number>>;
  /** Records and bytes of their values. */
  readonly byStream: Readonly<Record<Stream, { readonly records: number; readonly bytes: number }>>;
  /** Records of all topics, by partition index. */
  readonly byPartition: readonly number[];
  /** By position of the aim in the scenario; undefined when the survey was bounded. */
  readonly aimed: readonly Aimed[] | undefined;
  /** SHA-256 over every record of every lane: topic, partition, times, key, value; undefined when the survey was bounded. */
  readonly hash: string | undefined;
}

/** About a tenth of a second. */
const STEP_RECORDS = 50_000;

/** @param mostRecords bounds the time it takes; about 500,000 are played in a second */
export function survey(plan: Plan, mostRecords = Number.POSITIVE_INFINITY): Survey {
  const steps = surveySteps(plan, mostRecords);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, so that others have their turn between them. */
export function* surveySteps(plan: Plan, mostRecords: number): Generator<void, Survey> {
  const open = lanesOf(plan);
  const kinds = EVENT_TYPES.map(() => 0);
  const records = STREAMS.map(() => 0);
  const bytes = STREAMS.map(() => 0);
  const byPartition = new Array<number>(plan.lanes).fill(0);
  const aimed = aimsOf(plan.scenario).map(() => ({ moves: 0, left: 0 }));
  let events = 0;
  let isWhole = true;
  const hashes: string[] = [];
  const mostOfLane = Math.ceil(mostRecords / plan.lanes);
  for (let index = 0; index < plan.lanes; index += 1) {
    const stream = open(index);
    const hash = createHash('sha256');
    let newest = 0;
    for (let played = 0; stream.advance(); played += 1) {
      if (played % STEP_RECORDS === 0) yield;
      if (played === mostOfLane) {
        isWhole = false;
        break;
      }
      // Versions count a lane's events.
      if (stream.kind !== POISON) newest = Math.max(newest, stream.version);
      byPartition[stream.partition] = elementAt(byPartition, stream.partition) + 1;
      hash.update(`${stream.stream} ${stream.partition} ${stream.dueMs} ${stream.timeMs} `);
      hash.update(stream.key);
      hash.update(stream.value);
      if (stream.kind !== POISON) kinds[stream.kind] = elementAt(kinds, stream.kind) + 1;
      records[stream.stream] = elementAt(records, stream.stream) + 1;
      bytes[stream.stream] = elementAt(bytes, stream.stream) + stream.value.length;
    }
    events += newest;
    hashes.push(hash.digest('hex'));
    for (const [aim, { moves, left }] of stream.aimed.entries()) {
      const before = elementAt(aimed, aim);
      aimed[aim] = { moves: before.moves + moves, left: before.left + left };
    }
  }
  return {
    events: isWhole ? plan.events : events,
    records: records.reduce((sum, one) => sum + one, 0),
    byType: Object.fromEntries(EVENT_TYPES.map((type, kind) => [type, elementAt(kinds, kind)])),
    byStream: Object.fromEntries(
      STREAMS.map((stream, i) => [stream, { records: elementAt(records, i), bytes: elementAt(bytes, i) }]),
    ) as Survey['byStream'],
    byPartition,
    aimed: isWhole ? aimed : undefined,
    hash: isWhole ? createHash('sha256').update(hashes.join(' ')).digest('hex') : undefined,
  };
}

/** Events per second of event time in equal stretches of the whole plan. */
export function rateCurve(plan: Plan, stretches: number): number[] {
  const length = (plan.endMs - plan.startMs) / stretches;
  const curves = plan.phases.map((phase) => new RateCurve(phase.pieces));
  return Array.from({ length: stretches }, (_, i) => {
    const from = plan.startMs + i * length;
    const events = plan.phases.reduce((sum, phase, index) => {
      const start = Math.max(from, phase.startMs) - phase.startMs;
      const end = Math.min(from + length, phase.endMs) - phase.startMs;
      return end <= start ? sum : sum + phase.events * elementAt(curves, index).shareBetween(start, end);
    }, 0);
    return (events * 1000) / length;
  });
}
