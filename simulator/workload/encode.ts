// simulator/workload/encode.ts — A lane's current event -> the bytes of its record, written in place: no object and no string for each event.
import { Calendar } from '../../contract/calendar.js';
import { EVENT_TYPES } from '../../contract/events.js';
import { Kind } from '../../contract/kind.js';
import { Field } from './article-table.js';
import { type ContentPools, titleAt } from './content.js';
import { Frame, Room } from './frame.js';
import type { Lane } from './lane.js';
import { LocalTime, localTimeBytes } from './local-time.js';
import { People } from './people.js';
import type { GeneratedPlan } from './plan.js';
import { mix32 } from './random.js';
import { writeInteger, writePadded, writeSnowflake } from './snowflake.js';

const NODE = 4096;
/** First digits of the ids that are made from ordinals: 19 digits, beyond 2^53, below 2^63. */
const LIKE_ID = 1;
const COMMENT_ID = 2;
const USER_ID = 3;
const DETAIL_ID_DIGITS = 19;
const ORDINAL_ID_DIGITS = 19;
const CLOSING_BRACE = 125;
const KEY_BYTES = 32;
/** More bytes than any record value takes without its texts from the pools. */
const FRAME_BYTES = 512;

export class EventEncoder {
  readonly #pools: ContentPools;
  readonly #people: People;
  readonly #eventTime: LocalTime;
  readonly #creationTime: LocalTime;
  readonly #heads = EVENT_TYPES.map((type, kind) => Buffer.from(`,"type":"${type}","payload":{${firstField(kind)}`));
  readonly #key = new Room(KEY_BYTES);
  readonly #room: Room;
  readonly #viewed = this.#frame(Kind.viewed, [TEXT.viewCount], ['id', 0]);
  readonly #liked: Frame;
  readonly #unliked: Frame;

