// simulator/judge/naming/proof.ts — The proof for one wrong article: what it should be and why, what was found, and the events around the place where the two part ways.

import type { DaySpan } from '../../../contract/calendar.js';
import { STREAMS } from '../../../contract/events.js';
import { isId } from '../../../contract/ids.js';
import { COUNTERS } from '../../../contract/kind.js';
import { type Counts, compareRanked, type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { LedgerRow, Proof } from '../../record/diagnosis-record.js';
import type { CheckResult } from '../../record/verdict-record.js';
import type { Ledger } from '../log/ledger.js';
import { countsOf, type Oracle } from '../oracle/oracle.js';
import type { WatchedArticle } from './naming.js';
import { AFTER, BEFORE } from './trail.js';

/** The article that the first finding about lists, or else about counts, is about. */
export function firstWrongArticle(checks: readonly CheckResult[]): { articleId: string; day: string } | undefined {
  for (const name of ['lists', 'scores', 'delivery']) {
    for (const { articleId, day } of checks.find(({ check }) => check === name)?.findings ?? []) {
      if (articleId !== undefined && day !== undefined) return { articleId, day };
    }
  }
  return undefined;
}

export interface ProofInput {
  readonly span: DaySpan;
  readonly oracle: Oracle;
  readonly list: readonly Ranked[];
  readonly ledger: Ledger;
  /** What the bug that explains most makes of it. */
  readonly watched: WatchedArticle | undefined;
}

export function proofOf({ span, oracle, list, ledger, watched }: ProofInput): Proof {
  const { articleId, day } = ledger;
  const { rules } = oracle;
  const rows = ledger.rows();
  const judged = isId(articleId) ? oracle.find(articleId) : undefined;
  const counts = judged ? countsOf(judged.truth, 'low') : { like: 0, comment: 0, view: 0 };
  const rank = oracle.expectedList(span).find((row) => row.articleId === articleId)?.rank ?? null;
  const ranked = [...list].sort((a, b) =>
    isId(a.articleId) && isId(b.articleId) ? compareRanked(a, b) : b.score - a.score,
  );
  const at = ranked.findIndex((row) => row.articleId === articleId);
  const found = ranked[at] ? { rank: at + 1, score: ranked[at].score } : null;
  const barred = judged ? whyBarred(judged) : 'no such article was ever created';
  const parting = partingOf(rows, watched, found ? matching(rows, rules, found.score) : undefined);
  return {
    ...{ day, articleId, found },
    expected: { rank, score: scoreOf(rules, counts), ...counts },
    arithmetic: arithmetic(rules, counts),
    ...(barred === undefined ? {} : { barred }),
    events: ledger.events,
    ...ledgerOf(around(rows, parting.row ?? rows.findLastIndex((row) => row.stands)), watched),
    ...(parting.sentence === undefined ? {} : { divergence: parting.sentence }),
    ...(parting.row === undefined ? {} : { divergedAt: placeOf(rows[parting.row]) }),
  };
}

function whyBarred({ truth, isGone }: NonNullable<ReturnType<Oracle['find']>>): string | undefined {
  if (truth.deleted === 'must') return 'it was deleted before its day was published';
  if (truth.withdrawn === 'must') return 'it was deleted after its day was published';
  return isGone ? 'its creation is not in the topics' : undefined;
}

function arithmetic(rules: Rules, counts: Counts): string {
  const { like, comment, view, commenter } = rules.weights;
  const counted = `${like} x ${counts.like} + ${comment} x ${counts.comment} + ${view} x ${counts.view}`;
  const sum = commenter === 0 ? counted : `${counted} + ${commenter} x ${counts.commenter ?? 0}`;
  return `${sum} = ${scoreOf(rules, counts)}`;
}

interface Parting {
  readonly sentence?: string;
  /** Index in the ledger. */
  readonly row?: number;
}

function partingOf(rows: readonly LedgerRow[], watched: WatchedArticle | undefined, last: number | undefined): Parting {
  if (watched?.eviction)
    return { sentence: evictionSentence(rows, watched.eviction), ...lastBefore(rows, watched.eviction) };
  if (watched?.parting) {
    const { parting } = watched;
    const row = rows.findIndex((one) => isAt(one, parting));
    const event = row < 0 ? 'an event no longer kept' : textOf(rows[row]);
    const sentence = `from ${event} on, ${watched.name} gives the article ${watched.state} in the end`;
    return row < 0 ? { sentence } : { sentence, row };
  }
  if (last === undefined || last + 1 >= rows.length) return {};
  const missing = rows.slice(last + 1).filter((row) => row.effect.startsWith('sets')).length;
  if (missing === 0) return {};
  const sentence = `the found score is right up to ${textOf(rows[last])}; of ${missing} later counts it shows nothing`;
  return { sentence, row: last + 1 };
}

function evictionSentence(rows: readonly LedgerRow[], by: LogEvent): string {
  const event = `${by.event?.type ?? 'a record'} of article ${by.event?.articleId ?? '?'} (${STREAMS[by.stream]}/${by.partition} offset ${by.offset})`;
  const own = rows.filter((row) => row.dueMs > by.dueMs && row.effect.startsWith('sets')).length;
  return `${event} pushed it out of the trimmed list; ${own === 0 ? 'no event of its own came after that' : `of ${own} later events of its own none brought it back`}, so it was not there when others fell`;
}

function lastBefore(rows: readonly LedgerRow[], by: LogEvent): { row?: number } {
  const row = rows.findLastIndex((one) => one.dueMs <= by.dueMs);
  return row < 0 ? {} : { row };
}

/** The last row after which the score by the rules was the found one. */
function matching(rows: readonly LedgerRow[], rules: Rules, score: number): number | undefined {
  const row = rows.findLastIndex(({ after }) => scoreOf(rules, after) === score);
  return row < 0 ? undefined : row;
}

function around(rows: readonly LedgerRow[], at: number): LedgerRow[] {
  const from = Math.max(0, at - BEFORE);
  return rows.filter((row, i) => (i >= from && i <= at + AFTER) || row.stands);
}

/** With what the bug makes of the counts, where that is another. */
function ledgerOf(
  rows: readonly LedgerRow[],
  watched: WatchedArticle | undefined,
): Pick<Proof, 'ledger' | 'bugOfLedger'> {
  const shown = rows.map((row) => {
    const step = watched?.steps.find(({ log }) => isAt(row, log));
    const [like = 0, comment = 0, view = 0] = step?.counts ?? [];
    return step ? { ...row, withBug: { like, comment, view } } : row;
  });
  const isOther = ({ after, withBug = after }: LedgerRow) =>
    COUNTERS.some((counter) => after[counter] !== withBug[counter]);
  return watched && shown.some(isOther) ? { ledger: shown, bugOfLedger: watched.name } : { ledger: rows };
}

function isAt(row: LedgerRow, { stream, partition, offset }: LogEvent): boolean {
  return row.stream === STREAMS[stream] && row.partition === partition && row.offset === offset;
}

function placeOf(row: LedgerRow | undefined) {
  return { stream: row?.stream ?? '', partition: row?.partition ?? 0, offset: row?.offset ?? 0 };
}

function textOf(row: LedgerRow | undefined): string {
  return row ? `${row.type} (${row.stream}/${row.partition} offset ${row.offset})` : 'the start';
}
