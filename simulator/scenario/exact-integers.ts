// simulator/scenario/exact-integers.ts — Keeps every digit of ids beyond 2^53 that a scenario gives as numbers; a double would lose the last ones.
import { visit } from 'jsonc-parser';

/** Puts integers that a double cannot hold between quotes. @param text JSON with comments, without errors */
export function withExactIntegers(text: string): string {
  const parts: string[] = [];
  let at = 0;
  visit(text, {
    onLiteralValue: (value, offset, length) => {
      if (typeof value !== 'number' || Number.isSafeInteger(value)) return;
      const digits = text.slice(offset, offset + length);
      if (!/^\d+$/.test(digits)) return;
      parts.push(text.slice(at, offset), `"${digits}"`);
      at = offset + length;
    },
  });
  return [...parts, text.slice(at)].join('');
}
