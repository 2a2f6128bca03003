// simulator/report/print/markup.ts — HTML from templates. Every value is escaped unless it is markup already.
import { visible } from './visible.js';

export interface Markup {
  readonly markup: string;
}
type Value = string | number | Markup | readonly Markup[];

export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: texts.map((text, index) => text + valueMarkup(values[index] ?? '')).join('') };
}

/** For texts that are known to be safe at their place. */
export function raw(text: string): Markup {
  return { markup: text };
}

function valueMarkup(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map((item) => item.markup).join('\n');
}

function escapeHtml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
