// test/support/generated-parts.ts — Parts of a page that programs write, between `<!-- generated: NAME -->` and `<!-- /generated: NAME -->`.
import { readFileSync, writeFileSync } from 'node:fs';

const begin = (name: string) => `<!-- generated: ${name} -->\n`;
const end = (name: string) => `<!-- /generated: ${name} -->`;

/** What stands between the marks, without the last line break. @throws Error when the page has no such part */
export function partOf(page: string, name: string): string {
  return split(page, name).part.replace(/\n$/, '');
}

/** The page with another text between the marks. @throws Error when the page has no such part */
export function withPart(page: string, name: string, text: string): string {
  const { before, after } = split(page, name);
  return `${before}${text === '' ? '' : `${text}\n`}${after}`;
}

export function writePart(file: string, name: string, text: string): void {
  writeFileSync(file, withPart(readFileSync(file, 'utf8'), name, text));
}

function split(page: string, name: string) {
  const from = page.indexOf(begin(name)) + begin(name).length;
  const to = page.indexOf(end(name));
  if (from < begin(name).length || to < from) {
    throw new Error(`expected ${begin(name).trim()} and then ${end(name)} in the page, and did not find them`);
  }
  return { before: page.slice(0, from), part: page.slice(from, to), after: page.slice(to) };
}
