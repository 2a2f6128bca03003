// simulator/report/list-comparison.ts — A day's list as it was found beside the oracle's, row by row.
import type { DayResult, ListRow } from '../record/lists-record.js';
import type { RunRecord } from '../record/run-record.js';
import { count } from './format.js';

type FoundRow = DayResult['found'][number];

export interface ComparedRow {
  readonly rank: number;
  readonly found: FoundRow | undefined;
  readonly expected: ListRow | undefined;
  readonly isSame: boolean;
  /** What is different; empty when nothing is. */
  readonly note: string;
}

export function compareLists({ found, expected }: DayResult): ComparedRow[] {
  const wanted = new Map(expected.map((row) => [row.articleId, row]));
  const seen = new Map(found.map((row) => [row.articleId, row]));
  return Array.from({ length: Math.max(found.length, expected.length) }, (_, index) => {
    const [one, other] = [found[index], expected[index]];
    const isSame = one !== undefined && one.articleId === other?.articleId && one.score === other.score;
    const metadata = isSame ? [] : [...aboutFound(one, wanted), ...aboutExpected(other, seen)];
    return { rank: index + 1, found: one, expected: other, isSame, note: metadata.join('; ') };
  });
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

/** Rows of all days: how many there should or do stand, and how many of them are as expected. */
export function countRows(days: readonly DayResult[]): { readonly all: number; readonly same: number } {
  const rows = days.flatMap(compareLists);
  return { all: rows.length, same: rows.filter((row) => row.isSame).length };
}