  constructor(plan: GeneratedPlan, pools: ContentPools) {
    const longest = (pool: readonly Buffer[]) => pool.reduce((max, entry) => Math.max(max, entry.length), 0);
    this.#room = new Room(
      FRAME_BYTES + longest(pools.titles) + Math.max(longest(pools.bodies), longest(pools.comments)),
    );
    this.#pools = pools;
    this.#people = new People(plan.scenario.users);
    const calendar = new Calendar(plan.scenario.rules);
    const { dates } = plan.scenario.content;
    this.#eventTime = new LocalTime(calendar, dates);
    this.#creationTime = new LocalTime(calendar, dates);
    this.#liked = this.#likeFrame(Kind.liked, localTimeBytes(dates));
    this.#unliked = this.#likeFrame(Kind.unliked, localTimeBytes(dates));
  }

  /** The record's key: the article id in decimal. Valid until the next call. */
  key({ world, article }: Lane): Buffer {
    return this.#key.view(world.table.writeId(this.#key.bytes, 0, article));
  }

  /** The record's value. Valid until the next call. */
  value(lane: Lane): Buffer {
    switch (lane.kind) {
      case Kind.created:
      case Kind.updated:
      case Kind.deleted:
        return this.#room.view(this.#writeArticle(lane, this.#room.bytes, this.#writeHead(lane)));
      case Kind.commented:
      case Kind.commentDeleted:
        return this.#room.view(this.#writeComment(lane, this.#room.bytes, this.#writeHead(lane)));
      case Kind.liked:
        return this.#likeIn(this.#liked, lane);
      case Kind.unliked:
        return this.#likeIn(this.#unliked, lane);
      case Kind.viewed:
        return this.#viewIn(this.#viewed, lane);
    }
  }

  #frame(kind: Kind, texts: readonly Buffer[], widths: readonly (number | 'id')[]): Frame {
    return new Frame([TEXT.eventId, this.#heads[kind] ?? TEXT.end, ...texts], widths, FRAME_BYTES);
  }

  #likeFrame(kind: Kind, timeBytes: number): Frame {
    const { commaArticleId, userId, createdAt, likeCount } = TEXT;
    const widths = [DETAIL_ID_DIGITS, 'id', ORDINAL_ID_DIGITS, timeBytes, 0] as const;
    return this.#frame(kind, [commaArticleId, userId, createdAt, likeCount], widths);
  }

  #viewIn(frame: Frame, lane: Lane): Buffer {
    const { bytes, slots } = frame;
    const idLength = lane.world.table.idLength(lane.article);
    frame.lay(frame.writeSnowflake(lane.timeMs, lane.lane * NODE + lane.tick), idLength);
    lane.world.table.writeId(bytes, slots[1] ?? 0, lane.article);
    return frame.view(writeCountAndEnd(bytes, slots[2] ?? 0, lane.count));
  }

  #likeIn(frame: Frame, lane: Lane): Buffer {
    const { bytes, slots } = frame;
    const eventIdLength = frame.writeSnowflake(lane.timeMs, lane.lane * NODE + lane.tick);
    frame.lay(eventIdLength, lane.world.table.idLength(lane.article));
    writeDetailId(bytes, slots[1] ?? 0, LIKE_ID, lane);
    lane.world.table.writeId(bytes, slots[2] ?? 0, lane.article);
    writeOrdinalId(bytes, slots[3] ?? 0, USER_ID, this.#people.liker(lane.lane, lane.article, lane.ordinal));
    this.#eventTime.write(bytes, slots[4] ?? 0, lane.timeMs);
    return frame.view(writeCountAndEnd(bytes, slots[5] ?? 0, lane.count));
  }

  /** Writes everything before the first field of the payload. */
  #writeHead(lane: Lane): number {
    const { bytes } = this.#room;
    const at = writeEventId(lane, bytes, copy(bytes, 0, TEXT.eventId));
    return copy(bytes, at, this.#heads[lane.kind] ?? TEXT.end);
  }

  #writeArticle(lane: Lane, out: Buffer, offset: number): number {
    const { article, world } = lane;
    const createdMs = world.createdMs[article] ?? 0;
    let at = world.table.writeId(out, offset, article);
    at = copy(out, copy(out, at, TEXT.title), this.#titleOf(lane));
    at = copy(out, copy(out, at, TEXT.body), pick(this.#pools.bodies, article, lane.lane));
    at = writeInteger(out, copy(out, at, TEXT.boardId), lane.lane + 1);
    at = writeOrdinalId(out, copy(out, at, TEXT.writerId), USER_ID, this.#people.someone(lane.lane, article, 0));
    at = this.#creationTime.write(out, copy(out, at, TEXT.createdAt), createdMs);
    const modifiedMs = lane.kind === Kind.updated ? lane.timeMs : createdMs;
    at = this.#eventTime.write(out, copy(out, at, TEXT.modifiedAt), modifiedMs);
    if (lane.kind === Kind.updated) return copy(out, at, TEXT.end);
    return writeCountAndEnd(out, copy(out, at, TEXT.boardArticleCount), world.count);
  }

  #titleOf({ lane, article, world }: Lane): Buffer {
    const { titles } = this.#pools;
    const edition = world.table.get(article, Field.edition);
    return titles[titleAt(titles.length, { lane, article, edition })] ?? TEXT.quote;
  }

  #writeComment(lane: Lane, out: Buffer, offset: number): number {
    const { article, ordinal } = lane;
    let at = writeDetailId(out, offset, COMMENT_ID, lane);
    at = copy(out, copy(out, at, TEXT.content), pick(this.#pools.comments, mix32(article, ordinal), lane.lane));
    at = writePadded(out, copy(out, at, TEXT.path), ordinal % 100_000, 5);
    at = lane.world.table.writeId(out, copy(out, at, TEXT.quotedArticleId), article);
    const writer = this.#people.commenter(lane.lane, article, ordinal);
    at = writeOrdinalId(out, copy(out, at, TEXT.writerId), USER_ID, writer);
    at = copy(out, at, lane.kind === Kind.commentDeleted ? TEXT.deletedTrue : TEXT.deletedFalse);
    at = this.#eventTime.write(out, copy(out, at, TEXT.createdAt), lane.timeMs);
    return writeCountAndEnd(out, copy(out, at, TEXT.commentCount), lane.count);
  }
}

/** Writes the head of a payload in one go. */
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
  createdAt: ',"createdAt":',
  modifiedAt: ',"modifiedAt":',
  quote: '"',
  boardArticleCount: ',"boardArticleCount":',
  content: ',"content":"',
  path: '","path":"',
  deletedTrue: ',"deleted":true',
  deletedFalse: ',"deleted":false',
  commentCount: ',"articleCommentCount":',
  userId: ',"userId":',
  likeCount: ',"articleLikeCount":',
  viewCount: ',"articleViewCount":',
  end: '}}',
});

function texts<Name extends string>(source: Readonly<Record<Name, string>>): Readonly<Record<Name, Buffer>> {
  const entries = Object.entries<string>(source).map(([name, text]) => [name, Buffer.from(text)]);
  return Object.fromEntries(entries) as Record<Name, Buffer>;
}

function writeEventId(lane: Lane, out: Buffer, offset: number): number {
  return writeSnowflake(out, offset, lane.timeMs, lane.lane * NODE + lane.tick);
}

function writeCountAndEnd(out: Buffer, offset: number, count: number): number {
  const at = writeInteger(out, offset, count);
  out[at] = CLOSING_BRACE;
  out[at + 1] = CLOSING_BRACE;
  return at + 2;
}

function pick(pool: readonly Buffer[], a: number, b: number): Buffer {
  return pool[mix32(a, b) % pool.length] ?? TEXT.quote;
}

function copy(out: Buffer, offset: number, bytes: Buffer): number {
  const { length } = bytes;
  // For a few bytes a loop is quicker than calling a built-in.
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
