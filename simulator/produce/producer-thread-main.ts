// simulator/produce/producer-thread-main.ts — A producer thread: plays its lanes into Kafka and keeps the oracle's account of every send.
import { parentPort, workerData } from 'node:worker_threads';
import { type MappedClock, wallMs, wallTimeAt } from '../../contract/clock.js';
import { lanesOf } from '../workload/lanes.js';
import { planOf } from '../workload/plan.js';
import type { BatchMetadata } from './batch-metadata.js';
import { createTransport } from './kafkajs-transport.js';
import { produce } from './lane-producer.js';
import { PlayedLane, resultOf } from './played-lane.js';
import type { FromProducerThread, ProducerThreadInput, ToProducerThread } from './producer-thread-messages.js';
import { Tally } from './tally.js';

async function main(input: ProducerThreadInput): Promise<void> {
  const { scenario } = input;
  const plan = planOf(scenario);
  const tally = new Tally(plan);
  tally.clock = input.resume?.clock;
  const tools = { input, tally, open: lanesOf(plan), journal: input.journal ? say : undefined, now: wallMs };
  const played = input.lanes.map((index) => new PlayedLane(plan, index, tools));
  const stop = new AbortController();
  const transport = await createTransport({
    connection: input.connection,
    // No two threads play the same lane.
    name: String(input.lanes[0]),
    ...scenario.producer,
  });
  await transport.connect();

  const started = listen(stop, () => say({ type: 'progress', progress: tally.progress() }));
  say({ type: 'ready' });
  const clock = await started;
  tally.clock = clock;
  await produce<BatchMetadata>({
    transport,
    lanes: played.map((one) => one.options()),
    limits: { records: scenario.producer.batchRecords, bytes: scenario.producer.batchBytes },
    lingerMs: scenario.producer.lingerMs,
    dueAtMs: clock && ((eventMs) => wallTimeAt(clock, eventMs)),
    now: wallMs,
    signal: stop.signal,
  });
  say({ type: 'done', progress: tally.progress(), result: resultOf(played, tally) });
  await transport.disconnect().catch(() => undefined);
  parentPort?.close();
}

/** Settles with the clock when the load may start, or is not to start any more. */
function listen(stop: AbortController, report: () => void): Promise<MappedClock | undefined> {
  return new Promise((resolve) => {
    parentPort?.on('message', (message: ToProducerThread) => {
      if (message.type === 'report') report();
      else if (message.type === 'start') resolve(message.clock);
      else {
        stop.abort();
        resolve(undefined);
      }
    });
  });
}

function say(message: FromProducerThread): void {
  parentPort?.postMessage(message);
}

await main(workerData as ProducerThreadInput);
