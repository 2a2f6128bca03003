// simulator/report/markup.ts — HTML from templates in which every value is escaped unless it is markup already.

export interface Markup {
  readonly markup: string;
}
type Value = string | number | Markup | readonly Markup[];

export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: texts.map((text, index) => text + valueMarkup(values[index] ?? '')).join('') };
}

/** For texts that are known to be safe where they stand. */
export function raw(text: string): Markup {
  return { markup: text };
}

export function markup(value: Markup): string {
  return value.markup;
}

function valueMarkup(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map((item) => item.markup).join('\n');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
