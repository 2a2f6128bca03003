// simulator/judge/checks/dead-letters.ts — Are the undecodable records put aside, and no others?
import { type Check, judged, unknown } from './checker.js';

const NAME = 'dead letters';

/** Exactly the undecodable records are put aside, each at least once, as a crash may repeat them. */
const check: Check['check'] = ({ history: { isOpaque, deadLetters, poison } }) => {
  if (isOpaque) return undefined;
  const seen = `${deadLetters ?? 'unknown'} dead letters of ${poison} undecodable records`;
  if (deadLetters === null) return unknown(NAME, seen, 'the consumer does not count its dead letters');
  if (deadLetters === poison) return judged(NAME, seen, []);
  const message = `${deadLetters} records were put aside as undecodable, expected ${poison}`;
  return judged(NAME, seen, [{ code: 'dead-letters-differ', message, expected: poison, found: deadLetters }]);
};

export const DEAD_LETTERS: Check = { name: NAME, needs: [], check };
