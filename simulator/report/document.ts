// simulator/report/document.ts — A report as data. Sections build it from a record; printers write it as HTML, Markdown or terminal text.
import { elementAt } from '../../contract/assert.js';
import type { Outcome } from '../record/verdict-record.js';
import type { Chart } from './chart.js';

export type Medium = 'page' | 'summary' | 'terminal';

/** Where a part is shown; without `media` it is shown everywhere. */
export interface Shown {
  readonly media?: readonly Medium[];
}

export interface ReportDocument {
  readonly name: string;
  /** What tells this run from others: id, time, seed. */
  readonly identity: readonly string[];
  readonly conclusion: Conclusion;
  readonly exitCode: number;
  /** The lines after the first of the error that ended the run, such as the end of a log. */
  readonly errorDetails: string;
  readonly hint: string;
  readonly description: string;
  readonly warnings: readonly string[];
  readonly numbers: readonly Fact[];
  readonly sections: readonly Section[];
  /** The command that plays the same events again. */
  readonly replay: string;
  readonly simVersion: string;
}

/** How a run ended. */
export interface Conclusion {
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'unsure';
  /** One sentence each: what is wrong, the cause, the known deviations, what the scenario expects. */
  readonly lines: readonly string[];
}

/** A figure with its name. Null: not measured; the note says why. */
export interface Fact extends Shown {
  readonly name: string;
  readonly value: string | null;
  readonly note: string;
}

export interface Section extends Shown {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Shown &
  (
    | { readonly kind: 'text'; readonly text: string; readonly style?: 'soft' | 'absent' }
    | Heading
    | { readonly kind: 'code'; readonly text: string }
    | Table
    | { readonly kind: 'charts'; readonly charts: readonly ChartPlace[] }
    | Fold
  );

export interface Heading {
  readonly kind: 'heading';
  readonly text: string;
  readonly badge?: Badge;
}

/** Blocks that the reader can fold away. */
export interface Fold {
  readonly kind: 'fold';
  readonly title: string;
  readonly id?: string;
  readonly badge?: Badge;
  readonly isOpen: boolean;
  readonly blocks: readonly Block[];
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column extends Shown {
  readonly name: string;
  /** `short` texts are never broken. */
  readonly kind?: 'number' | 'id' | 'bar' | 'short';
}

export interface Row {
  /** One for each column. */
  readonly cells: readonly Cell[];
  /** Marks a row that is wrong, or that may be. */
  readonly tone?: Exclude<Outcome, 'pass'>;
}

/** `share` of a bar is from 0 to 1. */
export type Cell = string | Badge | Link | { readonly share: number };

export interface Link {
  readonly text: string;
  /** A fold's `#id` when the link leads inside the page, or else a file beside the report. */
  readonly link: string;
  readonly isInside: boolean;
}

export interface Badge {
  readonly tone: Outcome;
  readonly label: string;
}

/** A chart, or why there is none. */
export type ChartPlace = Chart | { readonly title: string; readonly absent: string };

export function text(words: string, media?: readonly Medium[]): Block {
  return { kind: 'text', text: words, ...shownIn(media) };
}

export function softText(words: string, media?: readonly Medium[]): Block {
  return { kind: 'text', text: words, style: 'soft', ...shownIn(media) };
}

export function absent(words: string): Block {
  return { kind: 'text', text: words, style: 'absent', media: ['page'] };
}

export function heading(words: string, badge?: Badge): Block {
  return badge ? { kind: 'heading', text: words, badge } : { kind: 'heading', text: words };
}

export function table(
  caption: string,
  columns: readonly (Column | string)[],
  rows: readonly (Row | readonly Cell[])[],
): Table {
  return {
    kind: 'table',
    caption,
    columns: columns.map((column) => (typeof column === 'string' ? { name: column } : column)),
    rows: rows.map((row) => ('cells' in row ? row : { cells: row })),
  };
}

export function numbers(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, kind: 'number' }));
}

export function only<Part extends Block | Section>(media: readonly Medium[], part: Part): Part {
  return { ...part, media };
}

export function isShown({ media }: Shown, medium: Medium): boolean {
  return media === undefined || media.includes(medium);
}

/** The columns that a medium shows, with their cells. */
export function shownTable(table: Table, medium: Medium): Table {
  const kept = table.columns.flatMap((column, index) => (isShown(column, medium) ? [index] : []));
  return {
    ...table,
    columns: kept.map((index) => elementAt(table.columns, index)),
    rows: table.rows.map((row) => ({ ...row, cells: kept.map((index) => elementAt(row.cells, index)) })),
  };
}

export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if ('label' in cell) return cell.label;
  return 'text' in cell ? cell.text : '';
}

function shownIn(media: readonly Medium[] | undefined): Shown {
  return media === undefined ? {} : { media };
}
