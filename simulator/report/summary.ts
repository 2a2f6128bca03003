// simulator/report/summary.ts — summary.md, for a CI job's page: verdict first.
import { exitMeaning } from '../errors.js';
import type { DayResult } from '../record/lists-record.js';
import type { LatencySummary, PhaseResult } from '../record/load-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { CheckResult, Outcome } from '../record/verdict-record.js';
import { conclusionOf } from './conclusion.js';
import {
  isDivergence,
  ledgerCells,
  ledgerHead,
  namingSentences,
  proofSentence,
  traitSentence,
} from './diagnosis-text.js';
import { FAULT_HEAD, faultCells, faultProofs, faultWord } from './fault-tables.js';
import { count, dayName, duration, measured, plural, rate, topicsText } from './format.js';
import { compareLists, differencesAreAllowed } from './list-comparison.js';
import { LATENCY_LABELS } from './load-tables.js';
import { LATENCY_NAMES } from './percentile-curve.js';
import { nameOf, replayCommand } from './scenario-facts.js';
import { publicationTexts, stalenessText } from './staleness.js';

const SYMBOLS: Readonly<Record<Outcome, string>> = { pass: '✅ pass', fail: '❌ fail', unknown: '❔ unknown' };
const TONES = { good: '✅', bad: '❌', unsure: '⚠️' } as const;
/** A page of CI has little room: of more days, the wrong ones and the last are shown. */
const MAX_DAYS = 3;
const MAX_FINDINGS = 5;

