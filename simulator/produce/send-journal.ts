// simulator/produce/send-journal.ts — How the sends of each queue ended, kept outside the thread that sends, so that another can go on where it was killed.
import type { SendOutcome } from './transport.js';

/** A lane's way to one topic-partition; its records are sent and end in the order of the plan. */
export interface QueueName {
  readonly lane: number;
  readonly stream: number;
  readonly partition: number;
}

/** So many records in a row ended alike. */
export interface EndedRecords {
  readonly count: number;
  readonly outcome: SendOutcome;
  /** Wall time, ms. */
  readonly endedAtMs: number;
}

export interface QueueEnds extends QueueName {
  readonly ends: readonly EndedRecords[];
}

export type JournalEntry =
  /** A batch is handed to the client now. */
  | ({ readonly type: 'sending'; readonly count: number } & QueueName)
  | ({ readonly type: 'ended' } & QueueName & EndedRecords);

interface Queue {
  readonly name: QueueName;
  readonly ends: EndedRecords[];
  /** Records of the batch that is on its way; at most one is. */
  inFlight: number;
}

export class SendJournal {
  readonly #queues = new Map<string, Queue>();

  take(entry: JournalEntry): void {
    const queue = this.#queueOf(entry);
    if (entry.type === 'sending') {
      queue.inFlight = entry.count;
      return;
    }
    queue.inFlight = 0;
    const { count, outcome, endedAtMs } = entry;
    queue.ends.push({ count, outcome, endedAtMs });
  }

  /** The thread is gone, so the ends of records on their way stay unknown. @returns how many records that were */
  giveUp(endedAtMs: number): number {
    let records = 0;
    for (const queue of this.#queues.values()) {
      if (queue.inFlight === 0) continue;
      records += queue.inFlight;
      const outcome = { outcome: 'info', reason: 'the producer was killed' } as const;
      queue.ends.push({ count: queue.inFlight, outcome, endedAtMs });
      queue.inFlight = 0;
    }
    return records;
  }

  get ends(): QueueEnds[] {
    return [...this.#queues.values()].map(({ name, ends }) => ({ ...name, ends: [...ends] }));
  }

  #queueOf({ lane, stream, partition }: QueueName): Queue {
    const key = `${lane} ${stream} ${partition}`;
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = { name: { lane, stream, partition }, ends: [], inFlight: 0 };
      this.#queues.set(key, queue);
    }
    return queue;
  }
}

/** What has ended of one lane, record by record. */
export class LaneEnds {
  readonly #queues = new Map<string, { readonly ends: readonly EndedRecords[]; at: number; taken: number }>();

  constructor(lane: number, queues: readonly QueueEnds[]) {
    for (const { stream, partition, ends, lane: of } of queues) {
      if (of === lane) this.#queues.set(`${stream} ${partition}`, { ends, at: 0, taken: 0 });
    }
  }

  /** The end of the next record of a queue; undefined when it was not sent yet. */
  next(stream: number, partition: number): (EndedRecords & { readonly isFirst: boolean }) | undefined {
    const queue = this.#queues.get(`${stream} ${partition}`);
    const end = queue?.ends[queue.at];
    if (!queue || !end) return undefined;
    const isFirst = queue.taken === 0;
    queue.taken += 1;
    if (queue.taken === end.count) Object.assign(queue, { at: queue.at + 1, taken: 0 });
    return { ...end, isFirst };
  }
}
