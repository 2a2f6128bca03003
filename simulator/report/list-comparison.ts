// simulator/report/list-comparison.ts — A day's list as it was found beside the oracle's, row by row.
import type { AllowedScores, DayResult, ListRow } from '../record/lists-record.js';
import type { RunRecord } from '../record/run-record.js';
import { count } from './format.js';

type FoundRow = DayResult['found'][number];

export interface ComparedRow {
  readonly rank: number;
  readonly found: FoundRow | undefined;
  readonly expected: ListRow | undefined;
  /** `allowed`: its truth is a range, and its score lies in it. */
  readonly kind: 'same' | 'allowed' | 'different';
  /** The range that is allowed, or what is different; empty when nothing is. */
  readonly note: string;
}

export function compareLists({ found, expected }: DayResult): ComparedRow[] {
  const wanted = new Map(expected.map((row) => [row.articleId, row]));
  const seen = new Map(found.map((row) => [row.articleId, row]));
  return Array.from({ length: Math.max(found.length, expected.length) }, (_, index) => {
    const [one, other] = [found[index], expected[index]];
    const row = { rank: index + 1, found: one, expected: other };
    if (isAllowed(one)) return { ...row, kind: 'allowed', note: rangeText(one.allowed) };
    if (one !== undefined && one.articleId === other?.articleId && one.score === other.score)
      return { ...row, kind: 'same', note: '' };
    const metadata = [...aboutFound(one, wanted), ...aboutExpected(other, seen)];
    return { ...row, kind: 'different', note: metadata.join('; ') };
  });
}

function isAllowed(row: FoundRow | undefined): row is FoundRow & { readonly allowed: AllowedScores } {
  return row?.allowed !== undefined && row.score >= row.allowed.low && row.score <= row.allowed.high;
}

/** `5 to 106` */
export function rangeText({ low, high }: AllowedScores): string {
  return `${count(low)} to ${count(high)}`;
}

function aboutFound(row: FoundRow | undefined, wanted: ReadonlyMap<string, ListRow>): string[] {
  if (!row) return [];
  const expected = wanted.get(row.articleId);
  if (!expected) return ['found, but not expected in the list'];
  const metadata = expected.rank === row.rank ? [] : [`found one belongs at rank ${expected.rank}`];
  const difference = row.score - expected.score;
  if (difference !== 0)
    metadata.push(`its score is ${count(Math.abs(difference))} too ${difference < 0 ? 'low' : 'high'}`);
  return metadata;
}

function aboutExpected(row: ListRow | undefined, seen: ReadonlyMap<string, FoundRow>): string[] {
  return row && !seen.has(row.articleId) ? ['expected one is not in the list'] : [];
}

/** Events that may or may not have been written leave room: then a list can differ and be right. */
export function differencesAreAllowed({ verdict }: RunRecord): boolean {
  const failed = verdict?.checks.filter((check) => check.outcome === 'fail') ?? [];
  return verdict !== undefined && !failed.some((check) => check.findings.some((finding) => finding.day !== undefined));
}

export interface RowCounts {
  readonly all: number;
  readonly same: number;
  readonly allowed: number;
}

/** Rows of all days: how many there should or do stand, and how many of them are as expected, or as allowed. */
export function countRows(days: readonly DayResult[]): RowCounts {
  return countKinds(days.flatMap(compareLists));
}

export function countKinds(rows: readonly ComparedRow[]): RowCounts {
  const numberOf = (kind: ComparedRow['kind']) => rows.filter((row) => row.kind === kind).length;
  return { all: rows.length, same: numberOf('same'), allowed: numberOf('allowed') };
}
