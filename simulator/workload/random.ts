// simulator/workload/random.ts — Named random streams: each concern draws from its own, so a new draw in one does not move the others.

/** Uniform draws in a fixed order decided by the seed. Source: sfc32 of PractRand (Chris Doty-Humphrey). */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param name of the concern, such as `lane 3 arrivals` */
  constructor(seed: number, name: string) {
    this.#a = seed | 0;
    this.#b = hashText(name, 0x9e3779b9);
    this.#c = hashText(name, 0x85ebca6b ^ seed);
    for (let i = 0; i < 15; i += 1) this.uint32();
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in (0, 1), never 0 or 1. */
  unit(): number {
    return (this.uint32() + 0.5) / 4_294_967_296;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }
}

/** FNV-1a of the text's UTF-16 units, 32 bits. */
function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis | 0;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** A well mixed 32-bit hash of two integers. Source: the finaliser of MurmurHash3 (Austin Appleby). */
export function mix32(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
