// simulator/report/terminal.ts — The end of `sim run` on a terminal: verdict, then numbers, then what is wrong.
import type { LatencySummary, RunRecord } from '../record/run-record.js';
import { conclusionOf, replayCommand } from './conclusion.js';
import { bytes, count, duration, rate } from './format.js';

const COLOURS = { good: 32, bad: 31, unsure: 33 } as const;
const MOST_LINES = 10;

export interface TerminalOptions {
  readonly color: boolean;
}

export function renderTerminal(record: RunRecord, { color }: TerminalOptions): string {
  const { word, tone, sentence } = conclusionOf(record);
  const verdict = color ? `\u001b[1;${COLOURS[tone]}m${word}\u001b[0m` : word;
  const blocks = [`${verdict}  ${sentence}`, numbers(record), list(record), findings(record)];
  if (record.error?.hint) blocks.push(`  ${record.error.hint}`);
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function numbers({ load, latency = {}, servers }: RunRecord): string {
  if (!load) return '';
  const rows: [string, string][] = [
    [
      'events',
      `${count(load.ok)} acknowledged of ${count(load.plannedEvents)}, ${count(load.fail)} failed, ${count(load.info)} unknown`,
    ],
    [
      'throughput',
      `${rate(load.eventsPerSecond)} from the first event to lag 0${load.pace === 'paced' ? ' (paced)' : ''}`,
    ],
    [
      'load',
      `${duration(load.loadMs)}, then ${load.drainMs === null ? 'never drained' : `drained in ${duration(load.drainMs)}`}`,
    ],
    ['send', percentiles(latency.send)],
    ['end to end', percentiles(latency.endToEnd)],
    ['script', percentiles(latency.apply)],
    ['memory', `${bytes(load.harnessRssBytesMax)} at most in sim`],
    ['kafka', servers ? `${servers.kafka.mode} ${servers.kafka.version ?? ''}`.trim() : ''],
    ['redis', servers ? `${servers.redis.mode} ${servers.redis.version ?? ''}`.trim() : ''],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name.padEnd(11)} ${value}`)
    .join('\n');
}

function percentiles(latency: LatencySummary | undefined): string {
  if (!latency) return '';
  const { p50, p99, p999, max } = latency;
  return `p50 ${duration(p50)}, p99 ${duration(p99)}, p99.9 ${duration(p999)}, max ${duration(max)}`;
}

/** The last day's list beside the oracle's. */
function list({ days }: RunRecord): string {
  const day = days.at(-1);
  if (!day) return '';
  const rows = Math.min(MOST_LINES, Math.max(day.found.length, day.expected.length));
  const lines = Array.from({ length: rows }, (_, index) => {
    const found = day.found[index];
    const expected = day.expected[index];
    const cell = (row: { articleId: string; score: number } | undefined) =>
      row ? `${row.articleId.padStart(19)} ${count(row.score).padStart(9)}` : ' '.repeat(29);
    const same = found?.articleId === expected?.articleId && found?.score === expected?.score;
    return `  ${String(index + 1).padStart(2)} ${cell(found)}  ${same ? '=' : '≠'} ${cell(expected)}`;
  });
  return [`  top of ${day.day}: found, and expected`, ...lines].join('\n');
}

function findings(record: RunRecord): string {
  const wrong = record.verdict?.checks.filter((check) => check.outcome !== 'pass') ?? [];
  const lines = wrong.flatMap((check) => [
    `  ${check.check}: ${check.outcome}${check.reason ? `, ${check.reason}` : ''}`,
    ...check.findings.slice(0, MOST_LINES).map((finding) => `    ${finding.message}`),
    ...(check.findingCount > MOST_LINES ? [`    and ${count(check.findingCount - MOST_LINES)} more`] : []),
  ]);
  if (lines.length > 0) lines.push(`  again: ${replayCommand(record)}`);
  return lines.join('\n');
}
