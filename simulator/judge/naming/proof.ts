// simulator/judge/naming/proof.ts — The proof for one wrong article: what it should be and why, what was found, and the events around the place where the two part.

import type { DaySpan } from '../../../contract/calendar.js';
import { STREAMS } from '../../../contract/events.js';
import { isId } from '../../../contract/ids.js';
import { COUNTERS } from '../../../contract/kind.js';
import { type Counts, compareListed, type Ranked, type Rules, scoreOf } from '../../../contract/rules.js';
import type { LogEvent } from '../../history/log-event.js';
import type { LedgerRow, Proof } from '../../record/diagnosis-record.js';
import type { CheckResult } from '../../record/verdict-record.js';
import type { CodedRow, Ledger } from '../log/ledger.js';
import { countsOf, type Oracle } from '../oracle/oracle.js';
import type { Divergence } from './comparison.js';
import { AFTER, BEFORE } from './divergence-trail.js';
import type { WatchedArticle } from './variant-folds.js';

/** The article of the first finding about lists, or else about counts. */
export function firstWrongArticle(checks: readonly CheckResult[]): WatchedArticle | undefined {
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
  /** What the bug that explains most makes of the article. */
  readonly divergence: Divergence | undefined;
}

export function proofOf({ span, oracle, list, ledger, divergence }: ProofInput): Proof {
  const { articleId, day } = ledger;
  const { rules } = oracle;
  const rows = ledger.rows();
  const judged = isId(articleId) ? oracle.find(articleId) : undefined;
  const counts = judged ? countsOf(judged.truth, 'low') : { like: 0, comment: 0, view: 0 };
  const rank = oracle.expectedList(span).find((row) => row.articleId === articleId)?.rank ?? null;
  const found = foundRow(list, articleId);
  const barred = judged ? whyBarred(judged) : 'no such article was ever created';
  const { sentence, index } = partingOf(rows, divergence, found && lastWithScore(rows, rules, found.score));
  const at = index ?? rows.findLastIndex((row) => row.stands);
  const parted = index === undefined ? undefined : rows[index];
  return {
    day,
    articleId,
    found,
    expected: { rank, score: scoreOf(rules, counts), ...counts },
    arithmetic: arithmetic(rules, counts),
    ...(barred === undefined ? {} : { barred }),
    events: ledger.events,
    ...ledgerOf(around(rows, at), divergence),
    ...(sentence === undefined ? {} : { divergence: sentence }),
    ...(parted ? { divergedAt: placeOf(parted) } : {}),
  };
}

function foundRow(list: readonly Ranked[], articleId: string): Proof['found'] {
  const ranked = [...list].sort(compareListed);
  const at = ranked.findIndex((row) => row.articleId === articleId);
  return ranked[at] ? { rank: at + 1, score: ranked[at].score } : null;
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
  /** In the ledger. */
  readonly index?: number;
}

/** @param last index of the last row up to which what was found is right; null when it was not found */
function partingOf(
  rows: readonly CodedRow[],
  divergence: Divergence | undefined,
  last: number | null | undefined,
): Parting {
  if (divergence?.eviction) return evictionOf(rows, divergence.eviction);
  if (divergence?.parting) {
    const { parting, name, state } = divergence;
    const index = rows.findIndex((one) => isAt(one, parting));
    const row = rows[index];
    const event = row ? textOf(row) : 'an event no longer kept';
    const sentence = `from ${event} on, ${name} gives the article ${state} in the end`;
    return row ? { sentence, index } : { sentence };
  }
  const row = typeof last === 'number' ? rows[last] : undefined;
  if (typeof last !== 'number' || !row) return {};
  const missing = rows.slice(last + 1).filter(({ code }) => code === 'set').length;
  if (missing === 0) return {};
  const sentence = `the found score is right up to ${textOf(row)}; of ${missing} later counts it shows nothing`;
  return { sentence, index: last + 1 };
}

function evictionOf(rows: readonly CodedRow[], by: LogEvent): Parting {
  const place = `${STREAMS[by.stream]}/${by.partition} offset ${by.offset}`;
  const event = `${by.event?.type ?? 'a record'} of article ${by.event?.articleId ?? '?'} (${place})`;
  const own = rows.filter(({ dueMs, code }) => dueMs > by.dueMs && code === 'set').length;
  const later =
    own === 0 ? 'no event of its own came after that' : `of ${own} later events of its own none brought it back`;
  const sentence = `${event} pushed it out of the trimmed list; ${later}, so it was not there when others fell`;
  const index = rows.findLastIndex(({ dueMs }) => dueMs <= by.dueMs);
  return index < 0 ? { sentence } : { sentence, index };
}

/** Index of the last row after which the score by the rules was this one; undefined when it never was. */
function lastWithScore(rows: readonly CodedRow[], rules: Rules, score: number): number | undefined {
  const index = rows.findLastIndex(({ after }) => scoreOf(rules, after) === score);
  return index < 0 ? undefined : index;
}

function around(rows: readonly CodedRow[], at: number): CodedRow[] {
  const from = Math.max(0, at - BEFORE);
  return rows.filter((row, index) => (index >= from && index <= at + AFTER) || row.stands);
}

/** With what the bug makes of the counts, where that is something else. */
function ledgerOf(
  rows: readonly CodedRow[],
  divergence: Divergence | undefined,
): Pick<Proof, 'ledger' | 'bugOfLedger'> {
  if (!divergence) return { ledger: rows };
  const withBug = rows.map((row): LedgerRow => {
    const step = divergence.steps.find(({ log }) => isAt(row, log));
    if (!step) return row;
    const { like, comment, view } = step.counts;
    return { ...row, withBug: { like, comment, view } };
  });
  const isOther = ({ after, withBug: shown = after }: LedgerRow) =>
    COUNTERS.some((counter) => after[counter] !== shown[counter]);
  return withBug.some(isOther) ? { ledger: withBug, bugOfLedger: divergence.name } : { ledger: rows };
}

function isAt(row: CodedRow, { stream, partition, offset }: LogEvent): boolean {
  return row.stream === STREAMS[stream] && row.partition === partition && row.offset === offset;
}

function placeOf({ stream, partition, offset }: CodedRow): NonNullable<Proof['divergedAt']> {
  return { stream, partition, offset };
}

function textOf(row: CodedRow): string {
  return `${row.type} (${row.stream}/${row.partition} offset ${row.offset})`;
}
