// simulator/judge/checks/closed-days.ts — Does a list that was right once its day was published stay as it is, but for deletions?
import { Calendar } from '../../../contract/calendar.js';
import type { History, ObservedDay, ObservedSnapshot } from '../../history/history.js';
import type { ObservedCommits } from '../../history/observed-commits.js';
import type { Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, type CodedResult, judged } from './checker.js';
import { atText, firstChange, firstProblem, untilRedisBreaks } from './lists-after-publication.js';

const NAME = 'closed days';

export const CLOSED_DAYS: Check = {
  name: NAME,
  needs: [],
  check: ({ history, oracle }) => checkClosedDays(history, oracle),
};

/** Undefined when no list was read twice after its publication, as in a run that ends before. */
export function checkClosedDays(history: History, oracle: Oracle): CodedResult | undefined {
  const calendar = new Calendar(oracle.rules);
  const isWhole = untilRedisBreaks(history);
  const findings: CodedFinding[] = [];
  let snapshots = 0;
  let days = 0;
  for (const day of history.days) {
    const { day: name } = day.span;
    const [publishedAtMs, forgottenAtMs] = [calendar.publishedAtMs(name), calendar.forgottenAtMs(name)];
    const completeAtMs = completeFrom(history, name, publishedAtMs);
    const published = history.snapshots.filter(
      (look) =>
        look.day === name &&
        look.askedMs >= publishedAtMs &&
        look.atMs >= completeAtMs &&
        look.answeredMs < forgottenAtMs &&
        isWhole(look),
    );
    if (published.length < 2) continue;
    snapshots += published.length;
    days += 1;
    findings.push(...changesOf(day, published, oracle));
  }
  if (snapshots === 0) return undefined;
  return judged(NAME, `${snapshots} looks at the lists of ${days} published days`, findings);
}

/**
 * Before all was applied that came in time, a list may well be right by chance and change again. It is complete when
 * clients are given it; where they are given nothing, when the group has read all that there is.
 */
function completeFrom({ answers, commits, snapshots }: History, name: string, publishedAtMs: number): number {
  if (answers.length > 0) return answers.find(({ day }) => day >= name)?.atMs ?? Number.POSITIVE_INFINITY;
  const isRead = ({ committed, latest }: ObservedCommits) =>
    latest.every((partitions, stream) => partitions.every((end, i) => (committed[stream]?.[i] ?? 0) >= end));
  const first = snapshots.find((look) => look.day === name && look.askedMs >= publishedAtMs);
  return (
    commits.find((one) => first !== undefined && one.atMs >= first.atMs && isRead(one))?.atMs ??
    Number.POSITIVE_INFINITY
  );
}

/** A list that is never right is the matter of other checks. */
function changesOf(day: ObservedDay, snapshots: readonly ObservedSnapshot[], oracle: Oracle): CodedFinding[] {
  const right = snapshots.findIndex((look) => firstProblem(day, look, oracle) === undefined);
  let before = snapshots[right];
  if (!before) return [];
  for (const after of snapshots.slice(right + 1)) {
    const problem = before.list === after.list ? undefined : problemOf(day, { before, after }, oracle);
    if (problem) {
      const message = `the list of ${day.span.day} was right after its publication, and changed ${atText(after)}: ${problem.message}`;
      return [{ ...problem, code: 'closed-list-changed', day: day.span.day, message }];
    }
    before = after;
  }
  return [];
}

function problemOf(
  day: ObservedDay,
  { before, after }: { readonly before: ObservedSnapshot; readonly after: ObservedSnapshot },
  oracle: Oracle,
): Pick<CodedFinding, 'articleId' | 'message'> | undefined {
  const changed = firstChange(before.list, after.list);
  if (!changed) return firstProblem(day, after, oracle);
  const { articleId, score } = changed;
  return { articleId, message: `article ${articleId} has ${score}, and had ${scoreIn(before, articleId)}` };
}

function scoreIn({ list }: ObservedSnapshot, articleId: string): number | string {
  return list.find((row) => row.articleId === articleId)?.score ?? 'no row';
}
