// simulator/judge/checks/decided.ts — How much of a truth that is a range was decided: a check that allows nearly everything must not pass.
import type { Judged } from '../oracle/oracle.js';
import { type CodedResult, unknown } from './checker.js';

/**
 * A check passes only if at least this share of the highest possible scores is certain. Runs in which brokers are away for
 * long reach 45 % on a slow machine; a run that decides nothing reaches 2 %.
 */
const MIN_DECIDED = 0.25;

export class Decided {
  #all = 0;
  /** They have exactly one right answer. */
  #certain = 0;
  #low = 0;
  #high = 0;

  /** What is gone for certain, or has no score, is decided and not counted. */
  add({ isCertain, isGone, low, high }: Judged): void {
    if (isGone || high <= 0) return;
    this.#all += 1;
    if (isCertain && low === high) this.#certain += 1;
    this.#low += isCertain ? low : 0;
    this.#high += high;
  }

  /** The result with what was decided. A pass that rests on too little is unknown. @param noun "ranks" */
  result(result: CodedResult, noun: string): CodedResult {
    const counts = { certain: this.#certain, of: this.#all };
    if (counts.certain === counts.of) return result;
    const seen = `${result.seen}; ${counts.certain} of ${counts.of} ${noun} certain`;
    if (result.outcome !== 'pass' || this.#low >= MIN_DECIDED * this.#high) return { ...result, seen, decided: counts };
    const share = `${Math.floor((100 * this.#low) / this.#high)} %`;
    const reason =
      `only ${counts.certain} of ${counts.of} ${noun} and ${share} of the scores are certain: ` +
      'the other sends ended unknown, or after the publication they were due before, so they may count or not. ' +
      'Lower clock.speed or the rate, or use a faster machine';
    return { ...unknown(result.check, seen, reason), decided: counts };
  }
}
