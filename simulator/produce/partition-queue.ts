// simulator/produce/partition-queue.ts — One topic-partition's way out: a batch that fills, a few that wait, and one in flight, so order is kept.
import { type BatchLimits, RecordBatch } from './record-batch.js';
import type { SendOutcome, Target, Transport } from './transport.js';

const MOST_WAITING = 3;

/** A record batch and, for each of its records, what the plan knows of it. `Notes` is the caller's. */
export interface Parcel<Notes> {
  readonly batch: RecordBatch;
  readonly notes: Notes;
  /** Wall time, ms. */
  openedAtMs: number;
  sentAtMs: number;
}

export interface QueueOptions<Notes> {
  readonly transport: Transport;
  readonly target: Target;
  readonly limits: BatchLimits;
  readonly createNotes: () => Notes;
  readonly now: () => number;
  /** Called when a parcel is on its way now. */
  readonly sending?: ((parcel: Parcel<Notes>) => void) | undefined;
  /** Called once for each parcel, with its outcome; the parcel is used again afterwards. */
  readonly settled: (parcel: Parcel<Notes>, outcome: SendOutcome) => void;
}

export class PartitionQueue<Notes> {
  readonly #options: QueueOptions<Notes>;
  readonly #free: Parcel<Notes>[] = [];
  readonly #waiting: Parcel<Notes>[] = [];
  #open: Parcel<Notes>;
  #inFlight = false;
  #bugs: unknown;

  constructor(options: QueueOptions<Notes>) {
    this.#options = options;
    this.#open = this.#newParcel();
  }

  get isIdle(): boolean {
    return !this.#inFlight && this.#waiting.length === 0 && this.#open.batch.isEmpty;
  }

  /**
   * Puts a record into the filling batch, and hands on what is full.
   * @returns where to note the record, or undefined when the queue is full: nothing was taken, come back later
   */
  append(timestampMs: number, key: Buffer, value: Buffer): Parcel<Notes> | undefined {
    if (this.#bugs !== undefined) throw this.#bugs;
    if (!this.#open.batch.append(timestampMs, key, value)) {
      if (this.#waiting.length >= MOST_WAITING) return undefined;
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
    this.#open = this.#free.pop() ?? this.#newParcel();
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#inFlight) return;
    const parcel = this.#waiting.shift();
    if (!parcel) return;
    this.#inFlight = true;
    parcel.sentAtMs = this.#options.now();
    this.#options.sending?.(parcel);
    this.#options.transport
      .send(this.#options.target, parcel.batch)
      .then((outcome) => {
        this.#options.settled(parcel, outcome);
        parcel.batch.clear();
        this.#free.push(parcel);
        this.#inFlight = false;
        this.#sendNext();
      })
      .catch((error: unknown) => {
        this.#bugs = error;
      });
  }

  #newParcel(): Parcel<Notes> {
    const { limits, createNotes } = this.#options;
    return { batch: new RecordBatch(limits), notes: createNotes(), openedAtMs: 0, sentAtMs: 0 };
  }
}
