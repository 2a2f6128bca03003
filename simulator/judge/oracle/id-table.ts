// simulator/judge/oracle/id-table.ts — 64-bit decimal ids -> 0, 1, 2, ... in typed arrays: 16 bytes an id, where a Map of strings takes 100.

const ZERO = 48;
const TWO_32 = 4_294_967_296;
const TWO_16 = 65_536;
const MAX_FULL = 0.75;

/** The two halves of a 64-bit decimal, without BigInt: this runs twice an event. */
export class Halves {
  high = 0;
  low = 0;

  read(text: string): this {
    const cut = Math.max(0, text.length - 9);
    let front = 0;
    for (let i = 0; i < cut; i += 1) front = front * 10 + text.charCodeAt(i) - ZERO;
    let back = 0;
    for (let i = cut; i < text.length; i += 1) back = back * 10 + text.charCodeAt(i) - ZERO;
    // front x 10^9 + back, in two steps of 16 bits of `front`, each below 2^53.
    const frontHigh = Math.floor(front / TWO_16) * 1e9;
    const lowPart = (front % TWO_16) * 1e9 + back + (frontHigh % TWO_16) * TWO_16;
    this.high = Math.floor(frontHigh / TWO_16) + Math.floor(lowPart / TWO_32);
    this.low = lowPart % TWO_32;
    return this;
  }
}

/** Open addressing with linear probing. */
export class IdTable {
  #count = 0;
  /** Low and high half side by side, as both are asked for at once. */
  #ids: Uint32Array;
  /** Index + 1 of the id in a slot; 0: empty. */
  #slots: Int32Array;
  readonly #halves = new Halves();

  constructor(expected: number) {
    const room = Math.max(16, expected);
    this.#ids = new Uint32Array(2 * room);
    this.#slots = new Int32Array(slotsFor(room));
  }

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#ids.byteLength + this.#slots.byteLength;
  }

  /** @returns -1 when it was never added */
  find(id: string): number {
    const { high, low } = this.#halves.read(id);
    return (this.#slots[this.#slotOf(high, low)] ?? 0) - 1;
  }

  /** The id's index; a new one for a new id. */
  add(id: string): number {
    const { high, low } = this.#halves.read(id);
    const slot = this.#slotOf(high, low);
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return found - 1;
    const index = this.#count;
    if (2 * index >= this.#ids.length - 1) this.#ids = enlarged(this.#ids);
    this.#ids[2 * index] = low;
    this.#ids[2 * index + 1] = high;
    this.#count = index + 1;
    if (this.#count > this.#slots.length * MAX_FULL) this.#rehash();
    else this.#slots[slot] = index + 1;
    return index;
  }

  idAt(index: number): string {
    return String(BigInt(this.#ids[2 * index + 1] ?? 0) * BigInt(TWO_32) + BigInt(this.#ids[2 * index] ?? 0));
  }

  /** The slot that holds the id, or the empty one that would. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const index = (this.#slots[slot] ?? 0) - 1;
      if (index < 0 || (this.#ids[2 * index] === low && this.#ids[2 * index + 1] === high)) return slot;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#count; index += 1) {
      this.#slots[this.#slotOf(this.#ids[2 * index + 1] ?? 0, this.#ids[2 * index] ?? 0)] = index + 1;
    }
  }
}

/** A power of two. */
function slotsFor(ids: number): number {
  return 2 ** Math.ceil(Math.log2(ids / MAX_FULL));
}

/** A little longer, with the same beginning: what is not used must not take more than the bytes an article may. */
export function enlarged<Column extends Uint8Array | Uint16Array | Uint32Array>(column: Column): Column {
  const larger = new (column.constructor as new (length: number) => Column)(Math.ceil(column.length * 1.03) + 64);
  larger.set(column);
  return larger;
}
