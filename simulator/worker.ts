// simulator/worker.ts — A producer thread: plays its lanes into Kafka and keeps the oracle's account of every send.
import { parentPort, workerData } from 'node:worker_threads';
import type { Histogram } from 'hdr-histogram-js';
import { type MappedClock, wallTimeAt } from '../contract/clock.js';
import { LaneTruth } from './judge/lane-truth.js';
import { createHistogram, encodeHistogram, recordMs, wallMs } from './latency.js';
import { createTransport } from './produce/kafkajs-transport.js';
import { type LaneOptions, produce } from './produce/lane-producer.js';
import type { Parcel } from './produce/partition-queue.js';
import type { SendOutcome } from './produce/transport.js';
import type { FromWorker, Progress, ToWorker, WorkerInput } from './worker-messages.js';
import { type ContentPools, contentPools } from './workload/content.js';
import { EventEncoder } from './workload/encode.js';
import { Kind, Lane, STREAM_OF_KIND } from './workload/lane.js';
import { type Plan, planOf } from './workload/plan.js';

/** What the plan knows of each record of a batch, by position. */
interface Notes {
  readonly article: Uint32Array;
  readonly kind: Uint8Array;
  readonly count: Uint32Array;
  readonly version: Uint32Array;
  readonly eventMs: Float64Array;
}

/** A lane being played, and the account of its sends. */
class PlayedLane {
  readonly lane: Lane;
  readonly truth: LaneTruth;
  readonly #tally: Tally;

  constructor(plan: Plan, index: number, tally: Tally) {
    this.lane = new Lane(plan, index);
    this.truth = new LaneTruth(this.lane.world.createdMs.length, plan.days);
    this.#tally = tally;
  }

  options(encoder: EventEncoder, input: WorkerInput): LaneOptions<Notes> {
    const { lane } = this;
    return {
      source: {
        advance: () => lane.advance(),
        get timeMs() {
          return lane.timeMs;
        },
        get stream() {
          return STREAM_OF_KIND[lane.kind];
        },
        writeKey: (out) => encoder.writeKey(lane, out, 0),
        writeValue: (out) => encoder.writeValue(lane, out, 0),
      },
      targets: input.topics.map((topic) => ({ topic, partition: lane.lane })),
      maxBytes: encoder.maxBytes,
      createNotes: () => createNotes(input.scenario.producer.batchRecords),
      note: (parcel) => this.#note(parcel),
      settled: (parcel, outcome) => this.#settle(parcel, outcome),
    };
  }

  #note({ batch, notes }: Parcel<Notes>): void {
    const { lane } = this;
    const at = batch.count - 1;
    notes.article[at] = lane.article;
    notes.kind[at] = lane.kind;
    notes.count[at] = lane.count;
    notes.version[at] = lane.sequence + 1;
    notes.eventMs[at] = lane.timeMs;
    this.#tally.taken(lane.kind);
  }

  #settle(parcel: Parcel<Notes>, outcome: SendOutcome): void {
    const { batch, notes } = parcel;
    const { world } = this.lane;
    for (let i = 0; i < batch.count; i += 1) {
      const article = notes.article[i] ?? 0;
      const eventMs = notes.eventMs[i] ?? 0;
      this.truth.settle(
        outcome.outcome,
        { article, kind: notes.kind[i] ?? Kind.viewed, count: notes.count[i] ?? 0, version: notes.version[i] ?? 0 },
        { eventMs, createdMs: world.createdMs[article] ?? 0 },
      );
      this.#tally.timed(parcel, eventMs);
    }
    this.#tally.settled(batch, outcome);
  }
}

function createNotes(records: number): Notes {
  return {
    article: new Uint32Array(records),
    kind: new Uint8Array(records),
    count: new Uint32Array(records),
    version: new Uint32Array(records),
    eventMs: new Float64Array(records),
  };
}

/** Counts and times of all lanes of this thread. */
class Tally {
  clock: MappedClock | undefined;
  readonly eventsByKind = new Array<number>(8).fill(0);
  readonly errors = new Map<string, number>();
  lastSettledAtMs = 0;
  #sent = 0;
  #ended = { ok: 0, fail: 0, info: 0 };
  #valueBytes = 0;
  #sendLatency: Histogram = createHistogram();
  #sendDelay: Histogram = createHistogram();

  taken(kind: number): void {
    this.#sent += 1;
    this.eventsByKind[kind] = (this.eventsByKind[kind] ?? 0) + 1;
  }

  /** Latency counts from the intended time; without pacing, from when the batch was begun. */
  timed(parcel: Parcel<Notes>, eventMs: number): void {
    const intendedMs = this.clock ? wallTimeAt(this.clock, eventMs) : parcel.openedAtMs;
    recordMs(this.#sendLatency, wallMs() - intendedMs);
    recordMs(this.#sendDelay, parcel.sentAtMs - intendedMs);
  }

  settled(batch: { readonly count: number; readonly valueBytes: number }, outcome: SendOutcome): void {
    this.#ended[outcome.outcome] += batch.count;
    this.#valueBytes += batch.valueBytes;
    this.lastSettledAtMs = wallMs();
    if (outcome.outcome !== 'ok') this.errors.set(outcome.reason, (this.errors.get(outcome.reason) ?? 0) + 1);
  }

  progress(): Progress {
    const progress = {
      sent: this.#sent,
      ...this.#ended,
      valueBytes: this.#valueBytes,
      sendLatency: encodeHistogram(this.#sendLatency),
      sendDelay: encodeHistogram(this.#sendDelay),
    };
    this.#sendLatency.reset();
    this.#sendDelay.reset();
    return progress;
  }
}

async function main(input: WorkerInput): Promise<void> {
  const { scenario } = input;
  const tally = new Tally();
  const plan = planOf(scenario);
  const pools: ContentPools = contentPools(scenario);
  const encoder = new EventEncoder(plan, pools);
  const played = input.lanes.map((index) => new PlayedLane(plan, index, tally));
  const stop = new AbortController();
  const transport = await createTransport({ connection: input.connection, ...scenario.producer });
  await transport.connect();

  const started = listen(stop, () => say({ type: 'progress', progress: tally.progress() }));
  say({ type: 'ready' });
  const clock = await started;
  tally.clock = clock;
  await produce<Notes>({
    transport,
    lanes: played.map((one) => one.options(encoder, input)),
    batchRecords: scenario.producer.batchRecords,
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
    parentPort?.on('message', (message: ToWorker) => {
      if (message.type === 'report') report();
      else if (message.type === 'start') resolve(message.clock);
      else {
        stop.abort();
        resolve(undefined);
      }
    });
  });
}

function resultOf(played: readonly PlayedLane[], tally: Tally) {
  return {
    lanes: played.map(({ lane, truth }) => ({
      lane: lane.lane,
      articles: lane.world.count,
      createdMs: lane.world.createdMs,
      idLow: lane.world.idLow,
      truth: {
        created: truth.created,
        deleted: truth.deleted,
        counts: truth.counts,
        versions: truth.versions,
        maybes: truth.maybes,
      },
    })),
    eventsByKind: tally.eventsByKind,
    eventsByPartition: played.map(({ lane }) => ({ partition: lane.lane, events: lane.sequence + 1 })),
    sendErrors: [...tally.errors].map(([reason, count]) => ({ reason, count })),
    lastSettledAtMs: tally.lastSettledAtMs,
  };
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

await main(workerData as WorkerInput);
