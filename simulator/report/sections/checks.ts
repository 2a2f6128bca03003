// simulator/report/sections/checks.ts — The checks: those that did not pass first, with their findings; the passed ones folded.
import { elementAt } from '../../../contract/assert.js';
import type { RunRecord } from '../../record/run-record.js';
import type { CheckResult, Finding, Outcome } from '../../record/verdict-record.js';
import {
  absent,
  type Badge,
  type Block,
  type Cell,
  heading,
  numbers,
  only,
  type Section,
  softText,
  table,
  text,
} from '../document.js';
import { count, dayName, plural } from '../format.js';

/** The first findings say what is wrong. The others help those who look for one article. */
const OPEN_FINDINGS = 5;
const MAX_TERMINAL_FINDINGS = 6;
const LABELS: Readonly<Record<Outcome, string>> = { pass: '✓ pass', fail: '✕ fail', unknown: '? unknown' };

export function checksSection({ verdict, error }: RunRecord): Section {
  const section = { id: 'checks', title: 'Checks' };
  if (!verdict) {
    // The banner has the first line only.
    const whole: Block[] = error?.message.includes('\n')
      ? [{ kind: 'code', text: error.message, media: ['page'] }]
      : [];
    return { ...section, blocks: [absent('Nothing was judged: the run did not get that far.'), ...whole] };
  }
  const { checks } = verdict;
  const passed = checks.filter(({ outcome }) => outcome === 'pass');
  const wrong = checks.filter(({ outcome }) => outcome !== 'pass');
  const shares = terminalShares(wrong);
  const blocks = wrong.flatMap((check, index) => checkBlocks(check, elementAt(shares, index)));
  return { ...section, blocks: [...blocks, ...passedBlocks(passed, checks.length)] };
}

/** Each check first gets one of the findings that the terminal has room for; the first checks get the rest. */
function terminalShares(checks: readonly CheckResult[]): number[] {
  let room = MAX_TERMINAL_FINDINGS - checks.filter(({ findings }) => findings.length > 0).length;
  return checks.map(({ findings }) => {
    const more = Math.min(Math.max(0, room), Math.max(0, findings.length - 1));
    room -= more;
    return Math.min(findings.length, 1 + more);
  });
}

function outcomeBadge(outcome: Outcome): Badge {
  return { tone: outcome, label: LABELS[outcome] };
}

/** @param terminalFindings how many of its findings the terminal has room for */
function checkBlocks(result: CheckResult, terminalFindings: number): Block[] {
  const { check, outcome, seen, reason, findingCount } = result;
  const found = findingCount > 0 ? `: ${plural(findingCount, 'finding')}` : '';
  return [
    heading(`${check}${found}`, outcomeBadge(outcome)),
    ...(reason === undefined ? [] : [text(reason)]),
    softText([`Looked at: ${seen}`, ...needLines(result)].join('\n'), ['page', 'summary']),
    ...(findingCount > 0 ? [...fullFindings(result), ...terminalBlocks(result, terminalFindings)] : []),
  ];
}

/** What a check must have seen in order to decide. */
function needLines({ needs = [] }: CheckResult): string[] {
  return needs.map(({ text, wasSeen }) => `${wasSeen ? '✓ seen' : '✕ not seen'}: ${text}`);
}

function fullFindings({ check, findings, findingCount }: CheckResult): Block[] {
  const rest = findings.slice(OPEN_FINDINGS);
  const unrecorded = findingCount - findings.length;
  const first = findingTable(`${plural(findingCount, 'finding')} of ${check}`, findings.slice(0, OPEN_FINDINGS));
  const further: Block = {
    kind: 'fold',
    title: `${plural(rest.length, 'further finding')} of ${check}`,
    isOpen: false,
    blocks: [findingTable(`Further findings of ${check}`, rest)],
    media: ['page', 'summary'],
  };
  return [
    only(['page', 'summary'], first),
    ...(rest.length > 0 ? [further] : []),
    ...(unrecorded > 0
      ? [text(`${count(unrecorded)} more of the same check were not recorded.`, ['page', 'summary'])]
      : []),
  ];
}

function findingTable(caption: string, findings: readonly Finding[]): Block {
  return table(
    caption,
    [{ name: 'Day', kind: 'short' }, 'What is wrong', ...numbers('Expected', 'Found')],
    findings.map(findingCells),
  );
}

function findingCells({ day, message, expected, found }: Finding): Cell[] {
  return [
    day === undefined ? '–' : { text: dayName(day), link: `#day-${day}`, isInside: true },
    message,
    value(expected),
    value(found),
  ];
}

function value(one: string | number | undefined): string {
  return typeof one === 'number' ? count(one) : (one ?? '–');
}

/** Rows of a list as a table, any other finding as its sentence. */
function terminalBlocks({ findings, findingCount }: CheckResult, most: number): Block[] {
  const shown = findings.slice(0, most);
  const rows = shown.filter(isRow);
  const rest = shown.filter((finding) => !isRow(finding));
  const left = findingCount - shown.length;
  const cells = rows.map(({ day = '', articleId = '', expected, found }) => [
    dayName(day),
    articleId,
    value(expected),
    value(found),
  ]);
  const list = table('', ['Day', { name: 'Article', kind: 'id' }, ...numbers('Expected', 'Found')], cells);
  return [
    ...(rows.length > 0 ? [only(['terminal'], list)] : []),
    ...rest.map(({ message }) => text(message, ['terminal'])),
    ...(left > 0 ? [text(`and ${count(left)} more`, ['terminal'])] : []),
  ];
}

function isRow({ articleId, expected, found }: Finding): boolean {
  return articleId !== undefined && expected !== undefined && found !== undefined;
}

function passedBlocks(passed: readonly CheckResult[], all: number): Block[] {
  if (passed.length === 0) return [];
  const rows = passed.map((check) => [
    outcomeBadge(check.outcome),
    check.check,
    [check.seen, ...needLines(check)].join('\n'),
  ]);
  const title = `${passed.length} of ${plural(all, 'check')} passed`;
  const body = table(title, ['Outcome', { name: 'Check', kind: 'short' }, 'Looked at'], rows);
  return [{ kind: 'fold', title, isOpen: false, blocks: [body], media: ['page', 'summary'] }];
}