export function renderSummary(record: RunRecord): string {
  const { word, tone, sentence } = conclusionOf(record);
  const { exitCode, error, scenario, runId } = record;
  const sections = [
    `## ${TONES[tone]} ${word}: ${escapeMarkdown(nameOf(record))}`,
    escapeMarkdown(sentence),
    `Exit code ${exitCode}: ${exitMeaning(exitCode)}.`,
    details(error?.message),
    hintText(error?.hint),
    ...(record.warnings ?? []).map((warning) => `**Warning:** ${escapeMarkdown(warning)}.`),
    numbers(record),
    checks(record),
    faultTable(record),
    cause(record),
    thresholds(record),
    ...shownDays(record).map((day) => dayTable(day, record)),
    `Seed ${scenario.seed}, run \`${runId}\`. To run it again:\n\n\`\`\`sh\n${replayCommand(record).replaceAll('\n', ' ')}\n\`\`\``,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

type Cell = string | number;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly Cell[]) => `| ${cells.map((cell) => escapeMarkdown(String(cell))).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}

function numbers(record: RunRecord): string {
  const { load, log, latency = {}, phases = [] } = record;
  if (!load) return '';
  const rows: Cell[][] = [
    ['Acknowledged', `${count(load.ok)} of ${plural(load.plannedEvents, 'planned event')}`],
    ['Failed, unknown', `${count(load.fail)}, ${count(load.info)}`],
    ...(log ? [['In the topics', topicsText(log, load.plannedEvents)]] : []),
    ['Throughput', `${rate(load.eventsPerSecond)}${load.pace === 'paced' ? ', as planned' : ''}`],
    [
      'Load, then drain',
      `${duration(load.loadMs)}, ${load.drainMs === null ? 'never drained' : duration(load.drainMs)}`,
    ],
    ...[stalenessText(record)].flatMap((text) => (text === undefined ? [] : [['Visible lists', text]])),
    ...publicationTexts(record).map((text) => ['Published', text]),
  ];
  const speeds = LATENCY_NAMES.flatMap((name) => {
    const one = latency[name];
    return one
      ? [[LATENCY_LABELS[name].label, duration(one.p50), duration(one.p99), duration(one.p999), duration(one.max)]]
      : [];
  });
  return [
    table(['Number', 'Value'], rows),
    table(['Latency', 'p50', 'p99', 'p99.9', 'max'], speeds),
    table(['Phase', 'Acknowledged', 'Rate', 'Send p99', 'End to end p99'], phaseRows(phases)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** With one phase, its figures are those of the whole load. */
function phaseRows(phases: readonly PhaseResult[]): Cell[][] {
  if (phases.length < 2) return [];
  const p99 = (one: LatencySummary | undefined) => (one ? duration(one.p99) : '');
  return phases.map(({ name, warmUp, acked, eventsPerSecond, latency }) => [
    warmUp ? `${name} (warm-up)` : name,
    count(acked),
    eventsPerSecond === null ? '' : rate(eventsPerSecond),
    p99(latency.send),
    p99(latency.endToEnd),
  ]);
}

function checks({ verdict }: RunRecord): string {
  const rows = verdict?.checks.map((result) => [SYMBOLS[result.outcome], result.check, result.seen, foundBy(result)]);
  return table(['Outcome', 'Check', 'Looked at', 'Found'], rows ?? []);
}

function faultTable({ faults = [] }: RunRecord): string {
  const rows = faults.map((fault) => [
    ...faultCells(fault),
    `${faultWord(fault)}: ${faultProofs(fault).join('\n') || 'nothing'}`,
  ]);
  return table([...FAULT_HEAD, 'Proof'], rows);
}

function foundBy({ outcome, reason, findings, findingCount }: CheckResult): string {
  if (outcome === 'pass') return 'nothing wrong';
  const shown = findings.slice(0, MAX_FINDINGS).map((finding) => finding.message);
  const more = findingCount - shown.length;
  return [reason, ...shown, more > 0 ? `and ${count(more)} more` : undefined].filter(Boolean).join('\n');
}

function cause(record: RunRecord): string {
  const { diagnosis } = record;
  if (!diagnosis) return '';
  const { naming, proof } = diagnosis;
  const sentences = [...namingSentences(naming), traitSentence(diagnosis) ?? ''].filter(Boolean);
  const parts = ['### Cause', ...sentences.map(escapeMarkdown)];
  if (proof) {
    const where = proof.divergence === undefined ? '' : ` Where they part: ${proof.divergence}.`;
    const rows = proof.ledger.map((row) => [isDivergence(row, proof) ? '▶' : '', ...ledgerCells(row, proof, record)]);
    parts.push(
      escapeMarkdown(`The first wrong one: ${proofSentence(proof)}.${where}`),
      table(['', ...ledgerHead(proof)], rows),
    );
  }
  return parts.join('\n\n');
}

function thresholds({ verdict }: RunRecord): string {
  const rows = verdict?.thresholds.map(({ threshold, ok, actual, unit }) => [
    ok ? '✅ met' : '❌ missed',
    threshold,
    measured(actual, unit),
  ]);
  return table(['Outcome', 'Threshold', 'Measured'], rows ?? []);
}

function shownDays({ days }: RunRecord): DayResult[] {
  if (days.length <= MAX_DAYS) return [...days];
  const wrong = days.filter((day) => compareLists(day).some((row) => !row.isSame)).slice(0, MAX_DAYS);
  return wrong.length > 0 ? wrong : days.slice(-1);
}

function dayTable(day: DayResult, record: RunRecord): string {
  const rows = compareLists(day);
  const word = differencesAreAllowed(record) ? 'differs, as unknown sends allow' : '**wrong**';
  const cells = rows.map(({ rank, found, expected, isSame, note }) => [
    rank,
    found?.articleId ?? '',
    found ? count(found.score) : '',
    expected?.articleId ?? '',
    expected ? count(expected.score) : '',
    isSame ? '✓' : `${word}: ${note}`,
  ]);
  const body = table(['Rank', 'Found', 'Score', 'Expected', 'Score', ''], cells);
  return body && `### ${dayName(day.day)}\n\n${body}`;
}

/** Texts of a scenario or a server must not become markup or links, nor break a table. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('#', '&#35;')
    .replaceAll(/\r?\n/g, '<br>');
}

/** What follows the first line of a message, such as the last lines of a log. */
/** Indented lines are commands. */
function hintText(hint = ''): string {
  const lines = hint.split('\n').map((line) => (line.startsWith(' ') ? `\`${line.trim()}\`` : escapeMarkdown(line)));
  return lines.join('\n\n');
}

function details(message = ''): string {
  const lines = message.split('\n').slice(1);
  return lines.length === 0 ? '' : `\`\`\`text\n${lines.join('\n').replaceAll('```', "'''")}\n\`\`\``;
}
