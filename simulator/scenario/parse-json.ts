// simulator/scenario/parse-json.ts — The text of a file -> its content, as JSON with comments; or what is wrong with the text.
import { createScanner, type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';
import { withExactIntegers } from './exact-integers.js';

/** Scenarios nest some six levels. A parser that calls itself would run out of stack at some thousands. */
export const MAX_DEPTH = 100;
const EMPTY_HINT = 'is empty; scenarios/smoke.json is a small one to start from';
const OPTIONS = { allowTrailingComma: true };

export type ParsedJson = { readonly content: object } | { readonly problems: readonly string[] };

/** The content is an object: files of sim hold fields. */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') return { problems: [EMPTY_HINT] };
  const deep = lineOfDepth(text);
  if (deep !== undefined) return { problems: [`line ${deep}: is nested deeper than ${MAX_DEPTH} levels`] };
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, OPTIONS);
  // Later errors are mostly consequences of the first.
  const [first] = errors;
  if (first) return { problems: [`${placeAt(text, first.offset)}: not JSON: ${inWords(first)}`] };
  const problems = problemsOfTokens(text);
  if (problems.length > 0) return { problems };
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { problems: [`expected an object with fields, { ... }, found ${kindOf(content)}`] };
  }
  const exact = withExactIntegers(text);
  const kept: object = exact === text ? content : parse(exact, [], OPTIONS);
  return { content: kept };
}

/** The line in which the limit is passed. */
export function lineOfDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = scanner.getTokenLength() === 1 ? (text[scanner.getTokenOffset()] ?? '') : '';
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenStartLine() + 1;
  }
  return undefined;
}

/** What JSON allows, and what would be lost without a word: the first of two equal keys, huge numbers, `__proto__`. */
function problemsOfTokens(text: string): string[] {
  const problems: string[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, _offset, _length, line) => {
      const keys = open.at(-1);
      if (key === '__proto__') problems.push(`line ${line + 1}: the key "__proto__" cannot be used`);
      if (keys?.has(key)) problems.push(`line ${line + 1}: the key "${key}" is given twice`);
      keys?.add(key);
    },
    onLiteralValue: (value, offset, length, line) => {
      if (typeof value !== 'number' || Number.isFinite(value)) return;
      problems.push(
        `line ${line + 1}: ${text.slice(offset, offset + length)} is larger than any number that can be held`,
      );
    },
  });
  return problems;
}

function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** `CloseBraceExpected` -> `close brace expected`. */
function inWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])[A-Z]/g, ' $&')
    .replaceAll(/[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

function kindOf(content: unknown): string {
  if (content === null) return 'null';
  return Array.isArray(content) ? 'a list' : `a ${typeof content === 'string' ? 'text' : typeof content}`;
}
