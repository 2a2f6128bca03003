// simulator/report/terminal.ts — The end of `sim run` on a terminal: verdict, then numbers, then what is wrong.

import type { LatencySummary } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { CheckResult, Finding } from '../record/verdict-record.js';
import { conclusionOf } from './conclusion.js';
import { diagnosisBlock } from './diagnosis-lines.js';
import { faultLines } from './fault-tables.js';
import { bytes, count, dayName, duration, measured, plural, rate, topicsText } from './format.js';
import { nameOf, replayCommand } from './scenario-facts.js';
import { publicationTexts, stalenessText } from './staleness.js';
import { COLOURS, columns, type Paint, wrap } from './terminal-layout.js';

const MAX_LINES = 10;
const WIDTH = 100;

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; 100 unless told. */
  readonly width?: number;
  /** What to show last, such as the report's path, by name. */
  readonly paths?: Readonly<Record<string, string>>;
}

type Row = readonly [name: string, value: string];

export function renderTerminal(record: RunRecord, { color, width = WIDTH, paths = {} }: TerminalOptions): string {
  const paint: Paint = (text, colour) => (color ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text);
  const { word, tone, sentence } = conclusionOf(record);
  const lines = wrap(sentence, width);
  const blocks = [
    `${color ? `\u001b[1;${COLOURS[tone]}m${word}\u001b[0m` : word}  ${nameOf(record)}\n${lines.join('\n')}`,
    details(record.error?.message),
    hintLines(record.error?.hint, width),
    ...(record.warnings ?? []).map((warning) => paint(wrap(`warning: ${warning}`, width).join('\n'), 'unsure')),
    aligned(numbers(record)),
    phaseLines(record, paint),
    faultLines(record, paint),
    thresholds(record, paint),
    wrongChecks(record, paint) || lastList(record, paint),
    diagnosisBlock(record, { paint, width }),
    aligned([...Object.entries(paths), ['again', replayCommand(record)]]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What follows the first line of a message, such as the last lines of a log; the first is in the conclusion. */
function details(message = ''): string {
  const lines = message.split('\n').slice(1);
  return lines.map((line) => `  ${line}`).join('\n');
}

/** Indented lines are commands, which are to be copied. */
function hintLines(hint = '', width: number): string {
  const lines = hint === '' ? [] : hint.split('\n');
  return lines.flatMap((line) => (line.startsWith(' ') ? `  ${line}` : wrap(line, width))).join('\n');
}

function aligned(rows: readonly Row[]): string {
  const widest = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(widest)}  ${value}`).join('\n');
}

function numbers(record: RunRecord): Row[] {
  const { load, log, latency = {}, servers } = record;
  const staleness = stalenessText(record);
  if (!load) return [];
  const others = load.fail + load.info === 0 ? '' : `, ${count(load.fail)} failed, ${count(load.info)} unknown`;
  const drain = load.drainMs === null ? 'never drained' : `drained in ${duration(load.drainMs)}`;
  const rows: Row[] = [
    ['events', `${count(load.ok)} of ${count(load.plannedEvents)} acknowledged${others}`],
    ...(log ? [['topics', topicsText(log, load.plannedEvents)] as const] : []),
    [
      'throughput',
      `${rate(load.eventsPerSecond)}, first send to lag 0${load.pace === 'paced' ? ', at the planned pace' : ''}`,
    ],
    ['load', `${duration(load.loadMs)}, then ${drain}`],
    ...percentiles({ send: latency.send, 'end to end': latency.endToEnd, script: latency.apply }),
    ...(staleness === undefined ? [] : [['lists', staleness] as const]),
    ...publicationTexts(record).map((text): Row => ['published', text]),
    ['memory', `at most ${bytes(load.harnessRssBytesMax)} in sim`],
  ];
  for (const [name, { mode, version = '' }] of Object.entries(servers ?? {}))
    rows.push([name, `${mode} ${version}`.trim()]);
  return rows;
}

/** One line a latency, with the figures below each other. */
function percentiles(latencies: Readonly<Record<string, LatencySummary | undefined>>): Row[] {
  const cells = Object.values(latencies).map((one) => (one ? [one.p50, one.p99, one.p999, one.max].map(duration) : []));
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...cells.map((row) => row[at]?.length ?? 0)));
  const names = ['p50', 'p99', 'p99.9', 'max'];
  return Object.keys(latencies).map((name, index): Row => {
    const figures = cells[index]?.map((figure, at) => `${names[at]} ${figure.padEnd(widths[at] ?? 0)}`) ?? [];
    return [name, figures.join('  ').trimEnd() || 'not measured'];
  });
}

/** With one phase, its figures are those of the whole load. */
function phaseLines({ phases = [] }: RunRecord, paint: Paint): string {
  if (phases.length < 2) return '';
  const p99 = (one: LatencySummary | undefined) => (one ? duration(one.p99) : '-');
  const rows = phases.map(({ name, warmUp, acked, eventsPerSecond, latency }) => [
    warmUp ? `${name} (warm-up)` : name,
    count(acked),
    eventsPerSecond === null ? '-' : rate(eventsPerSecond),
    p99(latency.send),
    p99(latency.endToEnd),
  ]);
  const head = ['phase', 'acknowledged', 'rate', 'send p99', 'end to end p99'];
  return [`  ${paint('by phase', 'soft')}`, ...columns(head, rows)].join('\n');
}

function thresholds({ verdict }: RunRecord, paint: Paint): string {
  const list = verdict?.thresholds ?? [];
  const widest = Math.max(0, ...list.map(({ threshold }) => threshold.length));
  return list
    .map(({ threshold, ok, actual, unit }) => {
      const mark = ok ? paint('✓ met   ', 'good') : paint('✗ missed', 'bad');
      return `  ${mark}  ${threshold.padEnd(widest)}  ${measured(actual, unit)}`;
    })
    .join('\n');
}

function wrongChecks({ verdict }: RunRecord, paint: Paint): string {
  const wrong = verdict?.checks.filter((check) => check.outcome !== 'pass') ?? [];
  return wrong.map((check) => wrongCheck(check, paint)).join('\n\n');
}

function wrongCheck({ check, outcome, reason, findings, findingCount }: CheckResult, paint: Paint): string {
  const mark = outcome === 'fail' ? paint('✗', 'bad') : paint('?', 'unsure');
  const why = reason === undefined ? `: ${plural(findingCount, 'finding')}` : `, unknown: ${reason}`;
  const shown = findings.slice(0, MAX_LINES);
  const left = findingCount - shown.length;
  const more = left > 0 ? [`    and ${count(left)} more`] : [];
  return [`  ${mark} ${check}${why}`, ...findingLines(shown), ...more].join('\n');
}

/** Rows of a list in columns; a finding about anything else as its sentence. */
function findingLines(findings: readonly Finding[]): string[] {
  const rows = findings.filter((finding) => finding.articleId !== undefined);
  const rest = findings.filter((finding) => finding.articleId === undefined);
  const cells = rows.map(({ day = '', articleId = '', expected, found }) => [
    dayName(day),
    articleId,
    text(expected),
    text(found),
  ]);
  return [
    ...columns(['day', 'article', 'expected', 'found'], cells),
    ...rest.map((finding) => `    ${finding.message}`),
  ];
}

function text(value: string | number | undefined): string {
  return typeof value === 'number' ? count(value) : (value ?? '-');
}

/** The last day's list, which is as it should be. */
function lastList({ days }: RunRecord, paint: Paint): string {
  const day = days.at(-1);
  if (!day || day.found.length === 0) return '';
  const rows = day.found.slice(0, MAX_LINES).map((row) => [String(row.rank), row.articleId, count(row.score)]);
  return [
    `  ${paint(`top ${day.found.length} of ${dayName(day.day)}`, 'soft')}`,
    ...columns(['rank', 'article', 'score'], rows),
  ].join('\n');
}
