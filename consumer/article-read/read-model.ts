// consumer/article-read/read-model.ts — What is known of one article, whatever the day, and its packed forms, which lua/apply.lua joins.
//
// State: one byte of flags, then for likes, comments and views the version (8 bytes) and the count (7), big-endian; all zero
// where nothing is known, which is below whatever may come. 46 bytes: with more than 64 Redis gives up the compact form of a
// hash, so titles lie beside it. Measured with a million articles and titles of 58 bytes: 181 bytes an article, 202 with both
// in one field, 216 with a key an article, 320 with a hash an article.
// Title: version (8 bytes), event time in ms (8), then the text in UTF-8: of two titles the one that is larger as bytes stands.
import { compareIds } from '../../contract/ids.js';

export const Counter = { like: 0, comment: 1, view: 2 } as const;
export type Counter = (typeof Counter)[keyof typeof Counter];

export const STATE_BYTES = 46;
const FLAGS = { created: 1, deleted: 2 } as const;
const COUNTER_BYTES = 15;
const TITLE_HEAD_BYTES = 16;

export interface Title {
  readonly text: string;
  /** Event time of the creation or update that gave it, ms. */
  readonly timeMs: number;
}

export class ReadModel {
  isCreated = false;
  isDeleted = false;
  readonly counts: [number, number, number] = [0, 0, 0];
  readonly #versions: [string, string, string] = ['0', '0', '0'];
  #title: Buffer | undefined;

  /** The count with the highest version stands; were two counts given one version, the larger. */
  offer(counter: Counter, version: string, count: number): void {
    const order = compareIds(version, this.#versions[counter]) || count - this.counts[counter];
    if (order <= 0) return;
    this.#versions[counter] = version;
    this.counts[counter] = count;
  }

  /** The title with the highest version stands. */
  entitle(version: string, { text, timeMs }: Title): void {
    const packed = Buffer.allocUnsafe(TITLE_HEAD_BYTES + Buffer.byteLength(text));
    packed.writeBigUInt64BE(BigInt(version), 0);
    packed.writeBigUInt64BE(BigInt(timeMs), 8);
    packed.write(text, TITLE_HEAD_BYTES);
    if (!this.#title || Buffer.compare(packed, this.#title) > 0) this.#title = packed;
  }

  get packedTitle(): Buffer | undefined {
    return this.#title;
  }

  packState(out: Buffer, offset: number): void {
    out.writeUInt8((this.isCreated ? FLAGS.created : 0) | (this.isDeleted ? FLAGS.deleted : 0), offset);
    for (const counter of [Counter.like, Counter.comment, Counter.view]) {
      const at = offset + 1 + counter * COUNTER_BYTES;
      const count = this.counts[counter];
      out.writeBigUInt64BE(BigInt(this.#versions[counter]), at);
      // writeUIntBE ends at 6 bytes.
      out.writeUInt8(Math.floor(count / 2 ** 48), at + 8);
      out.writeUIntBE(count % 2 ** 48, at + 9, 6);
    }
  }
}

export interface UnpackedState {
  readonly isCreated: boolean;
  readonly isDeleted: boolean;
  /** By `Counter`. */
  readonly counts: readonly [number, number, number];
}

export function unpackState(packed: Buffer): UnpackedState {
  const flags = packed.readUInt8(0);
  const count = (counter: Counter) => {
    const at = 1 + counter * COUNTER_BYTES + 8;
    return packed.readUInt8(at) * 2 ** 48 + packed.readUIntBE(at + 1, 6);
  };
  return {
    isCreated: (flags & FLAGS.created) !== 0,
    isDeleted: (flags & FLAGS.deleted) !== 0,
    counts: [count(Counter.like), count(Counter.comment), count(Counter.view)],
  };
}

export function unpackTitle(packed: Buffer): Title {
  return { text: packed.toString('utf8', TITLE_HEAD_BYTES), timeMs: Number(packed.readBigUInt64BE(8)) };
}
