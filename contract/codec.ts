// contract/codec.ts — A record's value <-> an event. Ids stay exact: they are read as text, never as doubles.
import { EVENT_TYPES, type EventType, type HotEvent } from './events.js';
import { isId } from './ids.js';
import { PAYLOAD_FIELDS, type PublishedEvent } from './payloads.js';

/** A record that is not one of the eight events; `reason` is fit for a dead-letter header. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** @throws DecodeError when the value is not UTF-8 JSON of a known event with all the fields that a consumer needs. */
export function decodeEvent(value: Uint8Array | null): HotEvent {
  const text = decodeText(value);
  const root = parseObject(text);
  const type = root.type;
  if (!isEventType(type)) throw new DecodeError(`unknown type ${JSON.stringify(type)}`);
  const payload = root.payload;
  if (!isRecord(payload)) throw new DecodeError('payload is not an object');
  // Plain literals: this runs for every record, and spreading a common part takes longer than all the rest.
  const eventId = exactId(text, root, 'eventId');
  const articleId = exactId(text, payload, 'articleId');
  switch (type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED': {
      const createdDay = dayField(payload, 'createdAt');
      return { eventId, articleId, type, createdDay, title: textField(payload, 'title') };
    }
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED': {
      const commentId = exactId(text, payload, 'commentId');
      const writerId = exactId(text, payload, 'writerId');
      return { eventId, articleId, type, commentId, writerId, count: countField(payload, 'articleCommentCount') };
    }
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED': {
      const userId = exactId(text, payload, 'userId');
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

/** Undefined when it cannot be decoded. */
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
  if (!isRecord(parsed)) throw new DecodeError('value is not a JSON object');
  return parsed;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(EVENT_TYPES);

function isEventType(value: unknown): value is EventType {
  return KNOWN_TYPES.has(value);
}

/**
 * The digits of an id as they stand in the text. `"key":` cannot occur inside a JSON string (its quotes would be
 * escaped), so in text that has already parsed the match is the member itself.
 */
function exactId(text: string, holder: Record<string, unknown>, key: string): string {
  const parsed = holder[key];
  if (typeof parsed !== 'number') throw new DecodeError(`${key} is not a number`);
  if (Number.isSafeInteger(parsed) && parsed >= 0) return String(parsed);
  const digits = digitsAfter(text, `"${key}"`);
  if (!isId(digits)) throw new DecodeError(`${key} is not a 64-bit integer`);
  return digits;
}

/** The digits of the member's value; a name that stands as a value is passed over. */
function digitsAfter(text: string, name: string): string {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    let start = skipSpace(text, at + name.length);
    if (text.charCodeAt(start) !== COLON) continue;
    start = skipSpace(text, start + 1);
    let end = start;
    while (isDigit(text.charCodeAt(end))) end += 1;
    const next = text.charCodeAt(skipSpace(text, end));
    return next === COMMA || next === CLOSING_BRACE ? text.slice(start, end) : '';
  }
  return '';
}

const COLON = 58;
const COMMA = 44;
const CLOSING_BRACE = 125;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
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
