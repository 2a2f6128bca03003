// simulator/report/print/terminal.ts — The end of `sim run` on a terminal: verdict, numbers, what is wrong, and the cause last.
import { elementAt } from '../../../contract/assert.js';
import { shortened } from '../../vocabulary/foreign-text.js';
import {
  type Block,
  cellText,
  type Heading,
  isShown,
  type ReportDocument,
  type Section,
  shownTable,
  type Table,
} from '../document.js';
import { COLOURS, columns, type Paint, wrap, wrapShort } from './terminal-layout.js';
import { visible } from './visible.js';

const WIDTH = 100;
const MAX_TEXT_LINES = 3;
/** Ids have at most 20 digits, sentences of tables some 50 letters. The other reports show more of what a consumer wrote. */
const MAX_CELL_LETTERS = 80;
/** What must be read first stands last, where the cursor is. */
const ORDER = ['latency', 'speed', 'faults', 'thresholds', 'ranking', 'checks', 'matrix', 'cause'];

export interface TerminalOptions {
  readonly color: boolean;
  /** In columns; 100 by default. */
  readonly width?: number;
}

interface Style {
  readonly paint: Paint;
  readonly width: number;
}

export function renderTerminal(report: ReportDocument, { color, width = WIDTH }: TerminalOptions): string {
  const paint: Paint = (text, colour) => (color ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text);
  const style: Style = { paint, width };
  const { word, tone, lines } = report.conclusion;
  const title = color ? `\u001b[1;${COLOURS[tone]}m${word}\u001b[0m` : word;
  const sections = ORDER.flatMap((id) => report.sections.filter((section) => section.id === id));
  const blocks = [
    [`${title}  ${visible(report.name)}`, ...lines.flatMap((line) => wrap(visible(line), width))].join('\n'),
    indented(report.errorDetails),
    hintLines(report.hint, width),
    ...report.warnings.map((warning) => paint(wrap(visible(`warning: ${warning}`), width).join('\n'), 'unsure')),
    numbers(report),
    ...sections.map((section) => sectionText(section, style)),
    report.replay === '' ? '' : `  again  ${visible(report.replay)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function indented(text: string): string {
  return text === '' ? '' : visible(text).replaceAll(/^/gm, '  ');
}

/** Indented lines are commands, which are to be copied. */
function hintLines(hint: string, width: number): string {
  const lines = hint === '' ? [] : visible(hint).split('\n');
  return lines.flatMap((line) => (line.startsWith(' ') ? `  ${line}` : wrap(line, width))).join('\n');
}

function numbers({ numbers }: ReportDocument): string {
  const rows = numbers
    .filter((fact) => isShown(fact, 'terminal'))
    .map(({ name, value, note }) => [lower(name), value ?? 'not measured', note].map(visible));
  const width = (column: number) => Math.max(0, ...rows.map((row) => elementAt(row, column).length));
  const [names, values] = [width(0), width(1)];
  return rows
    .map(([name = '', value = '', note = '']) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${note}`.trimEnd())
    .join('\n');
}

function sectionText(section: Section, style: Style): string {
  if (!isShown(section, 'terminal')) return '';
  const shown = section.blocks.filter((block) => isShown(block, 'terminal'));
  return shown
    .map((block) => blockText(block, section, style))
    .filter((part) => part !== '')
    .join('\n');
}

function blockText(block: Block, { title }: Section, { paint, width }: Style): string {
  switch (block.kind) {
    case 'text':
      return wrapShort(visible(block.text), width, MAX_TEXT_LINES).join('\n');
    case 'heading':
      return headingText(block, title, paint);
    case 'code':
      return indented(block.text);
    case 'table':
      return tableText(block, paint);
    case 'charts':
    case 'fold':
      return '';
  }
}

const MARKS = { pass: '✓', fail: '✕', unknown: '?' } as const;

/** A heading that is only a badge is told by the title of its section. */
function headingText({ text, badge }: Heading, title: string, paint: Paint): string {
  const colour = badge?.tone === 'unknown' ? 'unsure' : 'bad';
  if (badge && text === '') return `  ${paint(title.toLowerCase(), colour)}  ${visible(badge.label)}`;
  return `  ${badge ? `${paint(MARKS[badge.tone], colour)} ` : ''}${visible(text)}`;
}

function tableText(table: Table, paint: Paint): string {
  const { caption, columns: shown, rows } = shownTable(table, 'terminal');
  const head = shown.map(({ name, kind }) => ({ name: lower(name), isRight: kind === 'number' || kind === 'id' }));
  const cells = rows.map((row) => row.cells.map((cell) => shortened(visible(cellText(cell)), MAX_CELL_LETTERS)));
  const title = caption === '' ? [] : [`  ${paint(visible(caption), 'soft')}`];
  return [...title, ...columns(head, cells)].join('\n');
}

/** Names of bugs stay in capitals. */
function lower(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}
