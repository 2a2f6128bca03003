// simulator/workload/people.ts — Who writes, comments and likes. Every article has its users in an order of its own, so no user likes it twice.
import { mix32 } from './random.js';

/** Keeps ordinal x step below 2^53. */
const STEP_LIMIT = 4_000_000;

export class People {
  /** A prime, so that every step visits all users before it meets one again. */
  readonly count: number;

  constructor(users: number) {
    this.count = largestPrimeUpTo(users);
  }

  /** The user behind an article's like number `ordinal`; distinct for ordinals below `count`. */
  liker(lane: number, article: number, ordinal: number): number {
    if (this.count === 1) return 0;
    const step = 1 + (mix32(article, lane + 0x51) % Math.min(this.count - 1, STEP_LIMIT));
    return ((mix32(article, lane + 0x1d) % this.count) + ordinal * step) % this.count;
  }

  /** The user behind an article's comment number `ordinal`, and behind its deletion. */
  commenter(lane: number, article: number, ordinal: number): number {
    return this.someone(lane, article, ordinal + 1);
  }

  /** Any user, always the same for the same arguments. */
  someone(lane: number, article: number, ordinal: number): number {
    return mix32(mix32(article, ordinal), lane) % this.count;
  }
}

function largestPrimeUpTo(limit: number): number {
  for (let candidate = limit; candidate > 2; candidate -= 1) if (isPrime(candidate)) return candidate;
  return limit === 2 ? 2 : 1;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false;
  return true;
}
