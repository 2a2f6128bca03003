// simulator/report/print/terminal-layout.ts — Columns, wrapped sentences and colours of terminal texts.
import { elementAt } from '../../../contract/assert.js';

export const COLOURS = { good: 32, bad: 31, unsure: 33, soft: 2 } as const;

export type Paint = (text: string, colour: keyof typeof COLOURS) => string;

export interface TextColumn {
  readonly name: string;
  readonly isRight: boolean;
}

export function columns(head: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [head.map(({ name }) => name), ...rows];
  const widths = head.map((_, index) => Math.max(...all.map((row) => elementAt(row, index).length)));
  const cell = (text: string, index: number) =>
    elementAt(head, index).isRight ? text.padStart(elementAt(widths, index)) : text.padEnd(elementAt(widths, index));
  return all.map((row) => `    ${row.map(cell).join('  ')}`.trimEnd());
}

export function wrap(sentence: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}

/** At most `most` lines; `…` at the end says that there is more. */
export function wrapShort(sentence: string, width: number, most: number): string[] {
  const lines = wrap(sentence, width);
  if (lines.length <= most) return lines;
  const last = elementAt(lines, most - 1);
  const kept = last.length + 2 <= width ? last : last.slice(0, last.lastIndexOf(' '));
  return [...lines.slice(0, most - 1), `${kept} …`];
}
