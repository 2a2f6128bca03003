// contract/codec.ts — A record's value <-> an event. Ids stay exact: they are read as text, never as doubles.

import { entryOf } from './assert.js';
import { EVENT_TYPES, type EventType, type HotEvent } from './events.js';
import { isId } from './ids.js';
import { digitsAt, memberPositions, skipSpace } from './json-members.js';
import { isObject } from './json-object.js';
import { PAYLOAD_FIELDS, type PublishedEvent } from './payloads.js';

/** A record that is not one of the eight events; `reason` is fit for a dead-letter header. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** @throws DecodeError when the value is not UTF-8 JSON of a known event with all the fields that a consumer needs. */
export function decodeEvent(value: Uint8Array | null): HotEvent {
  const text = decodeText(value);
  const record = parseObject(text);
  const type = record.type;
  if (!isEventType(type)) throw new DecodeError(`unknown type ${JSON.stringify(type)}`);
  const payload = record.payload;
  if (!isObject(payload)) throw new DecodeError('payload is not an object');
  const source: Source = { text, record, payload };
  // Plain literals: this runs for every record, and spreading a common part takes longer than all the rest.
  const eventId = exactId(source, 'record', 'eventId');
  const articleId = exactId(source, 'payload', 'articleId');
  switch (type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED': {
      const createdDay = dayField(payload, 'createdAt');
      return { eventId, articleId, type, createdDay, title: textField(payload, 'title') };
    }
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED': {
      const commentId = exactId(source, 'payload', 'commentId');
      const writerId = exactId(source, 'payload', 'writerId');
      return { eventId, articleId, type, commentId, writerId, count: countField(payload, 'articleCommentCount') };
    }
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED': {
      const userId = exactId(source, 'payload', 'userId');
      return { eventId, articleId, type, userId, count: countField(payload, 'articleLikeCount') };
    }
    case 'ARTICLE_VIEWED':
      return { eventId, articleId, type, count: countField(payload, 'articleViewCount') };
  }
}

/** The JSON of a record's value, as the event's service writes it. @throws RangeError when an id is none, which is a bug */
export function encodeEvent(event: PublishedEvent): string {
  const payload: Readonly<Record<string, unknown>> = event.payload;
  const members = Object.entries(PAYLOAD_FIELDS[event.type]).map(([name, form]) => {
    const value = payload[name];
    return `"${name}":${form === 'id' ? idDigits(value) : JSON.stringify(value)}`;
  });
  return `{"eventId":${idDigits(event.eventId)},"type":"${event.type}","payload":{${members.join(',')}}}`;
}

function idDigits(value: unknown): string {
  if (typeof value === 'string' && isId(value)) return value;
  throw new RangeError(`expected the digits of a 64-bit id, found ${JSON.stringify(value)}`);
}

interface Source {
  readonly text: string;
  /** Both as JSON.parse has them: large numbers are rounded. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Undefined when the value cannot be decoded. */
export function decodedValue(value: Uint8Array): HotEvent | undefined {
  try {
    return decodeEvent(value);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeText(value: Uint8Array | null): string {
  if (value === null) throw new DecodeError('value is null');
  try {
    return utf8.decode(value);
  } catch {
    throw new DecodeError('value is not UTF-8');
  }
}

function parseObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new DecodeError('value is not JSON');
  }
  if (!isObject(parsed)) throw new DecodeError('value is not a JSON object');
  return parsed;
}

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(EVENT_TYPES);

function isEventType(value: unknown): value is EventType {
  return KNOWN_TYPES.has(value);
}

/** Where an id stands: in the record itself, or in its payload. */
type Holder = 'record' | 'payload';

/** An id of 64 bits, digit by digit. What a double holds exactly needs no second look at the text. */
function exactId(source: Source, holder: Holder, name: string): string {
  const parsed = source[holder][name];
  if (typeof parsed !== 'number') throw new DecodeError(`${name} is not a number`);
  if (Number.isSafeInteger(parsed) && parsed >= 0) return String(parsed);
  const digits = onlyDigits(source.text, name) ?? memberDigits(source.text, holder, name);
  if (!isId(digits)) throw new DecodeError(`${name} is not a 64-bit integer`);
  return digits;
}

/**
 * The short way, for a name that stands in the text only once: then it is the member itself.
 * Undefined for a name that comes again, and where an escape may spell the same name differently.
 */
function onlyDigits(text: string, name: string): string | undefined {
  const quoted = `"${name}"`;
  const at = text.indexOf(quoted);
  const nameEnd = at + quoted.length;
  if (at < 0 || text.includes(quoted, nameEnd) || text.includes('\\u')) return undefined;
  return digitsAt(text, skipSpace(text, skipSpace(text, nameEnd) + 1));
}

/** The long way: through the members, one by one. */
function memberDigits(text: string, holder: Holder, name: string): string {
  const record = memberPositions(text, skipSpace(text, 0));
  const positions = holder === 'record' ? record : memberPositions(text, entryOf(record, 'payload'));
  return digitsAt(text, entryOf(positions, name));
}

function countField(payload: Record<string, unknown>, key: string): number {
  const value = payload[key];
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new DecodeError(`${key} is not a count`);
  return value as number;
}

function textField(payload: Record<string, unknown>, key: string): string {
  const value = payload[key];
  if (typeof value !== 'string') throw new DecodeError(`${key} is not a string`);
  return value;
}

/** `2024-10-01T09:30:15.123` or `[2024,10,1,9,30,15,123000000]`: both are local times in the rules' zone. */
function dayField(payload: Record<string, unknown>, key: string): string {
  const value = payload[key];
  if (typeof value === 'string') {
    const match = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d/.exec(value);
    if (match) return `${match[1]}${match[2]}${match[3]}`;
  }
  if (Array.isArray(value) && value.length >= 3 && value.slice(0, 3).every((part) => Number.isInteger(part))) {
    const [year, month, date] = value.map(String);
    return `${year?.padStart(4, '0')}${month?.padStart(2, '0')}${date?.padStart(2, '0')}`;
  }
  throw new DecodeError(`${key} is not a local date-time`);
}
