// simulator/judge/log/json-scan.ts — JSON text by positions: where values end and members stand, without building objects.
// Every function takes a position and returns the next one, or -1 where the text is not JSON.

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPENING_BRACKET = 91;
const BACKSLASH = 92;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
/** From an opening bracket or brace to its closing one. */
const TO_CLOSING = 2;

const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

export function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code <= SPACE && isSpace(code); code = text.charCodeAt(at)) at += 1;
  return at;
}

/** A loop, as texts may be nested deeper than calls can be. */
function endOfValue(text: string, from: number): number {
  if (!isOpening(text.charCodeAt(from))) return endOfScalar(text, from);
  const closings: number[] = [];
  let at = from;
  while (at >= 0) {
    const opening = text.charCodeAt(at);
    if (isOpening(opening)) {
      const inner = skipSpace(text, at + 1);
      if (text.charCodeAt(inner) !== opening + TO_CLOSING) {
        closings.push(opening + TO_CLOSING);
        at = opening === OPENING_BRACE ? startOfMember(text, inner) : inner;
        continue;
      }
      at = inner + 1;
    } else {
      at = endOfScalar(text, at);
    }
    at = at < 0 ? at : startOfNext(text, at, closings);
    if (closings.length === 0) return at;
  }
  return -1;
}

/** After a value: past all that it closes, to where the next value begins. */
function startOfNext(text: string, from: number, closings: number[]): number {
  let at = from;
  for (let closing = closings.at(-1); closing !== undefined; closing = closings.at(-1)) {
    at = skipSpace(text, at);
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      const next = skipSpace(text, at + 1);
      return closing === CLOSING_BRACE ? startOfMember(text, next) : next;
    }
    if (code !== closing) return -1;
    closings.pop();
    at += 1;
  }
  return at;
}

/** A member that is an object, and whose own members are wanted. */
export interface NestedMembers {
  readonly name: string;
  readonly members: Map<string, string>;
}

/**
 * Puts the text of each member's value into `members`; a repeated name has its last value.
 * @param from position of an object's opening brace
 */
export function readMembers(
  text: string,
  from: number,
  { members, nested }: { readonly members: Map<string, string>; readonly nested?: NestedMembers },
): number {
  let at = skipSpace(text, from + 1);
  if (text.charCodeAt(at) === CLOSING_BRACE) return at + 1;
  for (;;) {
    const value = startOfMember(text, at);
    if (value < 0) return -1;
    const name = unquoted(text.slice(at, endOfText(text, at)));
    const isNested = name === nested?.name && text.charCodeAt(value) === OPENING_BRACE;
    if (isNested) nested.members.clear();
    const end = isNested ? readMembers(text, value, nested) : endOfValue(text, value);
    if (end < 0) return -1;
    members.set(name, text.slice(value, end));
    at = skipSpace(text, end);
    const code = text.charCodeAt(at);
    if (code === CLOSING_BRACE) return at + 1;
    if (code !== COMMA) return -1;
    at = skipSpace(text, at + 1);
  }
}

/** @param quoted valid JSON of a text */
export function unquoted(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

/** @param from position of a member's name. @returns where its value begins */
function startOfMember(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return -1;
  const nameEnd = endOfText(text, from);
  if (nameEnd < 0) return -1;
  const colon = skipSpace(text, nameEnd);
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : -1;
}

function endOfScalar(text: string, from: number): number {
  if (text.charCodeAt(from) === QUOTE) return endOfText(text, from);
  return endOfMatch(NUMBER_OR_WORD, text, from);
}

/** @param from position of the first quote */
function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at >= 0 && at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < SPACE) return -1;
    at = code === BACKSLASH ? endOfMatch(ESCAPE, text, at) : at + 1;
  }
  return -1;
}

function endOfMatch(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  return sticky.test(text) ? sticky.lastIndex : -1;
}

function isOpening(code: number): boolean {
  return code === OPENING_BRACE || code === OPENING_BRACKET;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === 10 || code === 13 || code === 9;
}
