// simulator/judge/checks/publication.ts — Are clients given a day from its publication on, not before, only when it is complete, and then the same for ever?
import { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import type { History, ObservedAnswer, ObservedDay, ObservedSnapshot } from '../../history/history.js';
import type { PublicationTimes } from '../../record/lists-record.js';
import type { Oracle } from '../oracle/oracle.js';
import { type Check, type CodedFinding, type CodedResult, judged } from './checker.js';
import { atText, firstChange, firstProblem, untilRedisBreaks } from './lists-after-publication.js';

const NAME = 'publication';
/** Wall time from a publication to the last look: a service asks about once a second whether it is due, and may be slow. */
const MARGIN_MS = 5000;

export const PUBLICATION: Check = {
  name: NAME,
  needs: [],
  check: ({ history, oracle, speed }) => checkPublication(history, oracle, speed),
};

/** Undefined when clients were given nothing, as before any publication. @param speed event time per wall time */
export function checkPublication(history: History, oracle: Oracle, speed: number): CodedResult | undefined {
  const { answers } = history;
  const newest = answers.at(-1);
  if (!newest) return undefined;
  const calendar = new Calendar(oracle.rules);
  const isWhole = untilRedisBreaks(history);
  const days = new Map(history.days.map((day) => [day.span.day, day]));
  const findings: CodedFinding[] = [];
  const last = new Map<Day, ObservedAnswer>();
  for (const answer of answers.filter(isWhole)) {
    const day = days.get(answer.day);
    if (!day) continue;
    const problem = problemOf(day, { answer, before: last.get(answer.day) }, { oracle, calendar });
    if (problem && !findings.some((one) => one.day === answer.day)) findings.push(problem);
    last.set(answer.day, answer);
  }
  findings.push(...lateCompletions(newest, history, { calendar, speed }));
  const seen = `${answers.length} answers to clients, of ${new Set(answers.map(({ day }) => day)).size} days`;
  return judged(NAME, seen, findings);
}

function problemOf(
  day: ObservedDay,
  { answer, before }: { readonly answer: ObservedAnswer; readonly before: ObservedAnswer | undefined },
  { oracle, calendar }: { readonly oracle: Oracle; readonly calendar: Calendar },
): CodedFinding | undefined {
  const name = day.span.day;
  if (answer.answeredMs < calendar.publishedAtMs(name))
    return {
      code: 'served-too-early',
      day: name,
      message: `clients were given ${name} ${atText(answer)}, before its publication`,
    };
  const problem = firstProblem(day, answer, oracle);
  if (problem) {
    const message = `clients were given ${name} ${atText(answer)}, when it was not right: ${problem.message}`;
    return { ...problem, code: 'served-wrong', message };
  }
  const changed = before && firstChange(before.list, answer.list);
  if (!changed) return undefined;
  const message = `what clients are given of ${name} changed ${atText(answer)}: article ${changed.articleId} has ${changed.score}`;
  return { code: 'served-list-changed', day: name, articleId: changed.articleId, message };
}

/** At the end all is read, so the newest day that had events must have been given. */
function lateCompletions(
  last: ObservedAnswer,
  { days, faults }: History,
  { calendar, speed }: { readonly calendar: Calendar; readonly speed: number },
): CodedFinding[] {
  if (faults.some(({ healedAtMs }) => healedAtMs === null)) return [];
  const dueMs = last.askedMs - MARGIN_MS * speed;
  const expected = days.findLast(({ span }) => calendar.publishedAtMs(span.day) <= dueMs)?.span.day;
  if (expected === undefined || last.day >= expected) return [];
  const message = `clients are still given ${last.day} at the end, expected ${expected}`;
  return [{ code: 'served-too-late', day: expected, message, expected, found: last.day }];
}

/** By day: from when on its list was right, and given to clients; wall ms after its publication, at most a second too late. */
export function publicationTimes(history: History, oracle: Oracle, speed: number): PublicationTimes[] {
  const calendar = new Calendar(oracle.rules);
  return history.days.flatMap((day): PublicationTimes[] => {
    const name = day.span.day;
    const publishedAtMs = calendar.publishedAtMs(name);
    const after = ({ askedMs }: ObservedSnapshot) => Math.max(0, Math.round((askedMs - publishedAtMs) / speed));
    const closed = history.snapshots.filter(
      (snapshot) =>
        snapshot.day === name &&
        snapshot.askedMs >= day.span.endMs &&
        snapshot.answeredMs < calendar.forgottenAtMs(name),
    );
    if (!closed.some(({ askedMs }) => askedMs >= publishedAtMs)) return [];
    const wrong = closed.findLastIndex((snapshot) => firstProblem(day, snapshot, oracle) !== undefined);
    const right = closed[wrong + 1];
    const given = history.answers.find((answer) => answer.day >= name);
    return [{ day: name, rightAfterMs: right ? after(right) : null, givenAfterMs: given ? after(given) : null }];
  });
}
