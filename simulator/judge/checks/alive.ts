// simulator/judge/checks/alive.ts — Has no consumer ended by itself?
import { type Check, judged } from './checker.js';

const NAME = 'consumers alive';

/** What a fault ends is not among them, so one that ended has crashed. */
const check: Check['check'] = ({ history: { consumerExits } }) =>
  judged(
    NAME,
    `${consumerExits.length} consumers ended by themselves`,
    consumerExits.map((exit) => ({ code: 'consumer-ended', message: exit, expected: 'running', found: 'ended' })),
  );

export const ALIVE: Check = { name: NAME, needs: [], check };
