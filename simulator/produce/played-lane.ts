// simulator/produce/played-lane.ts — A lane being played by a producer thread, and the account of its sends; it can go on where a thread that was killed has left it.
import { Calendar } from '../../contract/calendar.js';
import { eventTimeAt } from '../../contract/clock.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Plan } from '../workload/plan.js';
import { type PlannedLane, POISON } from '../workload/planned-lane.js';
import { LaneTruth, type Sent } from './account/lane-truth.js';
import { LateCompletions } from './account/late-completions.js';
import { ReadModelTruth } from './account/read-model-truth.js';
import { BatchMetadata } from './batch-metadata.js';
import type { LaneOptions, RecordSource } from './lane-producer.js';
import type { TaggedBatch } from './partition-queue.js';
import type { ProducerThreadInput, ProducerThreadResult } from './producer-thread-messages.js';
import { type EndedRecords, type JournalEntry, LaneEnds } from './send-journal.js';
import type { Tally } from './tally.js';
import type { SendOutcome } from './transport.js';

export interface LaneTools {
  readonly input: Pick<ProducerThreadInput, 'scenario' | 'topics' | 'resume'>;
  /** Opens a lane of the plan at its beginning. */
  readonly open: (lane: number) => PlannedLane;
  readonly tally: Tally;
  /** Called for each batch before and after it is sent; undefined where no fault kills producers. */
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

  options(): LaneOptions<BatchMetadata> {
    const { input, journal, now } = this.#tools;
    const { lane } = this.records;
    return {
      source: this.#former ? this.#unsentRecords(this.#former) : this.#allRecords(),
      topics: input.topics,
      createMetadata: () => new BatchMetadata(input.scenario.producer.batchRecords),
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

  #allRecords(): RecordSource {
    const { records } = this;
    return { advance: () => records.advance(), record: records };
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
      record: records,
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

  #note({ batch, metadata }: TaggedBatch<BatchMetadata>): void {
    const { records } = this;
    metadata.put(batch.count - 1, records);
    this.#tally.taken(records.kind, records.partition);
  }

  #settle(tagged: TaggedBatch<BatchMetadata>, outcome: SendOutcome): void {
    const { batch, metadata } = tagged;
    const { clock } = this.#tally;
    const endedMs = clock && eventTimeAt(clock, this.#tools.now());
    for (let at = 0; at < batch.count; at += 1) {
      const dueMs = metadata.dueMs(at);
      this.#tally.timed(tagged, dueMs, outcome);
      this.#settleOne(metadata.event(at), { eventMs: metadata.timeMs(at), dueMs, endedMs }, outcome);
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

export function resultOf(played: readonly PlayedLane[], tally: Tally): ProducerThreadResult {
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
