// simulator/scenario/exact-integers.ts — Lets ids beyond 2^53 be written as numbers in a scenario, as in records. A double would lose their last digits.
import { visit } from 'jsonc-parser';

/** The text with every integer that a double cannot hold between quotes. @param text JSON with comments, without errors */
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
