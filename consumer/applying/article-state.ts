// consumer/applying/article-state.ts — What is known of one article on one day, and its packed form, which lua/apply.lua joins.
//
// Packed: one byte of status (2 bits) and of the width codes of likes, comments and views (2 bits each); then, for each
// counter with a code above 0, its version (8 bytes) and its count (2, 4 or 7 bytes for the codes 1, 2, 3), big-endian.
import { compareIds } from '../../contract/ids.js';

/** The larger of two states stands. A withdrawn article was deleted after its day was published, so its rank stays empty. */
export const Status = { unknown: 0, created: 1, withdrawn: 2, deleted: 3 } as const;
export type Status = (typeof Status)[keyof typeof Status];

/** Positions of the counters in `versions` and `counts`. */
export const Counter = { like: 0, comment: 1, view: 2 } as const;
export type Counter = (typeof Counter)[keyof typeof Counter];

/** The longest packed state, bytes. */
export const MAX_PACKED_BYTES = 1 + 3 * 15;

const COUNT_BYTES = [0, 2, 4, 7] as const;
const NONE = -1;

/** Stands for the writer of a deleted comment. */
export const GONE = '';

export class ArticleState {
  status: Status = Status.unknown;
  /** Creations and counts that were folded into it; not part of the packed form. */
  changes = 0;
  readonly versions: [string, string, string] = ['', '', ''];
  /** -1 where there is none. */
  readonly counts: [number, number, number] = [NONE, NONE, NONE];
  /** Comment -> its writer, or GONE; undefined when commenters are not counted. Not part of the packed form. */
  comments: Map<string, string> | undefined;

  raise(status: Status): void {
    if (status === Status.created) this.changes += 1;
    if (status > this.status) this.status = status;
  }

  /** A deleted comment does not come back. */
  comment(commentId: string, writerId: string): void {
    this.comments ??= new Map();
    if (this.comments.get(commentId) !== GONE) this.comments.set(commentId, writerId);
  }

  /** The count with the highest version stands; of two counts with one version, the larger. */
  offer(counter: Counter, version: string, count: number): void {
    this.changes += 1;
    if (this.counts[counter] !== NONE) {
      const order = compareIds(version, this.versions[counter]) || count - this.counts[counter];
      if (order <= 0) return;
    }
    this.versions[counter] = version;
    this.counts[counter] = count;
  }
}

/** @returns the offset after it */
export function pack(state: ArticleState, out: Buffer, offset: number): number {
  // A tombstone needs no counts: nothing brings the article back.
  if (state.status === Status.deleted) return out.writeUInt8(Status.deleted, offset);
  let flags: number = state.status;
  let at = offset + 1;
  for (const counter of [Counter.like, Counter.comment, Counter.view]) {
    const count = state.counts[counter];
    if (count === NONE) continue;
    const code = count < 0x1_0000 ? 1 : count < 0x1_0000_0000 ? 2 : 3;
    flags |= code << (2 + 2 * counter);
    at = out.writeBigUInt64BE(BigInt(state.versions[counter]), at);
    at = writeCount(out, at, { count, bytes: COUNT_BYTES[code] });
  }
  out.writeUInt8(flags, offset);
  return at;
}

function writeCount(out: Buffer, at: number, { count, bytes }: { count: number; bytes: number }): number {
  if (bytes <= 4) return out.writeUIntBE(count, at, bytes);
  // writeUIntBE ends at 6 bytes.
  out.writeUInt8(Math.floor(count / 2 ** 48), at);
  return out.writeUIntBE(count % 2 ** 48, at + 1, 6);
}

export function unpack(packed: Buffer): ArticleState {
  const state = new ArticleState();
  const flags = packed.readUInt8(0);
  state.status = (flags & 3) as Status;
  let at = 1;
  for (const counter of [Counter.like, Counter.comment, Counter.view]) {
    const bytes = COUNT_BYTES[(flags >> (2 + 2 * counter)) & 3] ?? 0;
    if (bytes === 0) continue;
    state.versions[counter] = String(packed.readBigUInt64BE(at));
    state.counts[counter] = readCount(packed, at + 8, bytes);
    at += 8 + bytes;
  }
  return state;
}

function readCount(packed: Buffer, at: number, bytes: number): number {
  if (bytes <= 4) return packed.readUIntBE(at, bytes);
  return packed.readUInt8(at) * 2 ** 48 + packed.readUIntBE(at + 1, 6);
}
