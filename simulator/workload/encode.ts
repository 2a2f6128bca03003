// simulator/workload/encode.ts — A lane's current event -> the bytes of its record, written in place: no object and no string for each event.
import { Calendar } from '../../contract/calendar.js';
import { EVENT_TYPES } from '../../contract/events.js';
import type { ContentPools } from './content.js';
import { Kind } from './kind.js';
import type { Lane } from './lane.js';
import { LocalTime } from './local-time.js';
import { People } from './people.js';
import type { Plan } from './plan.js';
import { mix32 } from './random.js';
import { writeInteger, writePadded, writeSnowflake } from './snowflake.js';

const NODE = 4096;
/** First digits of the ids that are made from ordinals: 19 digits, beyond 2^53, below 2^63. */
const LIKE_ID = 1;
const COMMENT_ID = 2;
const USER_ID = 3;

export class EventEncoder {
  /** No record value is longer than this. */
  readonly maxBytes: number;
  readonly #pools: ContentPools;
  readonly #people: People;
  readonly #eventTime: LocalTime;
  readonly #creationTime: LocalTime;
  readonly #heads = EVENT_TYPES.map((type, kind) => Buffer.from(`,"type":"${type}","payload":{${firstField(kind)}`));

  constructor(plan: Plan, pools: ContentPools) {
    const longest = (pool: readonly Buffer[]) => pool.reduce((max, entry) => Math.max(max, entry.length), 0);
    this.maxBytes = 512 + longest(pools.titles) + Math.max(longest(pools.bodies), longest(pools.comments));
    this.#pools = pools;
    this.#people = new People(plan.scenario.users);
    const calendar = new Calendar(plan.scenario.rules);
    this.#eventTime = new LocalTime(calendar);
    this.#creationTime = new LocalTime(calendar);
  }

  /** The record's key: the article id in decimal. @returns the offset after it */
  writeKey(lane: Lane, out: Buffer, offset: number): number {
    return lane.world.writeId(out, offset, lane.article);
  }

