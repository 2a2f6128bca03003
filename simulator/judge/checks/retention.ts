// simulator/judge/checks/retention.ts — Does each day's list stay for as long as its day can be read, and no longer? Judged by when Redis lets go of it.
import { Calendar } from '../../../contract/calendar.js';
import type { Rules } from '../../../contract/rules.js';
import type { ListExpiry, ObservedDay } from '../../history/history.js';
import { type Check, type CodedFinding, judged } from './checker.js';

const NAME = 'retention';
const DAY_MS = 86_400_000;
/** A time to live is often given in whole seconds. */
const WHOLE_SECOND_MS = 1000;

const check: Check['check'] = ({ history: { days }, oracle: { rules } }) => {
  const gone = days.filter(({ isForgotten, list }) => isForgotten && list.length === 0).length;
  const kept = days.filter(({ isForgotten }) => !isForgotten);
  const expiring = kept.filter(({ expiry }) => expiry !== undefined);
  const seen = `when ${expiring.length} of ${kept.length} lists expire${gone > 0 ? `; ${gone} that must be gone` : ''}`;
  const calendar = new Calendar(rules);
  const findings = days.flatMap((day) => problemOf(day, { rules, calendar }) ?? []);
  return judged(NAME, seen, findings);
};

export const RETENTION: Check = {
  name: NAME,
  needs: [
    {
      text: 'a list that is kept, or is to be gone',
      wasSeen: ({ history }) => history.days.some(({ isForgotten, expiry }) => isForgotten || expiry !== undefined),
    },
  ],
  check,
};

function problemOf(
  { span: { day }, list, isForgotten, expiry }: ObservedDay,
  { rules, calendar }: { readonly rules: Rules; readonly calendar: Calendar },
): CodedFinding | undefined {
  const expected = rules.historyDays;
  if (isForgotten) {
    if (list.length === 0) return undefined;
    const message = `the list of ${day} is still there, with ${list.length} rows, after the days that can be read`;
    return { code: 'list-not-gone', day, message, expected: 'gone', found: list.length };
  }
  if (expiry?.kind === 'never') {
    const message = `the list of ${day} never expires, expected ${expected} days after its publication`;
    return { code: 'list-never-expires', day, message, expected, found: 'never' };
  }
  if (expiry?.kind === 'in') return sinceWriteProblem(day, expiry);
  if (expiry?.kind !== 'at') return undefined;
  if (Math.abs(expiry.eventMs - calendar.forgottenAtMs(day)) <= expiry.errorMs) return undefined;
  const found = inDays(expiry.eventMs - calendar.publishedAtMs(day));
  const message = `the list of ${day} expires ${found} days after its publication, expected ${expected}`;
  return { code: 'expiry-unlike-publication', day, message, expected, found };
}

function sinceWriteProblem(
  day: string,
  { leftMs, expectedMs, sinceMs }: Extract<ListExpiry, { kind: 'in' }>,
): CodedFinding | undefined {
  const isLater = leftMs > expectedMs + WHOLE_SECOND_MS;
  if (!isLater && leftMs >= expectedMs - sinceMs - WHOLE_SECOND_MS) return undefined;
  const [expected, found] = [inDays(expectedMs), inDays(leftMs)];
  const message = `the list of ${day} expires in ${found} days, expected ${expected} days after its last write`;
  return { code: 'expiry-unlike-write', day, message, expected, found };
}

function inDays(ms: number): number {
  return Number((ms / DAY_MS).toFixed(2));
}
