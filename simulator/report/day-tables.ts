// simulator/report/day-tables.ts — The lists of report.html: for each day what Redis held beside what the oracle wants.
import type { DayResult, ListRow } from '../record/lists-record.js';
import type { RunRecord } from '../record/run-record.js';
import { count, dayName, plural } from './format.js';
import { type ComparedRow, compareLists, differencesAreAllowed } from './list-comparison.js';
import { html, type Markup } from './markup.js';
import { type Weights, weightsOf } from './scenario-facts.js';

/** So many right days stand open; of more, only the wrong ones. */
const OPEN_DAYS = 3;

export function daysSection(record: RunRecord): Markup {
  const { days } = record;
  if (days.length === 0) {
    return html`<section id="ranking"><h2>Ranking</h2><p class="absent">No list was read: the run did not get that far.</p></section>`;
  }
  const { like, comment, view, commenter } = weightsOf(record);
  const users = commenter === 0 ? '' : ` + ${commenter} × users who commented`;
  const allowed = differencesAreAllowed(record);
  const tables = days.map((day) =>
    dayTable(day, { allowed, weights: weightsOf(record), fold: days.length > OPEN_DAYS }),
  );
  return html`<section id="ranking"><h2>Ranking</h2>
<p class="lead">score = ${like} × likes + ${comment} × comments + ${view} × views${users}</p>${tables}</section>`;
}

interface DayOptions {
  readonly allowed: boolean;
  readonly weights: Weights;
  readonly fold: boolean;
}

function dayTable(day: DayResult, { allowed, weights, fold }: DayOptions): Markup {
  const rows = compareLists(day);
  const different = rows.filter((row) => !row.isSame).length;
  const open = different > 0 || !fold ? html` open` : '';
  const body =
    rows.length === 0
      ? html`<p class="absent">No article is hot on this day, and none was found.</p>`
      : table(day, rows, { allowed, weights });
  return html`<details class="day" id="day-${day.day}"${open}><summary><h3>${dayName(day.day)}</h3> ${badge(rows.length, { different, allowed })}</summary>${body}</details>`;
}

function badge(rows: number, { different, allowed }: { different: number; allowed: boolean }): Markup {
  if (different === 0)
    return html`<span class="badge pass">✓ ${rows === 0 ? 'nothing listed' : `${plural(rows, 'row')} as expected`}</span>`;
  if (!allowed) return html`<span class="badge fail">✕ ${different} of ${plural(rows, 'row')} wrong</span>`;
  return html`<span class="badge unknown">${different} of ${plural(rows, 'row')} differ, which unknown sends allow</span>`;
}

function table(day: DayResult, rows: readonly ComparedRow[], options: { allowed: boolean; weights: Weights }): Markup {
  return html`<div class="wide"><table class="list"><caption class="unseen">${dayName(day.day)}: the list in Redis beside the expected one</caption>
<thead><tr><th scope="col" rowspan="2" class="number">Rank</th><th scope="colgroup" colspan="2" class="group">Found in Redis</th><th scope="colgroup" colspan="3" class="group">Expected</th><th scope="col" rowspan="2">Difference</th></tr>
<tr><th scope="col" class="group">Article</th><th scope="col" class="number">Score</th><th scope="col" class="group">Article</th><th scope="col" class="number">Score</th><th scope="col">= likes, comments, views</th></tr></thead>
<tbody>${rows.map((row) => listRow(row, options))}</tbody></table></div>`;
}

function listRow(
  { rank, found, expected, isSame, note }: ComparedRow,
  { allowed, weights }: { allowed: boolean; weights: Weights },
): Markup {
  const other = allowed ? 'differs' : 'wrong';
  const mark = isSame ? html`<td class="same">✓ same</td>` : html`<td class="note">✕ ${note}</td>`;
  return html`<tr${isSame ? '' : html` class="${other}"`}><th scope="row" class="number">${rank}</th>
<td class="id group">${found?.articleId ?? html`<i>nothing</i>`}</td><td class="number">${found ? count(found.score) : ''}</td>
<td class="id group">${expected?.articleId ?? html`<i>nothing</i>`}</td><td class="number">${expected ? count(expected.score) : ''}</td>
<td class="sum">${expected ? arithmetic(expected, weights) : ''}</td>${mark}</tr>`;
}

function arithmetic(row: ListRow, { like, comment, view, commenter }: Weights): string {
  const counted = `${like} × ${count(row.like)} + ${comment} × ${count(row.comment)} + ${view} × ${count(row.view)}`;
  return commenter === 0 ? counted : `${counted} + ${commenter} × ${count(row.commenter ?? 0)}`;
}
