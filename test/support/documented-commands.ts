// test/support/documented-commands.ts — The `sim` commands that documents name, as arguments.
import { codeIn } from './prose.js';

/** `./sim run a.json --set 'b=[1]'   # why` -> run, a.json, --set, b=[1]; texts without a command after `sim` are none. */
export function simCommandsIn(markdown: string): readonly (readonly string[])[] {
  return codeIn(markdown).flatMap((code) => {
    const [, line] = /^(?:- run: )?(?:\.\/)?sim ([a-z].*)$/.exec(code.trim()) ?? [];
    return line === undefined ? [] : [words(line)];
  });
}

/** Options that stand alone, such as `--set path=value`. */
export function optionsIn(markdown: string): readonly string[] {
  return codeIn(markdown).flatMap((code) => /^--[a-z][a-z-]*/.exec(code) ?? []);
}

/** As a shell takes them: quotes hold words together, and a comment ends the line. */
function words(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (word.startsWith('#') || word === '|' || word === '>') break;
    found.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return found;
}
