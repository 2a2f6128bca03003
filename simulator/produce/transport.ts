// simulator/produce/transport.ts — How a record batch gets to one topic-partition, and what is known of it afterwards.
import type { Compression } from '../../contract/compression.js';
import type { KafkaConnection } from '../../contract/connection.js';
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

export interface Transport {
  connect(): Promise<void>;
  /** Settles after the last try; never rejects. */
  send(target: Target, batch: RecordBatch): Promise<SendOutcome>;
  disconnect(): Promise<void>;
}

export interface TransportOptions {
  readonly connection: KafkaConnection;
  readonly acks: 0 | 1 | 'all';
  readonly compression: Compression;
  /** The broker drops what a retry repeats. */
  readonly idempotent: boolean;
  /** Each batch has a transaction of its own. */
  readonly transactional: boolean;
  /** Share of the transactions that are aborted and made again. */
  readonly abortedShare: number;
  /** After this time a send is given up. */
  readonly deliveryTimeoutMs: number;
  /** No other transport to the same topics has it at the same time; the one that takes over has it again. */
  readonly name: string;
}

/** Each topic-partition has one batch on its way at a time, also where the records of several lanes go there: sequences count them. */
export function inTurn(transport: Transport): Transport {
  const last = new Map<string, Promise<unknown>>();
  return {
    connect: () => transport.connect(),
    disconnect: () => transport.disconnect(),
    send: (target, batch) => {
      const name = `${target.topic}/${target.partition}`;
      const sent = (last.get(name) ?? Promise.resolve()).then(() => transport.send(target, batch));
      last.set(name, sent);
      return sent;
    },
  };
}
