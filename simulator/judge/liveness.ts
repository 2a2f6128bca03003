// simulator/judge/liveness.ts — Did the load really happen, and did the consumer get to its end?
import type { Finding } from '../record/run-record.js';
import { type Checker, type History, judged, unknown } from './checker.js';

/** Partitions that are named when the group is behind. */
const SHOWN = 3;

/** A run that sent nothing, or only a part, has not put the consumer to the planned test. */
export const checkLoad: Checker = ({ plannedEvents, sends, sendErrors }) => {
  const name = 'load';
  const seen = `${sends.ok} acknowledged, ${sends.fail} failed, ${sends.info} unknown of ${plannedEvents} planned events`;
  if (sends.ok === 0) return unknown(name, seen, `no event was acknowledged${because(sendErrors)}`);
  if (sends.ok + sends.fail + sends.info < plannedEvents)
    return unknown(name, seen, 'not every planned event was sent');
  if (sends.fail > 0) return unknown(name, seen, `${sends.fail} events could not be sent${because(sendErrors)}`);
  return judged(name, seen, []);
};

function because(errors: readonly { readonly reason: string; readonly count: number }[]): string {
  const shown = errors.slice(0, 3).map(({ reason, count }) => `${reason} (${count} times)`);
  return shown.length === 0 ? '' : `: ${shown.join('; ')}`;
}

/** What a fault ends is not among them, so one that ended has crashed. */
export const checkAlive: Checker = ({ consumerExits }) =>
  judged(
    'consumers alive',
    `${consumerExits.length} consumers ended by themselves`,
    consumerExits.map((exit) => ({ message: exit, expected: 'running', found: 'ended' })),
  );

/** The consumer must reach the end of every partition, and then leave the lists alone. */
export const checkDrained: Checker = ({ finalLag, drainSeconds, isSettled, behind = [] }) => {
  const name = 'drained';
  if (finalLag === null) return unknown(name, 'no offsets', 'the offsets of the group could not be read at the end');
  const after = `${drainSeconds.toFixed(1)} s after the load`;
  const findings: Finding[] = [];
  if (finalLag !== 0) {
    const message = `lag is still ${finalLag} records ${after}, expected 0${stuck(behind)}`;
    findings.push({ message, expected: 0, found: finalLag });
  }
  if (!isSettled) findings.push({ message: `the lists still change ${after}, though lag is 0` });
  return judged(name, `a lag of ${finalLag} records at the end`, findings);
};

function stuck(behind: NonNullable<History['behind']>): string {
  const shown = behind
    .slice(0, SHOWN)
    .map(({ partition, committed, latest }) => `${partition} at ${committed} of ${latest}`);
  const more = behind.length > SHOWN ? `, and ${behind.length - SHOWN} more` : '';
  return shown.length === 0 ? '' : `; behind are ${shown.join(', ')}${more}`;
}

/** Just the records that nobody can decode are put aside; at least once each, as a crash may repeat them. */
export const checkDeadLetters: Checker = ({ deadLetters, poison }) => {
  const name = 'dead letters';
  const seen = `${deadLetters ?? 'unknown'} dead letters of ${poison} undecodable records`;
  if (deadLetters === null) return unknown(name, seen, 'the consumer does not count its dead letters');
  if (deadLetters === poison) return judged(name, seen, []);
  const message = `${deadLetters} records were put aside as undecodable, expected ${poison}`;
  return judged(name, seen, [{ message, expected: poison, found: deadLetters }]);
};
