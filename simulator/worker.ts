// simulator/worker.ts — A producer thread: plays its lanes into Kafka and keeps the oracle's account of every send.
import { parentPort, workerData } from 'node:worker_threads';
import { Calendar } from '../contract/calendar.js';
import { eventTimeAt, type MappedClock, wallTimeAt } from '../contract/clock.js';
import { type LaneResult, LaneTruth } from './judge/lane-truth.js';
import { OverdueSends } from './judge/overdue.js';
import { ReadModelTruth } from './judge/read-model-truth.js';
import { wallMs } from './latency.js';
import { createTransport } from './produce/kafkajs-transport.js';
import { type LaneOptions, produce } from './produce/lane-producer.js';
import type { Parcel } from './produce/partition-queue.js';
import type { SendOutcome } from './produce/transport.js';
import { Tally } from './tally.js';
import type { FromWorker, ToWorker, WorkerInput } from './worker-messages.js';
import { type ContentPools, contentPools } from './workload/content.js';
import { Kind } from './workload/kind.js';
import { Lane } from './workload/lane.js';
import { People } from './workload/people.js';
import { type Plan, planOf } from './workload/plan.js';
import { POISON, RecordStream } from './workload/record-stream.js';

/** What the plan knows of each record of a batch, by position. */
interface Notes {
  readonly article: Uint32Array;
  readonly kind: Int8Array;
  readonly count: Uint32Array;
  readonly version: Uint32Array;
  readonly ordinal: Uint32Array;
  readonly eventMs: Float64Array;
  readonly dueMs: Float64Array;
}

/** A lane being played, and the account of its sends. */
class PlayedLane {
  readonly lane: Lane;
  readonly truth: LaneTruth;
  readonly readModels: ReadModelTruth | undefined;
  readonly records: RecordStream;
  readonly overdue: OverdueSends;
  readonly unacknowledged: number[] = [];
  readonly #tally: Tally;

  constructor(plan: Plan, index: number, tools: { readonly pools: ContentPools; readonly tally: Tally }) {
    this.lane = new Lane(plan, index);
    const calendar = new Calendar(plan.scenario.rules);
    const capacity = this.lane.world.createdMs.length;
    this.overdue = new OverdueSends(calendar, plan.days);
    this.truth = new LaneTruth(capacity, calendar, plan.days);
    if (plan.scenario.rules.weights.commenter > 0) this.truth.writers = commentersOf(plan, this.lane);
    const { instances } = plan.scenario.articleRead;
    this.readModels = instances > 0 ? new ReadModelTruth(capacity, calendar) : undefined;
    this.records = new RecordStream(plan, this.lane, tools.pools);
    this.#tally = tools.tally;
  }

  options({ topics, scenario }: WorkerInput): LaneOptions<Notes> {
    return {
      source: this.records,
      topics,
      createNotes: () => createNotes(scenario.producer.batchRecords),
      note: (parcel) => this.#note(parcel),
      settled: (parcel, outcome) => this.#settle(parcel, outcome),
    };
  }

  #note({ batch, notes }: Parcel<Notes>): void {
    const { records } = this;
    const at = batch.count - 1;
    notes.article[at] = records.article;
    notes.kind[at] = records.kind;
    notes.count[at] = records.count;
    notes.version[at] = records.version;
    notes.ordinal[at] = records.ordinal;
    notes.eventMs[at] = records.timeMs;
    notes.dueMs[at] = records.dueMs;
    this.#tally.taken(records.kind, records.partition);
  }

  #settle(parcel: Parcel<Notes>, outcome: SendOutcome): void {
    const { batch, notes } = parcel;
    const { world } = this.lane;
    const { clock } = this.#tally;
    const endedMs = clock && eventTimeAt(clock, wallMs());
    for (let i = 0; i < batch.count; i += 1) {
      const article = notes.article[i] ?? 0;
      const kind = notes.kind[i] ?? Kind.viewed;
      const dueMs = notes.dueMs[i] ?? 0;
      this.#tally.timed(parcel, dueMs, outcome);
      const version = notes.version[i] ?? 0;
      if (outcome.outcome !== 'ok') this.unacknowledged.push(kind === POISON ? -version : version);
      if (kind === POISON) {
        this.#tally.poisoned(outcome);
        continue;
      }
      const event = { article, kind, count: notes.count[i] ?? 0, version, ordinal: notes.ordinal[i] ?? 0 };
      const judgedAtMs = this.overdue.judgedAt(version, dueMs, endedMs);
      const times = {
        ...{ eventMs: notes.eventMs[i] ?? 0, createdMs: world.createdMs[article] ?? 0 },
        dueMs: judgedAtMs,
      };
      this.truth.settle(outcome.outcome, event, times);
      this.readModels?.settle(outcome.outcome, event, times);
    }
    this.#tally.settled(batch, outcome);
  }
}

/** Who writes an article's n-th comment. */
function commentersOf({ scenario }: Plan, { lane }: Lane): (article: number, ordinal: number) => number {
  const people = new People(scenario.users);
  return (article, ordinal) => people.commenter(lane, article, ordinal);
}

function createNotes(records: number): Notes {
  return {
    article: new Uint32Array(records),
    kind: new Int8Array(records),
    count: new Uint32Array(records),
    version: new Uint32Array(records),
    ordinal: new Uint32Array(records),
    eventMs: new Float64Array(records),
    dueMs: new Float64Array(records),
  };
}

async function main(input: WorkerInput): Promise<void> {
  const { scenario } = input;
  const plan = planOf(scenario);
  const tally = new Tally(plan);
  const pools: ContentPools = contentPools(scenario);
  const played = input.lanes.map((index) => new PlayedLane(plan, index, { pools, tally }));
  const stop = new AbortController();
  const transport = await createTransport({ connection: input.connection, ...scenario.producer });
  await transport.connect();

  const started = listen(stop, () => say({ type: 'progress', progress: tally.progress() }));
  say({ type: 'ready' });
  const clock = await started;
  tally.clock = clock;
  await produce<Notes>({
    transport,
    lanes: played.map((one) => one.options(input)),
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
    lanes: played.map(({ lane, truth, readModels, overdue, unacknowledged }) => ({
      lane: lane.lane,
      articles: lane.world.count,
      createdMs: lane.world.createdMs,
      idLow: lane.world.idLow,
      overdue: overdue.all,
      unacknowledged,
      truth: columnsOf(truth),
      ...(readModels ? { readModels: { ...readModels, truth: columnsOf(readModels.truth) } } : {}),
    })),
    eventsByKind: tally.eventsByKind,
    recordsByPartition: tally.recordsByPartition,
    poison: tally.poison,
    sendErrors: [...tally.errors].map(([reason, count]) => ({ reason, count })),
    lastSettledAtMs: tally.lastSettledAtMs,
  };
}

/** A message takes data, and no objects of classes. */
function columnsOf({
  created,
  deleted,
  withdrawn,
  counts,
  versions,
  maybes,
  commenters,
}: LaneTruth): LaneResult['truth'] {
  return { created, deleted, withdrawn, counts, versions, maybes, commenters };
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

await main(workerData as WorkerInput);
