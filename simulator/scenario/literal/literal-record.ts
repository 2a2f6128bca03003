// simulator/scenario/literal/literal-record.ts — Literal events -> the records that are sent, in that order; or every problem with them.
import { formatLocal, parseLocal } from '../../../contract/calendar.js';
import { decodedValue } from '../../../contract/codec.js';
import { STREAM_OF, type Stream } from '../../../contract/events.js';
import { isId } from '../../../contract/ids.js';
import { partitionOf } from '../../../contract/partition.js';
import type { Issue } from '../issue.js';
import { Agreement } from './literal-agreement.js';
import type { LiteralEvent } from './literal-event.js';
import { recordValue } from './literal-value.js';

/** One complete record, which JSON can hold. */
export interface LiteralRecord {
  readonly topic: Stream;
  readonly partition: number;
  readonly key: string;
  /** The record's timestamp: event time, ms. */
  readonly timeMs: number;
  /** Event time, ms. */
  readonly sentAtMs: number;
  readonly value: string;
  readonly encoding: 'utf8' | 'base64';
}

export interface LiteralSurroundings {
  readonly zone: string;
  readonly partitions: number;
  /** Undefined: the clock starts with the first event. */
  readonly startMs: number | undefined;
}

/** Below the default of `max.message.bytes`, 1 MiB with what is around the value. */
const MAX_VALUE_BYTES = 1_000_000;
/** Kafka's timestamps begin in 1970, and days have four-digit years. */
const FIRST_TIME_MS = 86_400_000;
const LAST_TIME_MS = 253_339_228_800_000;

/** Sorted by the time of sending; equal times keep the order of the list. Events with a problem are left out. */
export function recordsOf(
  events: readonly LiteralEvent[],
  around: LiteralSurroundings,
  issue: Issue,
): readonly LiteralRecord[] {
  const values = new Values(events, around.zone);
  const agreement = new Agreement(issue);
  const records = events.flatMap((event, index) => {
    const at: Issue = (path, message) => issue([index, ...path], message);
    const timeMs = timeOf('time', event.time, { zone: around.zone, issue: at });
    const sentAtMs =
      event.sentAt === undefined ? timeMs : timeOf('sentAt', event.sentAt, { zone: around.zone, issue: at });
    if (timeMs === undefined || sentAtMs === undefined) return [];
    if (around.startMs !== undefined && sentAtMs < around.startMs) {
      const path = event.sentAt === undefined ? 'time' : 'sentAt';
      at([path], 'is before clock.start, when sending begins; give a later sentAt to what is late');
    }
    const { value, encoding, isGood } = values.next(event, at, timeMs);
    if (!isGood) return [];
    const bytes = Buffer.from(value, encoding);
    if (bytes.length > MAX_VALUE_BYTES)
      at(
        [],
        `is a record of ${bytes.length} bytes; Kafka takes ${MAX_VALUE_BYTES} at most, unless it is told otherwise`,
      );
    const decoded = decodedValue(bytes);
    if (decoded) agreement.add(decoded, { index, timeMs, isRaw: event.type === 'RAW' });
    const key = event.key ?? decoded?.articleId ?? '';
    const partition = event.partition ?? (key === '' ? 0 : partitionOf(Buffer.from(key), around.partitions));
    if (partition >= around.partitions) {
      at(['partition'], `partitions go from 0 to ${around.partitions - 1}; topics.partitions sets how many there are`);
    }
    const topic = event.type === 'RAW' ? event.topic : STREAM_OF[event.type];
    return [{ topic, partition, key, timeMs, sentAtMs, value, encoding }];
  });
  return records.sort((a, b) => a.sentAtMs - b.sentAtMs);
}

function timeOf(
  name: 'time' | 'sentAt',
  text: string,
  { zone, issue }: { readonly zone: string; readonly issue: Issue },
): number | undefined {
  const timeMs = parseLocal(text, zone);
  if (timeMs !== undefined && timeMs >= FIRST_TIME_MS && timeMs < LAST_TIME_MS) return timeMs;
  issue([name], `expected a date-time that exists, from 1970 to 9997, found "${text}"`);
  return undefined;
}

interface RecordValue {
  readonly value: string;
  readonly encoding: 'utf8' | 'base64';
  readonly isGood: boolean;
}

/** Makes the values of the records; each default depends on the events before. */
class Values {
  readonly #zone: string;
  /** By article: `createdAt` of its creation, or the time of that. */
  readonly #createdAt = new Map<string, string>();
  #lastId = 0n;

  constructor(events: readonly LiteralEvent[], zone: string) {
    this.#zone = zone;
    for (const event of events) {
      if (event.type !== 'ARTICLE_CREATED') continue;
      const articleId = String(event.payload.articleId);
      const createdAt = event.payload.createdAt ?? this.#local(parseLocal(event.time, zone) ?? 0);
      if (!this.#createdAt.has(articleId)) this.#createdAt.set(articleId, createdAt);
    }
  }

  next(event: LiteralEvent, issue: Issue, timeMs: number): RecordValue {
    if (event.type === 'RAW') {
      const { text, base64 } = event;
      const isGood = (text === undefined) !== (base64 === undefined);
      if (!isGood) issue([], 'expected exactly one of text and base64');
      return base64 === undefined
        ? { value: text ?? '', encoding: 'utf8', isGood }
        : { value: base64, encoding: 'base64', isGood };
    }
    const eventId = String(event.eventId ?? this.#lastId + 1n);
    this.#lastId = BigInt(eventId);
    if (!isId(eventId)) {
      issue(['eventId'], 'there is no larger 64-bit id than that of the event before; give one');
      return { value: '', encoding: 'utf8', isGood: false };
    }
    const time = this.#local(timeMs);
    const articleCreatedAt = this.#createdAt.get(String(event.payload.articleId)) ?? time;
    const value = recordValue(event, { eventId, time, articleCreatedAt });
    return { value, encoding: 'utf8', isGood: true };
  }

  #local(timeMs: number): string {
    return formatLocal(timeMs, this.#zone);
  }
}
