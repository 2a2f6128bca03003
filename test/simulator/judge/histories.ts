// test/simulator/judge/histories.ts — Small hand-written histories and the oracles that belong to them.

import * as assert from 'uvu/assert';
import { Calendar } from '../../../contract/calendar.js';
import { snowflakeText } from '../../../contract/ids.js';
import { Kind } from '../../../contract/kind.js';
import { DEFAULT_RULES, type Ranked } from '../../../contract/rules.js';
import type { ArticleTable, History, ListExpiry } from '../../../simulator/history/history.js';
import type { SendEnd } from '../../../simulator/history/lane-result.js';
import { judge } from '../../../simulator/judge/checks/all-checks.js';
import {
  type Check,
  type CodedResult,
  checkWithNeeds,
  type Evidence,
  overall,
} from '../../../simulator/judge/checks/checker.js';
import { LISTS } from '../../../simulator/judge/checks/lists.js';
import type { Precondition } from '../../../simulator/judge/checks/preconditions.js';
import { Oracle } from '../../../simulator/judge/oracle/oracle.js';
import { LaneTruth } from '../../../simulator/produce/account/lane-truth.js';

export const calendar = new Calendar(DEFAULT_RULES);
export const day = calendar.span('20241001');
export const rules = { ...DEFAULT_RULES, top: 2 };
export const onTime: ListExpiry = { kind: 'at', eventMs: calendar.forgottenAtMs(day.day), errorMs: 1000 };
export const NODE = 512 * 4096;

export type Event = readonly [
  kind: number,
  article: number,
  count: number,
  end?: SendEnd,
  atMs?: number,
  dueMs?: number,
];

/** Article i is created i seconds after midnight; one that is 100 or more, a day earlier. */
export const createdMs = (article: number) => (article >= 100 ? day.startMs - 1000 : day.startMs + article * 1000);
export const idOf = (article: number) => snowflakeText(createdMs(article), NODE + article);

export function oracleOf(events: readonly Event[], { articles = 5, top = rules.top } = {}): Oracle {
  const truth = new LaneTruth(articles, calendar, [day]);
  events.forEach(([kind, article, count, end = 'ok', atMs = day.startMs + 5000, dueMs], index) => {
    truth.settle(
      end,
      { kind, article, count, version: index + 1 },
      { eventMs: atMs, createdMs: createdMs(article), dueMs: dueMs ?? atMs },
    );
  });
  const created = Float64Array.from({ length: articles }, (_, i) => createdMs(i));
  const ids = BigUint64Array.from({ length: articles }, (_, i) => BigInt(idOf(i)));
  return new Oracle({ ...rules, top }, [{ lane: 0, articles, createdMs: created, ids, truth }]);
}

export const created = (article: number, end: SendEnd = 'ok'): Event => [Kind.created, article, 0, end];
export const threeArticles: Event[] = [
  created(0),
  created(1),
  created(2),
  [Kind.liked, 0, 1],
  [Kind.commented, 1, 2],
  [Kind.viewed, 2, 3],
];

export function historyWith(list: readonly Ranked[], articles?: ArticleTable): History {
  return {
    isOpaque: false,
    plannedEvents: 6,
    sends: { ok: 6, fail: 0, info: 0 },
    sendErrors: [],
    finalLag: 0,
    drainSeconds: 1,
    isSettled: true,
    consumerExits: [],
    poison: 0,
    deadLetters: 0,
    faults: [],
    cuts: [],
    snapshots: [],
    answers: [],
    commits: [{ atMs: 0, committed: [[1]], latest: [[1]] }],
    stallMsAllowed: 15_000,
    days: [{ span: day, list, articles, isForgotten: false, expiry: onTime }],
  };
}

export function table(
  rows: readonly (readonly [article: number, like: number, comment: number, view: number])[],
): ArticleTable {
  return {
    rows: rows.length,
    ids: BigUint64Array.from(rows, ([article]) => BigInt(idOf(article))),
    like: Uint32Array.from(rows, (row) => row[1]),
    comment: Uint32Array.from(rows, (row) => row[2]),
    view: Uint32Array.from(rows, (row) => row[3]),
    commenter: new Uint32Array(rows.length),
  };
}

/** What is said of the list of the day. */
export function listFindings(events: readonly Event[], list: readonly Ranked[]): string[] {
  const result = checkerOf(LISTS)(historyWith(list), oracleOf(events));
  return result.findings.map((finding) => finding.message);
}

export const rightList = [
  { articleId: idOf(1), score: 4 },
  { articleId: idOf(2), score: 3 },
];
export const rightTable = table([
  [0, 1, 0, 0],
  [1, 0, 2, 0],
  [2, 0, 0, 3],
]);

/** What all checks of a run without topics and read models look at. */
export function evidenceOf(history: History, oracle: Oracle): Evidence {
  const titles = () => () => '';
  return { history, oracle, speed: 1, lanes: [], titles };
}

export function judgeHistory(history: History, oracle: Oracle, preconditions: readonly Precondition[] = []) {
  const checks = judge(evidenceOf(history, oracle), preconditions);
  return { outcome: overall(checks), checks };
}

/** A check with what it needs to have seen, and no preconditions of a scenario. It must apply. */
export function checkerOf(check: Check): (history: History, oracle: Oracle) => CodedResult {
  return (history, oracle) => {
    const result = checkWithNeeds(check, evidenceOf(history, oracle), { preconditions: [], earlier: [] });
    assert.ok(result, `${check.name} applies`);
    const { needs: _, ...rest } = result;
    return rest;
  };
}
