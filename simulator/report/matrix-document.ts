// simulator/report/matrix-document.ts — The settings of a scenario, one row each -> their report as data.
import { exitMeaning } from '../errors.js';
import type { MatrixRecord, MatrixRow } from '../record/matrix-record.js';
import { type Cell, type Column, only, type ReportDocument, table, text } from './document.js';
import { count, duration, instant, plural } from './format.js';

const COLUMNS: readonly Column[] = [
  { name: 'Setting' },
  { name: 'Sent', kind: 'number' },
  { name: 'Acknowledged', kind: 'number' },
  { name: 'Found in the log', kind: 'number' },
  { name: 'Lost of acknowledged', kind: 'number' },
  { name: 'Duplicated', kind: 'number' },
  { name: 'Send p50', kind: 'number' },
  { name: 'Send p99', kind: 'number' },
  { name: 'Verdict' },
];

const NOTE =
  'Sent: events whose send ended, with or without an answer. Acknowledged: with acks=0, handed to the socket. Lost: acknowledged, and not in the topics. Duplicated: written twice by a retry.';

/** @param file the report of each setting that its row leads to, such as `report.html` */
export function matrixDocument(matrix: MatrixRecord, file: string): ReportDocument {
  const { scenario, exitCode, runId, simVersion, startedAt, rows } = matrix;
  const ends = rows.map(({ name, folder, sentence, settings }) => [
    { text: name, link: `${encodeURI(folder)}/${file}`, isInside: false },
    sentence,
    settings.join(' '),
  ]);
  const blocks = [
    text(NOTE, ['page', 'summary']),
    table('', COLUMNS, rows.map(matrixCells)),
    only(['page', 'summary'], table('How each setting ended', ['Setting', 'End', 'Set'], ends)),
  ];
  return {
    name: scenario.name,
    identity: [runId, instant(startedAt)],
    conclusion: { word: titleOf(matrix), tone: exitCode === 0 ? 'good' : 'bad', lines: [] },
    exitCode,
    errorDetails: '',
    hint: '',
    description: scenario.description,
    warnings: [],
    numbers: [],
    sections: [{ id: 'matrix', title: 'Settings', blocks }],
    replay: matrix.replay ?? `sim run ${scenario.file}`,
    simVersion,
  };
}

export function matrixCells({ name, sends, log, send, outcome, expected, exitCode }: MatrixRow): Cell[] {
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

function titleOf({ rows, planned }: MatrixRecord): string {
  const bad = rows.filter(({ exitCode }) => exitCode !== 0).length;
  const left = planned - rows.length;
  const ends = bad === 0 ? 'each as expected' : `${count(bad)} not as expected`;
  return `${plural(rows.length, 'setting')}, ${ends}${left > 0 ? `; ${count(left)} not run` : ''}`;
}
