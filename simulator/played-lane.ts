// simulator/played-lane.ts — A lane being played by a producer thread, and the account of its sends; it can go on where a thread that was killed has left it.
import { Calendar } from '../contract/calendar.js';
import { eventTimeAt } from '../contract/clock.js';
import { type LaneResult, LaneTruth, type Sent } from './judge/lane-truth.js';
import { OverdueSends } from './judge/overdue.js';
import { ReadModelTruth } from './judge/read-model-truth.js';
import type { LaneOptions, RecordSource } from './produce/lane-producer.js';
import type { Parcel } from './produce/partition-queue.js';
import type { SendOutcome } from './produce/transport.js';
import { type EndedRecords, type JournalEntry, LaneEnds } from './send-journal.js';
import type { Tally } from './tally.js';
import type { WorkerInput, WorkerResult } from './worker-messages.js';
import { Kind } from './workload/kind.js';
import type { Plan } from './workload/plan.js';
import { type PlannedLane, POISON } from './workload/planned-lane.js';

/** What the plan knows of each record of a batch, by position. */
export interface Notes {
  readonly article: Uint32Array;
  readonly kind: Int8Array;
  readonly count: Uint32Array;
  readonly version: Uint32Array;
  readonly ordinal: Uint32Array;
  readonly eventMs: Float64Array;
  readonly dueMs: Float64Array;
  /** Of all of them. */
  readonly place: { stream: number; partition: number };
}

export interface LaneTools {
  readonly input: Pick<WorkerInput, 'scenario' | 'topics' | 'resume'>;
  /** Opens a lane of the plan at its beginning. */
  readonly open: (lane: number) => PlannedLane;
  readonly tally: Tally;
  /** Told of each batch before and after it is sent; undefined where nobody kills producers. */
  readonly journal: ((entry: JournalEntry) => void) | undefined;
  /** Wall time, ms. */
  readonly now: () => number;
}

/** A lane being played, and the account of its sends. */
export class PlayedLane {
  readonly truth: LaneTruth;
  readonly readModels: ReadModelTruth | undefined;
  readonly records: PlannedLane;
  readonly overdue: OverdueSends;
  readonly unacknowledged: number[] = [];
  readonly #tools: LaneTools;
  readonly #tally: Tally;
  readonly #former: LaneEnds | undefined;

  constructor(plan: Plan, index: number, tools: LaneTools) {
    this.records = tools.open(index);
    const { capacity } = this.records;
    const calendar = new Calendar(plan.scenario.rules);
    this.overdue = new OverdueSends(calendar, plan.days);
    this.truth = new LaneTruth(capacity, calendar, plan.days);
    if (plan.scenario.rules.weights.commenter > 0) {
      this.truth.writers = (article, ordinal) => this.records.writerOf(article, ordinal);
    }
    const { instances } = plan.scenario.articleRead;
    this.readModels = instances > 0 ? new ReadModelTruth(capacity, calendar) : undefined;
    this.#tools = tools;
    this.#tally = tools.tally;
    const { resume } = tools.input;
    this.#former = resume && new LaneEnds(index, resume.queues);
  }

  options(): LaneOptions<Notes> {
    const { input, journal, now } = this.#tools;
    const { lane } = this.records;
    return {
      source: this.#former ? this.#unsentRecords(this.#former) : this.records,
      topics: input.topics,
      createNotes: () => createNotes(input.scenario.producer.batchRecords),
      note: (parcel) => this.#note(parcel),
      ...(journal
        ? { sending: ({ batch, notes }) => journal({ type: 'sending', lane, ...notes.place, count: batch.count }) }
        : {}),
      settled: (parcel, outcome) => {
        this.#settle(parcel, outcome);
        const { place } = parcel.notes;
        journal?.({ type: 'ended', lane, ...place, count: parcel.batch.count, outcome, endedAtMs: now() });
      },
    };
  }

  /** What a former thread has sent is accounted for, not sent again. It is at its first record already. */
  #unsentRecords(former: LaneEnds): RecordSource {
    const { records } = this;
    const advance = () => {
      while (records.advance()) {
        const end = former.next(records.stream, records.partition);
        if (!end) return true;
        this.#account(end);
      }
      return false;
    };
    let first: boolean | undefined = advance();
    return {
      advance: () => {
        const found = first ?? advance();
        first = undefined;
        return found;
      },
      get dueMs() {
        return records.dueMs;
      },
      get timeMs() {
        return records.timeMs;
      },
      get stream() {
        return records.stream;
      },
      get partition() {
        return records.partition;
      },
      get key() {
        return records.key;
      },
      get value() {
        return records.value;
      },
    };
  }

  /** The current record, which a former thread has sent. */
  #account(end: EndedRecords & { readonly isFirst: boolean }): void {
    const { article, kind, count, version, ordinal, timeMs: eventMs, dueMs, value, partition } = this.records;
    const { clock } = this.#tally;
    this.#tally.taken(kind, partition);
    this.#tally.sentBefore(end, { dueMs, valueBytes: value.length });
    const event = { article, kind, count, version, ordinal };
    this.#settleOne(event, { eventMs, dueMs, endedMs: clock && eventTimeAt(clock, end.endedAtMs) }, end.outcome);
  }

  #note({ batch, notes }: Parcel<Notes>): void {
    const { records } = this;
    const at = batch.count - 1;
    notes.place.stream = records.stream;
    notes.place.partition = records.partition;
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
    const { clock } = this.#tally;
    const endedMs = clock && eventTimeAt(clock, this.#tools.now());
    for (let i = 0; i < batch.count; i += 1) {
      const article = notes.article[i] ?? 0;
      const kind = notes.kind[i] ?? Kind.viewed;
      const dueMs = notes.dueMs[i] ?? 0;
      this.#tally.timed(parcel, dueMs, outcome);
      const version = notes.version[i] ?? 0;
      const event = { article, kind, count: notes.count[i] ?? 0, version, ordinal: notes.ordinal[i] ?? 0 };
      this.#settleOne(event, { eventMs: notes.eventMs[i] ?? 0, dueMs, endedMs }, outcome);
    }
    this.#tally.settled(batch, outcome);
  }

  #settleOne(
    event: Required<Sent>,
    {
      eventMs,
      dueMs,
      endedMs,
    }: { readonly eventMs: number; readonly dueMs: number; readonly endedMs: number | undefined },
    outcome: SendOutcome,
  ): void {
    const { article, kind, version } = event;
    if (outcome.outcome !== 'ok') this.unacknowledged.push(kind === POISON ? -version : version);
    if (kind === POISON) {
      this.#tally.poisoned(outcome);
      return;
    }
    const times = {
      eventMs,
      createdMs: this.records.createdMs(article),
      dueMs: this.overdue.judgedAt(version, dueMs, endedMs),
    };
    this.truth.settle(outcome.outcome, event, times);
    this.readModels?.settle(outcome.outcome, event, times);
  }
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
    place: { stream: 0, partition: 0 },
  };
}

export function resultOf(played: readonly PlayedLane[], tally: Tally): WorkerResult {
  return {
    lanes: played.map(({ records, truth, readModels, overdue, unacknowledged }) => ({
      lane: records.lane,
      ...records.articles(),
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