  /** The record's value. @returns the offset after it */
  writeValue(lane: Lane, out: Buffer, offset: number): number {
    let at = copy(out, offset, TEXT.eventId);
    at = writeSnowflake(out, at, { ms: lane.timeMs, low: lane.lane * NODE + lane.tick });
    at = copy(out, at, this.#heads[lane.kind] ?? TEXT.end);
    switch (lane.kind) {
      case Kind.created:
      case Kind.updated:
      case Kind.deleted:
        at = this.#writeArticle(lane, out, at);
        break;
      case Kind.commented:
      case Kind.commentDeleted:
        at = this.#writeComment(lane, out, at);
        break;
      case Kind.liked:
      case Kind.unliked:
        at = this.#writeLike(lane, out, at);
        break;
      case Kind.viewed:
        at = lane.world.writeId(out, at, lane.article);
        at = writeInteger(out, copy(out, at, TEXT.viewCount), lane.count);
    }
    return copy(out, at, TEXT.end);
  }

  #writeArticle(lane: Lane, out: Buffer, offset: number): number {
    const { article, world } = lane;
    const createdMs = world.createdMs[article] ?? 0;
    let at = world.writeId(out, offset, article);
    at = copy(out, copy(out, at, TEXT.title), pick(this.#pools.titles, article, lane.lane));
    at = copy(out, copy(out, at, TEXT.body), pick(this.#pools.bodies, article, lane.lane));
    at = writeInteger(out, copy(out, at, TEXT.boardId), lane.lane + 1);
    at = writeOrdinalId(out, copy(out, at, TEXT.writerId), USER_ID, this.#people.someone(lane.lane, article, 0));
    at = this.#creationTime.write(out, copy(out, at, TEXT.createdAt), createdMs);
    const modifiedMs = lane.kind === Kind.updated ? lane.timeMs : createdMs;
    at = copy(out, this.#eventTime.write(out, copy(out, at, TEXT.modifiedAt), modifiedMs), TEXT.quote);
    if (lane.kind === Kind.updated) return at;
    return writeInteger(out, copy(out, at, TEXT.boardArticleCount), world.count);
  }

  #writeComment(lane: Lane, out: Buffer, offset: number): number {
    const { article, ordinal } = lane;
    let at = writeDetailId(out, offset, COMMENT_ID, lane);
    at = copy(out, copy(out, at, TEXT.content), pick(this.#pools.comments, mix32(article, ordinal), lane.lane));
    at = writePadded(out, copy(out, at, TEXT.path), ordinal % 100_000, 5);
    at = lane.world.writeId(out, copy(out, at, TEXT.quotedArticleId), article);
    const writer = this.#people.someone(lane.lane, article, ordinal + 1);
    at = writeOrdinalId(out, copy(out, at, TEXT.writerId), USER_ID, writer);
    at = copy(out, at, lane.kind === Kind.commentDeleted ? TEXT.deletedTrue : TEXT.deletedFalse);
    at = this.#eventTime.write(out, copy(out, at, TEXT.createdAt), lane.timeMs);
    return writeInteger(out, copy(out, at, TEXT.commentCount), lane.count);
  }

  #writeLike(lane: Lane, out: Buffer, offset: number): number {
    let at = writeDetailId(out, offset, LIKE_ID, lane);
    at = lane.world.writeId(out, copy(out, at, TEXT.commaArticleId), lane.article);
    const user = this.#people.liker(lane.lane, lane.article, lane.ordinal);
    at = writeOrdinalId(out, copy(out, at, TEXT.userId), USER_ID, user);
    at = this.#eventTime.write(out, copy(out, at, TEXT.createdAt), lane.timeMs);
    return writeInteger(out, copy(out, at, TEXT.likeCount), lane.count);
  }
}

/** With it the head of a payload is written in one go. */
function firstField(kind: number): string {
  if (kind === Kind.commented || kind === Kind.commentDeleted) return '"commentId":';
  return kind === Kind.liked || kind === Kind.unliked ? '"articleLikeId":' : '"articleId":';
}

const TEXT = texts({
  eventId: '{"eventId":',
  commaArticleId: ',"articleId":',
  quotedArticleId: '","articleId":',
  title: ',"title":"',
  body: '","content":"',
  boardId: '","boardId":',
  writerId: ',"writerId":',
  createdAt: ',"createdAt":"',
  modifiedAt: '","modifiedAt":"',
  quote: '"',
  boardArticleCount: ',"boardArticleCount":',
  content: ',"content":"',
  path: '","path":"',
  deletedTrue: ',"deleted":true',
  deletedFalse: ',"deleted":false',
  commentCount: '","articleCommentCount":',
  userId: ',"userId":',
  likeCount: '","articleLikeCount":',
  viewCount: ',"articleViewCount":',
  end: '}}',
});

function texts<Name extends string>(source: Readonly<Record<Name, string>>): Readonly<Record<Name, Buffer>> {
  const entries = Object.entries<string>(source).map(([name, text]) => [name, Buffer.from(text)]);
  return Object.fromEntries(entries) as Record<Name, Buffer>;
}

function pick(pool: readonly Buffer[], a: number, b: number): Buffer {
  return pool[mix32(a, b) % pool.length] ?? TEXT.quote;
}

function copy(out: Buffer, offset: number, bytes: Buffer): number {
  const { length } = bytes;
  // For a few bytes a loop is quicker than the call of a built-in.
  if (length > 64) out.set(bytes, offset);
  else for (let i = 0; i < length; i += 1) out[offset + i] = bytes[i] ?? 0;
  return offset + length;
}

/** `kind`, then the ordinal in 18 digits. */
function writeOrdinalId(out: Buffer, offset: number, kind: number, ordinal: number): number {
  return writePadded(out, writePadded(out, offset, kind, 1), ordinal, 18);
}

/** `kind`, lane, article and ordinal in 1 + 3 + 8 + 7 digits: unique, and the same when the like or comment is taken back. */
function writeDetailId(out: Buffer, offset: number, kind: number, lane: Lane): number {
  let at = writePadded(out, offset, kind, 1);
  at = writePadded(out, at, lane.lane, 3);
  at = writePadded(out, at, lane.article, 8);
  return writePadded(out, at, lane.ordinal, 7);
}
