// simulator/report/terminal-layout.ts — Columns, wrapped sentences and colours of the terminal's texts.

export const COLOURS = { good: 32, bad: 31, unsure: 33, soft: 2 } as const;

export type Paint = (text: string, colour: keyof typeof COLOURS) => string;

export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = head.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, index) => cell[index === 0 ? 'padEnd' : 'padStart'](widths[index] ?? 0)).join('  ');
  return [head, ...rows].map((row) => `    ${line(row)}`);
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

/** The first lines, of which the last tells that there is more. */
export function wrapShort(sentence: string, width: number, most: number): string[] {
  const lines = wrap(sentence, width);
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  const kept = last.length + 2 <= width ? last : last.slice(0, last.lastIndexOf(' '));
  return [...lines.slice(0, most - 1), `${kept} …`];
}
