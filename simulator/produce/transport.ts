// simulator/produce/transport.ts — How a record batch gets to one topic-partition, and what is known of it afterwards.
import type { RecordBatch } from './record-batch.js';

/**
 * `ok`: the leader acknowledged it (with acks=0: it was handed to the socket). `fail`: it is certainly not in the log.
 * `info`: unknown, it may be in the log or not.
 */
export type SendOutcome =
  | { readonly outcome: 'ok'; readonly baseOffset: number | undefined }
  | { readonly outcome: 'fail' | 'info'; readonly reason: string };

export interface Target {
  readonly topic: string;
  readonly partition: number;
}

/** At most one `send` for a topic-partition at a time. */
export interface Transport {
  connect(): Promise<void>;
  /** Settles after the last try; never rejects. */
  send(target: Target, batch: RecordBatch): Promise<SendOutcome>;
  disconnect(): Promise<void>;
}
