// simulator/produce/partition-queue.ts — One topic-partition's way out: a batch that fills, a few that wait, and one in flight, so order is kept.
import { type BatchLimits, RecordBatch } from './record-batch.js';
import type { SendOutcome, Target, Transport } from './transport.js';

const MAX_WAITING = 3;

/** A record batch, and what its caller keeps of each of its records. */
export interface TaggedBatch<Metadata> {
  readonly batch: RecordBatch;
  readonly metadata: Metadata;
  /** Wall time, ms. */
  openedAtMs: number;
  sentAtMs: number;
}

export interface QueueOptions<Metadata> {
  readonly transport: Transport;
  readonly target: Target;
  readonly limits: BatchLimits;
  readonly createMetadata: () => Metadata;
  readonly now: () => number;
  /** Called just before a batch is sent. */
  readonly sending?: ((tagged: TaggedBatch<Metadata>) => void) | undefined;
  /** Called once for each batch, with its outcome; the batch is used again afterwards. */
  readonly settled: (tagged: TaggedBatch<Metadata>, outcome: SendOutcome) => void;
  /** Called with what `sending`, `settled` or the transport threw between two calls of the queue: it sends nothing any more. */
  readonly failed: (bug: unknown) => void;
}

export class PartitionQueue<Metadata> {
  readonly #options: QueueOptions<Metadata>;
  readonly #free: TaggedBatch<Metadata>[] = [];
  readonly #waiting: TaggedBatch<Metadata>[] = [];
  #open: TaggedBatch<Metadata>;
  #inFlight = false;

  constructor(options: QueueOptions<Metadata>) {
    this.#options = options;
    this.#open = this.#newTagged();
  }

  get isIdle(): boolean {
    return !this.#inFlight && this.#waiting.length === 0 && this.#open.batch.isEmpty;
  }

  /**
   * Puts a record into the filling batch, and hands on what is full.
   * @returns where to note the record, or undefined when the queue is full: nothing was taken, come back later
   */
  append(timestampMs: number, key: Buffer, value: Buffer): TaggedBatch<Metadata> | undefined {
    if (!this.#open.batch.append(timestampMs, key, value)) {
      if (this.#waiting.length >= MAX_WAITING) return undefined;
      this.#seal();
      this.#open.batch.append(timestampMs, key, value);
    }
    if (this.#open.batch.count === 1) this.#open.openedAtMs = this.#options.now();
    return this.#open;
  }

  /** Hands on a batch that has waited long enough. */
  flush(openedBeforeMs: number): void {
    if (this.#open.batch.isEmpty || this.#open.openedAtMs > openedBeforeMs) return;
    // While one is in flight, a part-filled batch goes on filling: it could not leave earlier anyway.
    if (this.#waiting.length === 0 && !this.#inFlight) this.#seal();
  }

  #seal(): void {
    this.#waiting.push(this.#open);
    this.#open = this.#free.pop() ?? this.#newTagged();
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#inFlight) return;
    const tagged = this.#waiting.shift();
    if (!tagged) return;
    this.#inFlight = true;
    tagged.sentAtMs = this.#options.now();
    this.#options.sending?.(tagged);
    this.#options.transport
      .send(this.#options.target, tagged.batch)
      .then((outcome) => {
        this.#options.settled(tagged, outcome);
        tagged.batch.clear();
        this.#free.push(tagged);
        this.#inFlight = false;
        this.#sendNext();
      })
      .catch(this.#options.failed);
  }

  #newTagged(): TaggedBatch<Metadata> {
    const { limits, createMetadata } = this.#options;
    return { batch: new RecordBatch(limits), metadata: createMetadata(), openedAtMs: 0, sentAtMs: 0 };
  }
}
