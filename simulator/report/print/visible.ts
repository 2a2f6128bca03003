// simulator/report/print/visible.ts — Shows characters that would act instead of being read: control characters and bidirectional marks.

/** Line feeds and tabs stay. Everything else that moves a cursor, hides text or turns its direction becomes `\u{1b}`. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff\ufffe\uffff]/gu, (character) =>
    character === '\n' || character === '\t' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
