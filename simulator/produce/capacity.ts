// simulator/produce/capacity.ts — Says before a run when its pace is more than this machine can play.
import { availableParallelism } from 'node:os';
import { lanesOf } from '../workload/lanes.js';
import type { GeneratedPlan, Plan } from '../workload/plan.js';
import { rateCurve } from '../workload/survey.js';
import { RecordBatch } from './record-batch.js';

/** Kafka, Redis, consumer and generator on one machine, per processor: measured by `npm run bench` on two. */
const WHOLE_PIPELINE_PER_PROCESSOR = 30_000;
const STRETCHES = 500;
const TRIAL_EVENTS = 60_000;
/** Before that an engine has not yet compiled what it runs. */
const WARM_UP_EVENTS = 30_000;
/** Planning and encoding are about a third of the work for an event; the rest is sending and its account. */
const SHARE_OF_MAKING = 1 / 3;

/** Planned events per second of wall time where they are densest. */
export function peakRate(plan: Plan): number {
  return Math.max(...rateCurve(plan, STRETCHES)) * plan.scenario.clock.speed;
}

/** One sentence with both numbers, or undefined when the pace is no problem, or there is none. */
export function paceWarning(plan: GeneratedPlan): string | undefined {
  const { scenario } = plan;
  if (scenario.pace !== 'paced') return undefined;
  const processors = availableParallelism();
  const peak = peakRate(plan);
  const pipeline = WHOLE_PIPELINE_PER_PROCESSOR * processors;
  if (peak <= pipeline) return undefined;
  const clients = Math.min(scenario.producer.clients, plan.lanes, processors);
  const generator = Math.round(trialRate(plan) * SHARE_OF_MAKING * clients);
  const densest = `the plan asks for up to ${text(peak)} events/s`;
  const remedy = 'lower clock.speed or the events';
  if (peak > generator) {
    return `${densest}, and ${clients} ${clients === 1 ? 'producer makes' : 'producers make'} about ${text(generator)} on this machine: events will be sent late; ${remedy}, or raise producer.clients`;
  }
  return `${densest}; with Kafka, Redis and the consumer on the same ${processors} processors about ${text(pipeline)} can be expected: lag will grow; ${remedy}`;
}

/** Events that one thread plans and encodes in a second, tried out on one lane after the other, again and again if they are short. */
function trialRate(plan: GeneratedPlan): number {
  const open = lanesOf(plan);
  const batch = new RecordBatch({ records: 1000, bytes: 900_000 });
  let startedAt = 0;
  let events = 0;
  // A lane may be without events, but not all of them.
  for (let lane = 0; events < WARM_UP_EVENTS + TRIAL_EVENTS; lane = (lane + 1) % plan.lanes) {
    const stream = open(lane);
    for (; events < WARM_UP_EVENTS + TRIAL_EVENTS && stream.advance(); events += 1) {
      if (events === WARM_UP_EVENTS) startedAt = performance.now();
      if (!batch.append(stream.timeMs, stream.key, stream.value)) batch.clear();
    }
  }
  return (TRIAL_EVENTS * 1000) / Math.max(1, performance.now() - startedAt);
}

function text(rate: number): string {
  return Math.round(rate).toLocaleString('en');
}
