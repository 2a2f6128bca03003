// simulator/report/matrix.ts — The settings of a scenario beside each other: matrix.md, report.html, and the end of `sim run` on a terminal.
import { exitMeaning } from '../errors.js';
import type { MatrixRecord, MatrixRow } from '../record/matrix-record.js';
import { count, duration, instant, plural } from './format.js';
import { html, type Markup, markup, raw } from './markup.js';
import { columns } from './terminal-layout.js';

export const MATRIX_HEAD = [
  'Setting',
  'Sent',
  'Acknowledged',
  'Found in the log',
  'Lost of acknowledged',
  'Duplicated',
  'Send p50',
  'Send p99',
  'Verdict',
] as const;

const NOTE =
  'Sent: events whose send ended, also unknown. Acknowledged: with acks=0, handed to the socket. Lost: acknowledged, and not in the topics. Duplicated: written twice by a retry.';

export function matrixCells({ name, sends, log, send, outcome, expected, exitCode }: MatrixRow): string[] {
  const sent = sends && sends.acked + sends.failed + sends.unknown;
  const numbers = [sent, sends?.acked, log?.found, log?.lost, log?.duplicated];
  const times = [send?.p50, send?.p99];
  const verdict = outcome === null ? 'not judged' : outcome === expected ? `${outcome}, as expected` : outcome;
  const missed = outcome === expected && exitCode !== 0 ? `${verdict}, but ${exitMeaning(exitCode)}` : verdict;
  return [
    name,
    ...numbers.map((value) => (value === undefined || value === null ? '–' : count(value))),
    ...times.map((value) => (value === undefined ? '–' : duration(value))),
    outcome === 'pass' && missed === verdict ? 'pass' : missed,
  ];
}

export function renderMatrixTerminal(matrix: MatrixRecord): string {
  const rows = matrix.rows.map(matrixCells);
  const head = ['setting', 'sent', 'acked', 'found', 'lost', 'twice', 'send p50', 'send p99', 'verdict'];
  return [`  ${titleOf(matrix)}`, ...columns(head, rows), ''].join('\n');
}

export function renderMatrixMarkdown(matrix: MatrixRecord): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  const rows = matrix.rows.map((row) => line(matrixCells(row)));
  const table = [line(MATRIX_HEAD), `|${MATRIX_HEAD.map(() => ' --- ').join('|')}|`, ...rows].join('\n');
  const ends = matrix.rows.map(
    ({ name, sentence, folder }) => `- \`${name}\`: ${escapeCell(sentence)} ([run](${encodeURI(folder)}/summary.md))`,
  );
  const { scenario, exitCode } = matrix;
  const parts = [
    `## ${exitCode === 0 ? '✅' : '❌'} ${escapeCell(titleOf(matrix))}`,
    escapeCell(scenario.description),
    table,
    NOTE,
    ends.join('\n'),
    `Exit code ${exitCode}: ${exitMeaning(exitCode)}. Again: \`sim run ${scenario.file}\``,
  ];
  return `${parts.join('\n\n')}\n`;
}

export function renderMatrixHtml(matrix: MatrixRecord, style: string): string {
  const { scenario, exitCode, runId, simVersion, startedAt } = matrix;
  const head = MATRIX_HEAD.map((name) => html`<th scope="col">${name}</th>`);
  return markup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleOf(matrix)}, ${runId}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<p class="crumbs"><b>${scenario.name}</b> · ${runId} · ${instant(startedAt)}</p>
<div class="banner ${exitCode === 0 ? 'good' : 'bad'}"><span class="symbol" aria-hidden="true">${exitCode === 0 ? '✓' : '✕'}</span>
<div><h1>${titleOf(matrix)}</h1></div>
<p class="exit"><b>exit code ${exitCode}</b><br>${exitMeaning(exitCode)}</p></div>
<p class="description">${scenario.description}</p>
</header>
<main>
<section id="matrix"><h2>Settings</h2>
<div class="wide"><table><caption>${NOTE}</caption><thead><tr>${head}</tr></thead>
<tbody>${matrix.rows.map(htmlRow)}</tbody></table></div></section>
</main>
<footer>sim ${simVersion} · ${scenario.name} · ${runId}</footer>
</body>
</html>
`);
}

function htmlRow(row: MatrixRow): Markup {
  const [name = '', ...cells] = matrixCells(row);
  const link = html`<a href="${encodeURI(row.folder)}/report.html">${name}</a>`;
  const numbers = cells.map((cell) => html`<td class="number">${cell}</td>`);
  return html`<tr><th scope="row">${link}</th>${numbers}</tr>
<tr class="more"><td></td><td colspan="${MATRIX_HEAD.length - 1}">${row.sentence} <span class="soft">${row.settings.join(' ')}</span></td></tr>`;
}

function titleOf({ scenario, rows, planned }: MatrixRecord): string {
  const bad = rows.filter(({ exitCode }) => exitCode !== 0).length;
  const left = planned - rows.length;
  const ends = bad === 0 ? 'each as expected' : `${count(bad)} not as expected`;
  return `${scenario.name}: ${plural(rows.length, 'setting')}, ${ends}${left > 0 ? `; ${count(left)} not run` : ''}`;
}

/** Texts of a scenario must not become markup, nor break a table. */
function escapeCell(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll(/\r?\n/g, ' ');
}
