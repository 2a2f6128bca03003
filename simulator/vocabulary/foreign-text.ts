// simulator/vocabulary/foreign-text.ts — The words of others, such as what a consumer writes: cut where they come in, so that they fill neither memory, record nor report.

/** No id has more than 20 digits. */
export const MAX_FOREIGN_LETTERS = 200;
/** Lines of logs and of errors say more than a value. */
export const MAX_LINE_LETTERS = 1000;

/** A value that another program made. */
export function foreignText(text: string): string {
  return shortened(text, MAX_FOREIGN_LETTERS);
}

/** Several lines, each of which may be long. */
export function foreignLines(text: string): string {
  return text
    .split('\n')
    .map((line) => shortened(line, MAX_LINE_LETTERS))
    .join('\n');
}

/** Any value as JSON with at most so many letters; what no JSON can hold, such as lists of a great depth, by its kind. */
export function shortJson(value: unknown, maxLetters: number): string {
  try {
    return shortened(JSON.stringify(value) ?? String(value), maxLetters);
  } catch {
    return Array.isArray(value) ? '[…]' : '{…}';
  }
}

/** A text with at most so many letters. One that was cut says so by its last. */
export function shortened(text: string, maxLetters: number): string {
  return text.length > maxLetters ? `${text.slice(0, maxLetters - 1)}…` : text;
}
