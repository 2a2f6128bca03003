// simulator/report/print/html.ts — report.html: one file that needs no network, verdict first.
import { exitMeaning } from '../../errors.js';
import type { Chart } from '../chart.js';
import { type Block, isShown, type ReportDocument, type Section } from '../document.js';
import { blockMarkup, factMarkup } from './html-blocks.js';
import { html, type Markup, raw } from './markup.js';

/** Texts that the page carries in itself. */
export interface ReportAssets {
  readonly chartScript: string;
  readonly chartStyle: string;
  readonly script: string;
  readonly style: string;
}

/** The same document and assets give the same bytes. */
export function renderHtml(report: ReportDocument, assets: ReportAssets): string {
  const sections = report.sections.filter((section) => isShown(section, 'page'));
  const { name, identity, conclusion, warnings, numbers, simVersion } = report;
  const figures = numbers.filter((fact) => isShown(fact, 'page')).map(factMarkup);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${conclusion.word}: ${name}, ${identity.join(', ')}</title>
<style>${raw(assets.chartStyle)}${raw(assets.style)}</style>
</head>
<body>
${banner(report)}
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
<main>
${warnings.map((warning) => html`<p class="warning"><b>Warning:</b> ${warning}.</p>`)}
${figures.length === 0 ? '' : html`<dl class="figures">${figures}</dl>`}
${sections.map(sectionMarkup)}
</main>
<footer>sim ${simVersion} · ${[name, ...identity].join(' · ')}</footer>
${chartScripts(chartsIn(sections), assets)}</body>
</html>
`.markup;
}

const SYMBOLS = { good: '✓', bad: '✕', unsure: '?' } as const;

function banner({ name, identity, conclusion, exitCode, errorDetails, hint, description }: ReportDocument): Markup {
  const { word, tone, lines } = conclusion;
  const log = errorDetails === '' ? '' : html`<pre class="log">${errorDetails}</pre>`;
  return html`<header>
<p class="crumbs"><b>${name}</b> · ${identity.join(' · ')}</p>
<div class="banner ${tone}"><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span>
<div><h1>${word}</h1>${lines.map((line) => html`<p>${line}</p>`)}${log}${hint === '' ? '' : html`<p class="hint">${hint}</p>`}</div>
<p class="exit"><b>exit code ${exitCode}</b><br>${exitMeaning(exitCode)}</p></div>
<p class="description">${description}</p>
</header>`;
}

function sectionMarkup({ id, title, blocks }: Section): Markup {
  const shown = blocks.filter((block) => isShown(block, 'page'));
  return html`<section id="${id}"><h2>${title}</h2>${shown.map(blockMarkup)}</section>`;
}

function chartsIn(sections: readonly Section[]): Chart[] {
  const blocks = sections.flatMap((section): readonly Block[] => section.blocks);
  return blocks
    .flatMap((block) => (block.kind === 'charts' ? block.charts : []))
    .flatMap((place) => ('absent' in place ? [] : [place]));
}

function chartScripts(charts: readonly Chart[], assets: ReportAssets): Markup {
  return html`<noscript><p class="absent">The charts need JavaScript; their values are in series.ndjson and histograms.hlog beside this page.</p></noscript>
<script type="application/json" id="charts">${raw(jsonForScript(charts))}</script>
<script>${raw(codeForScript(assets.chartScript))}</script>
<script type="module">${raw(codeForScript(assets.script))}</script>
`;
}

/** A script element ends at the first `</script`, and a comment may hide that end. */
function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function codeForScript(code: string): string {
  return code.replaceAll(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--');
}
