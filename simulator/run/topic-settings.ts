// simulator/run/topic-settings.ts — The settings of topics that a verdict rests on: what a run gives its own topics, and what it expects of others.
import type { Plan } from '../workload/plan.js';

export interface TopicSetting {
  readonly name: string;
  /** What a topic of the run is made with. */
  readonly value: string;
  /** Whether a topic that exists may have this value. */
  readonly isFit: (found: string) => boolean;
  /** What goes wrong otherwise, for the reader of the error. */
  readonly why: string;
  /** Another way out than altering the topic; undefined when there is none. */
  readonly instead?: (found: string) => string;
  /** Older brokers do not know it. */
  readonly isRecent?: true;
}

const DAY_MS = 86_400_000;
/** Kafka's own default. */
const MESSAGE_BYTES = 1_048_588;
/** What a batch has around its records. */
const BATCH_OVERHEAD_BYTES = 1_000;
/** More than an event and its overhead take. */
const EVENT_BYTES_MAX = 2_000;
const UNLIMITED = '9223372036854775807';
/** Codecs that every part of a run can read. */
const CODECS = ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'];

/** @param nowMs wall time, ms */
export function topicSettings({ scenario, startMs, endMs, events }: Plan, nowMs: number): readonly TopicSetting[] {
  const { batchBytes } = scenario.producer;
  const ageMs = Math.max(0, nowMs - startMs) + DAY_MS;
  const aheadMs = Math.max(0, endMs - nowMs);
  const isAtLeast = (least: number) => (found: string) => Number(found) === -1 || Number(found) >= least;
  return [
    {
      name: 'message.timestamp.type',
      value: 'CreateTime',
      isFit: (found) => found === 'CreateTime',
      why: 'the timestamp of a record is the time of its event, and the broker would replace it',
    },
    {
      name: 'cleanup.policy',
      value: 'delete',
      isFit: (found) => found === 'delete' || found === '',
      why: 'compaction removes events, and the topics could not be read again',
    },
    {
      name: 'compression.type',
      value: 'producer',
      isFit: (found) => CODECS.includes(found),
      why: 'the broker would compress records so that not every consumer can read them',
    },
    {
      name: 'retention.ms',
      value: '-1',
      isFit: isAtLeast(ageMs),
      why: 'event times may lie long ago, and the broker would delete such events at once',
    },
    {
      name: 'retention.bytes',
      value: '-1',
      isFit: isAtLeast(events * EVENT_BYTES_MAX),
      why: 'the broker would delete the first events before the last ones are there',
    },
    {
      name: 'max.message.bytes',
      value: String(MESSAGE_BYTES),
      isFit: isAtLeast(batchBytes + BATCH_OVERHEAD_BYTES),
      why: `the broker would refuse batches of producer.batchBytes=${batchBytes}`,
      instead: (found) =>
        `or run with --set producer.batchBytes=${Math.max(1000, Number(found) - BATCH_OVERHEAD_BYTES)}`,
    },
    {
      name: 'message.timestamp.before.max.ms',
      value: UNLIMITED,
      isFit: isAtLeast(ageMs),
      why: 'event times may lie long ago, and the broker would refuse such events',
      isRecent: true,
    },
    {
      name: 'message.timestamp.after.max.ms',
      value: UNLIMITED,
      isFit: isAtLeast(aheadMs),
      why: 'event times may lie ahead, and the broker would refuse such events',
      isRecent: true,
    },
  ];
}

/** Settings of one topic as the broker tells them -> problems, one sentence each, and the way out of each. */
export function unfitSettings(
  settings: readonly TopicSetting[],
  found: ReadonlyMap<string, string>,
): { readonly setting: TopicSetting; readonly found: string }[] {
  return settings.flatMap((setting) => {
    const value = found.get(setting.name);
    return value === undefined || setting.isFit(value) ? [] : [{ setting, found: value }];
  });
}
