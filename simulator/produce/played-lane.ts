// simulator/produce/played-lane.ts — A lane being played by a producer thread, and the account of its sends; it can go on where a thread that was killed has left it.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt } from '../../contract/clock.js';
import { Kind } from '../../contract/kind.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Plan } from '../workload/plan.js';
import { type PlannedLane, POISON } from '../workload/planned-lane.js';
import { LaneTruth, type Sent } from './account/lane-truth.js';
import { LateCompletions } from './account/late-completions.js';
import { ReadModelTruth } from './account/read-model-truth.js';
import type { LaneOptions, RecordSource } from './lane-producer.js';
import type { TaggedBatch } from './partition-queue.js';
import { type EndedRecords, type JournalEntry, LaneEnds } from './send-journal.js';
import type { Tally } from './tally.js';
import type { SendOutcome } from './transport.js';
import type { WorkerInput, WorkerResult } from './worker-messages.js';

/** What the plan knows of each record of a batch, by position. */
export interface Metadata {
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
  readonly lateCompletions: LateCompletions;
  readonly unacknowledged: number[] = [];
  readonly #tools: LaneTools;
  readonly #tally: Tally;
  readonly #former: LaneEnds | undefined;

  constructor(plan: Plan, index: number, tools: LaneTools) {
    this.records = tools.open(index);
    const { capacity } = this.records;
    const calendar = new Calendar(plan.scenario.rules);
    this.lateCompletions = new LateCompletions(calendar, plan.days);
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

  options(): LaneOptions<Metadata> {
    const { input, journal, now } = this.#tools;
    const { lane } = this.records;
    return {
      source: this.#former ? this.#unsentRecords(this.#former) : this.records,
      topics: input.topics,
      createMetadata: () => createMetadata(input.scenario.producer.batchRecords),
      note: (tagged) => this.#note(tagged),
      ...(journal
        ? {
            sending: ({ batch, metadata }) => journal({ type: 'sending', lane, ...metadata.place, count: batch.count }),
          }
        : {}),
      settled: (tagged, outcome) => {
        this.#settle(tagged, outcome);
        const { place } = tagged.metadata;
        journal?.({ type: 'ended', lane, ...place, count: tagged.batch.count, outcome, endedAtMs: now() });
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

  #note({ batch, metadata }: TaggedBatch<Metadata>): void {
    const { records } = this;
    const at = batch.count - 1;
    metadata.place.stream = records.stream;
    metadata.place.partition = records.partition;
    metadata.article[at] = records.article;
    metadata.kind[at] = records.kind;
    metadata.count[at] = records.count;
    metadata.version[at] = records.version;
    metadata.ordinal[at] = records.ordinal;
    metadata.eventMs[at] = records.timeMs;
    metadata.dueMs[at] = records.dueMs;
    this.#tally.taken(records.kind, records.partition);
  }

  #settle(tagged: TaggedBatch<Metadata>, outcome: SendOutcome): void {
    const { batch, metadata } = tagged;
    const { clock } = this.#tally;
    const endedMs = clock && eventTimeAt(clock, this.#tools.now());
    for (let i = 0; i < batch.count; i += 1) {
      const article = metadata.article[i] ?? 0;
      const kind = metadata.kind[i] ?? Kind.viewed;
      const dueMs = metadata.dueMs[i] ?? 0;
      this.#tally.timed(tagged, dueMs, outcome);
      const version = metadata.version[i] ?? 0;
      const event = { article, kind, count: metadata.count[i] ?? 0, version, ordinal: metadata.ordinal[i] ?? 0 };
      this.#settleOne(event, { eventMs: metadata.eventMs[i] ?? 0, dueMs, endedMs }, outcome);
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
      dueMs: this.lateCompletions.judgedAt(version, dueMs, endedMs),
    };
    this.truth.settle(outcome.outcome, event, times);
    this.readModels?.settle(outcome.outcome, event, times);
  }
}

function createMetadata(records: number): Metadata {
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
    lanes: played.map(({ records, truth, readModels, lateCompletions, unacknowledged }) => ({
      lane: records.lane,
      ...records.articles(),
      lateCompletions: lateCompletions.all,
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
