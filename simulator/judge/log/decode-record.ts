// simulator/judge/log/decode-record.ts — A record's value -> an event, by a parser of the log oracle's own.
// The service and the plan share another one (contract/codec.ts). A fault of either shows as a difference between them.
import { isUtf8 } from 'node:buffer';
import type { ArticleEvent, CommentEvent, HotEvent, LikeEvent } from '../../../contract/events.js';
import { readMembers, skipSpace, unquoted } from './json-scan.js';

type Members = ReadonlyMap<string, string>;

const MAX_ID = 2n ** 63n - 1n;
const OPENING_BRACE = '{';
const BYTE_ORDER_MARK = '\uFEFF';

// Cleared for each record: making them anew would cost more than reading the text.
const members = new Map<string, string>();
const payload = new Map<string, string>();
const WANTED = { members, nested: { name: 'payload', members: payload } };

/** Undefined when the value is not UTF-8 JSON of one of the eight events, with all the fields that a consumer needs. */
export function decodeRecord(value: Uint8Array): HotEvent | undefined {
  if (!isUtf8(value)) return undefined;
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
  const start = skipSpace(text, text.startsWith(BYTE_ORDER_MARK) ? 1 : 0);
  members.clear();
  payload.clear();
  if (text[start] !== OPENING_BRACE) return undefined;
  const end = readMembers(text, start, WANTED);
  if (end < 0 || skipSpace(text, end) < text.length) return undefined;
  return members.get('payload')?.startsWith(OPENING_BRACE) ? eventOf(members, payload) : undefined;
}

function eventOf(record: Members, fields: Members): HotEvent | undefined {
  const eventId = idOf(record.get('eventId'));
  const articleId = idOf(fields.get('articleId'));
  const type = textOf(record.get('type'));
  if (eventId === undefined || articleId === undefined) return undefined;
  switch (type) {
    case 'ARTICLE_CREATED':
    case 'ARTICLE_UPDATED':
    case 'ARTICLE_DELETED':
      return articleEvent({ eventId, articleId, type }, fields);
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED':
      return commentEvent({ eventId, articleId, type }, fields);
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED':
      return likeEvent({ eventId, articleId, type }, fields);
    case 'ARTICLE_VIEWED': {
      const count = countOf(fields.get('articleViewCount'));
      return count === undefined ? undefined : { eventId, articleId, type, count };
    }
    default:
      return undefined;
  }
}

type Head<E extends HotEvent> = Pick<E, 'eventId' | 'articleId' | 'type'>;

function articleEvent({ eventId, articleId, type }: Head<ArticleEvent>, fields: Members): ArticleEvent | undefined {
  const createdDay = dayOf(fields.get('createdAt'));
  const title = textOf(fields.get('title'));
  if (createdDay === undefined || title === undefined) return undefined;
  return { eventId, articleId, type, createdDay, title };
}

function commentEvent({ eventId, articleId, type }: Head<CommentEvent>, fields: Members): CommentEvent | undefined {
  const commentId = idOf(fields.get('commentId'));
  const writerId = idOf(fields.get('writerId'));
  const count = countOf(fields.get('articleCommentCount'));
  if (commentId === undefined || writerId === undefined || count === undefined) return undefined;
  return { eventId, articleId, type, commentId, writerId, count };
}

function likeEvent({ eventId, articleId, type }: Head<LikeEvent>, fields: Members): LikeEvent | undefined {
  const userId = idOf(fields.get('userId'));
  const count = countOf(fields.get('articleLikeCount'));
  return userId === undefined || count === undefined ? undefined : { eventId, articleId, type, userId, count };
}

/** A number of 0 to 2^63-1. Plain digits stay as they are; `5.0` and `5e2` are whole numbers too. */
function idOf(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  if (/^\d+$/.test(json)) return json.length < 19 || BigInt(json) <= MAX_ID ? json : undefined;
  const count = countOf(json);
  return count === undefined ? undefined : String(count);
}

function countOf(json: string | undefined): number | undefined {
  if (json === undefined || !/^[-\d]/.test(json)) return undefined;
  const count = Number(json);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function textOf(json: string | undefined): string | undefined {
  return json?.startsWith('"') ? unquoted(json) : undefined;
}

/** `2024-10-01T09:30:15.123` or `[2024,10,1,9,30,15,123000000]`: both are local times in the rules' zone. */
function dayOf(json: string | undefined): string | undefined {
  const text = textOf(json);
  if (text !== undefined)
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? text.slice(0, 10).replaceAll('-', '') : undefined;
  if (!json?.startsWith('[')) return undefined;
  const parts: readonly unknown[] = JSON.parse(json);
  const [year, month, date] = parts;
  if (![year, month, date].every(Number.isInteger)) return undefined;
  return `${pad(year, 4)}${pad(month, 2)}${pad(date, 2)}`;
}

function pad(part: unknown, length: number): string {
  return String(part).padStart(length, '0');
}
