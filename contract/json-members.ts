// contract/json-members.ts — Where the members of an object stand in JSON text, for numbers that a double would round.

/**
 * Position of each member's value. A repeated name has its last value, as with JSON.parse.
 * @param text valid JSON
 * @param at position of the object's opening brace
 */
export function memberPositions(text: string, at: number): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  let next = skipSpace(text, at + 1);
  while (text.charCodeAt(next) === QUOTE) {
    const nameEnd = afterString(text, next);
    const name = nameOf(text.slice(next, nameEnd));
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    positions.set(name, value);
    next = skipSpace(text, afterValue(text, value));
    if (text.charCodeAt(next) === COMMA) next = skipSpace(text, next + 1);
  }
  return positions;
}

/** The digits of the number at a position; '' when a sign, a fraction or an exponent belongs to it. */
export function digitsAt(text: string, at: number): string {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return isEnd(text.charCodeAt(end)) ? text.slice(at, end) : '';
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return at;
}

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const OPENING_BRACKET = 91;
const BACKSLASH = 92;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** @param quoted with its quotes */
function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function afterValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return afterString(text, from);
  if (first === OPENING_BRACE || first === OPENING_BRACKET) return afterNested(text, from);
  let at = from;
  while (!isEnd(text.charCodeAt(at))) at += 1;
  return at;
}

/** A loop, as texts may be nested deeper than calls can be. */
function afterNested(text: string, from: number): number {
  let at = from;
  let depth = 0;
  do {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at);
      continue;
    }
    if (code === OPENING_BRACE || code === OPENING_BRACKET) depth += 1;
    else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}

function afterString(text: string, from: number): number {
  let at = from + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) at += code === BACKSLASH ? 2 : 1;
  return at + 1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a number or a word ends before this character. */
function isEnd(code: number): boolean {
  return code <= SPACE || code === COMMA || code === CLOSING_BRACE || code === CLOSING_BRACKET;
}
