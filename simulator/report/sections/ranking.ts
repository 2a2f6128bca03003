// simulator/report/sections/ranking.ts — The lists: for each day what Redis held, compared with the oracle's list.
import type { DayResult, ListRow } from '../../record/lists-record.js';
import type { RunRecord } from '../../record/run-record.js';
import {
  absent,
  type Badge,
  type Block,
  type Column,
  type Medium,
  only,
  type Row,
  type Section,
  table,
  text,
} from '../document.js';
import { count, dayName, plural } from '../format.js';
import {
  type ComparedRow,
  compareLists,
  countKinds,
  differencesAreAllowed,
  type RowCounts,
  rangeText,
} from '../list-comparison.js';
import { type Weights, weightsOf } from '../scenario-facts.js';

/** With more days, only the wrong ones are open. */
const OPEN_DAYS = 3;
/** A CI page has little room: of more days it shows the wrong ones, or the last. */
const SUMMARY_DAYS = 3;
const MAX_TERMINAL_ROWS = 10;

const COLUMNS: readonly Column[] = [
  { name: 'Rank', kind: 'number' },
  { name: 'Found in Redis', kind: 'id' },
  { name: 'Score found', kind: 'number' },
  { name: 'Expected', kind: 'id' },
  { name: 'Score expected', kind: 'number' },
  { name: '= likes, comments, views', media: ['page'] },
  { name: 'Difference' },
];

export function rankingSection(record: RunRecord): Section {
  const { days } = record;
  const section = { id: 'ranking', title: 'Ranking' };
  if (days.length === 0) {
    return { ...section, blocks: [absent('No list was read: the run did not get that far.')] };
  }
  const { like, comment, view, commenter } = weightsOf(record);
  const users = commenter === 0 ? '' : ` + ${commenter} × users who commented`;
  const rule = text(`score = ${like} × likes + ${comment} × comments + ${view} × views${users}`, ['page']);
  const inSummary = summaryDays(days);
  const tables = days.map((day) => {
    const media: Medium[] = inSummary.includes(day) ? ['page', 'summary'] : ['page'];
    return only(media, dayBlock(day, record));
  });
  return { ...section, blocks: [rule, ...tables, ...rightList(record)] };
}

function summaryDays(days: readonly DayResult[]): readonly DayResult[] {
  if (days.length <= SUMMARY_DAYS) return days;
  const wrong = days.filter((day) => compareLists(day).some(({ kind }) => kind === 'different')).slice(0, SUMMARY_DAYS);
  return wrong.length > 0 ? wrong : days.slice(-1);
}

function dayBlock(day: DayResult, record: RunRecord): Block {
  const rows = compareLists(day);
  const counts = countKinds(rows);
  const different = counts.all - counts.same - counts.allowed;
  const allowed = differencesAreAllowed(record);
  const weights = weightsOf(record);
  const caption = `${dayName(day.day)}: the list in Redis and the expected one`;
  const list = rows.map((row) => listRow(row, { allowed, weights }));
  return {
    kind: 'fold',
    title: dayName(day.day),
    id: `day-${day.day}`,
    badge: dayBadge(counts, allowed),
    isOpen: different > 0 || record.days.length <= OPEN_DAYS,
    blocks:
      rows.length === 0
        ? [absent('No article is hot on this day, and none was found.')]
        : [table(caption, COLUMNS, list)],
  };
}

function dayBadge({ all, same, allowed: open }: RowCounts, allowed: boolean): Badge {
  const different = all - same - open;
  if (all === 0) return { tone: 'pass', label: '✓ nothing listed' };
  if (same === all) return { tone: 'pass', label: `✓ ${plural(all, 'row')} as expected` };
  if (different === 0)
    return { tone: 'unknown', label: `✓ ${same} of ${plural(all, 'row')} as expected, ${open} as allowed` };
  const what = `${different} of ${plural(all, 'row')}`;
  if (!allowed) return { tone: 'fail', label: `✕ ${what} wrong` };
  return { tone: 'unknown', label: `${what} differ, which unknown sends allow` };
}

function listRow(
  { rank, found, expected, kind, note }: ComparedRow,
  { allowed, weights }: { readonly allowed: boolean; readonly weights: Weights },
): Row {
  const cells = [
    String(rank),
    found?.articleId ?? 'nothing',
    found ? count(found.score) : '–',
    expected?.articleId ?? 'nothing',
    expected ? expectedScore(expected) : '–',
    expected ? arithmetic(expected, weights) : '–',
    differenceText(kind, note),
  ];
  if (kind === 'same') return { cells };
  return { cells, tone: kind === 'allowed' || allowed ? 'unknown' : 'fail' };
}

function differenceText(kind: ComparedRow['kind'], note: string): string {
  if (kind === 'same') return '✓ same';
  return kind === 'allowed' ? `✓ as allowed: ${note}` : `✕ ${note}`;
}

function expectedScore({ score, allowed }: ListRow): string {
  return allowed ? rangeText(allowed) : count(score);
}

function arithmetic(row: ListRow, { like, comment, view, commenter }: Weights): string {
  const counted = `${like} × ${count(row.like)} + ${comment} × ${count(row.comment)} + ${view} × ${count(row.view)}`;
  return commenter === 0 ? counted : `${counted} + ${commenter} × ${count(row.commenter ?? 0)}`;
}

/** On a terminal, the last day's list when every check passed. */
function rightList({ days, verdict }: RunRecord): Block[] {
  const day = days.at(-1);
  const isRight = verdict?.checks.every(({ outcome }) => outcome === 'pass') ?? false;
  if (!day || !isRight || day.found.length === 0) return [];
  const shown = day.found.slice(0, MAX_TERMINAL_ROWS);
  const isOpen = shown.some(({ allowed }) => allowed !== undefined);
  const rows = shown.map(({ rank, articleId, score, allowed }) => {
    const cells = [String(rank), articleId, count(score)];
    return isOpen ? [...cells, allowed ? rangeText(allowed) : ''] : cells;
  });
  const columns: Column[] = [
    { name: 'Rank' },
    { name: 'Article', kind: 'id' },
    { name: 'Score', kind: 'number' },
    ...(isOpen ? [{ name: 'As allowed', kind: 'number' } as const] : []),
  ];
  return [only(['terminal'], table(`top ${day.found.length} of ${dayName(day.day)}`, columns, rows))];
}
