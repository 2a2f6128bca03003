// simulator/produce/producer-thread-messages.ts — What a run and its producer threads say to each other.
import type { MappedClock } from '../../contract/clock.js';
import type { KafkaConnection } from '../../contract/connection.js';
import type { LaneResult } from '../history/lane-result.js';
import type { Scenario } from '../scenario/schema.js';
import type { JournalEntry, QueueEnds } from './send-journal.js';

export interface ProducerThreadInput {
  readonly scenario: Scenario;
  readonly lanes: readonly number[];
  readonly connection: KafkaConnection;
  /** By stream. */
  readonly topics: readonly string[];
  /** Whether each batch is told of before and after it is sent: the thread may be killed. */
  readonly journal: boolean;
  /** What former threads have sent of these lanes, and the clock by which they did. */
  readonly resume?: { readonly clock: MappedClock | undefined; readonly queues: readonly QueueEnds[] };
}

export type ToProducerThread =
  /** Without a clock: as fast as it goes. */
  | { readonly type: 'start'; readonly clock: MappedClock | undefined }
  /** Asks for a progress message. */
  | { readonly type: 'report' }
  | { readonly type: 'stop' };

/** Totals since the start. */
export interface Progress {
  readonly sent: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
  readonly valueBytes: number;
  /** Phases of which something has ended since the last message. */
  readonly phases: readonly PhaseProgress[];
}

/** Since the message before it; histograms are HdrHistogram V2 in base64, microseconds. */
export interface PhaseProgress {
  /** Index of the phase in the plan. */
  readonly index: number;
  readonly acked: number;
  /** Wall times, ms, since the start. */
  readonly firstSentAtMs: number;
  readonly lastSettledAtMs: number;
  readonly sendLatency: string;
  readonly sendDelay: string;
}

export interface ProducerThreadResult {
  readonly lanes: readonly LaneResult[];
  /** By position in contract's EVENT_TYPES; every event taken from the plan. */
  readonly eventsByKind: readonly number[];
  /** By partition, all topics together; repeats and garbage included. */
  readonly recordsByPartition: readonly number[];
  /** Acknowledged records that cannot be decoded. */
  readonly poison: number;
  readonly sendErrors: readonly { readonly reason: string; readonly count: number }[];
  /** Wall time of the last send's end, ms. */
  readonly lastSettledAtMs: number;
}

export type FromProducerThread =
  | JournalEntry
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly progress: Progress; readonly result: ProducerThreadResult };
