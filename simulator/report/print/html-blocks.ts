// simulator/report/print/html-blocks.ts — The parts of a report's document as HTML.
import { elementAt } from '../../../contract/assert.js';
import {
  type Badge,
  type Block,
  type Cell,
  type ChartPlace,
  type Column,
  cellText,
  type Fact,
  type Fold,
  isShown,
  type Row,
  shownTable,
  type Table,
} from '../document.js';
import { html, type Markup } from './markup.js';

export function factMarkup({ name, value, note }: Fact): Markup {
  const shown = value === null ? html`<dd class="none">not measured</dd>` : html`<dd>${value}</dd>`;
  return html`<div><dt>${name}</dt>${shown}<dd class="note">${note}</dd></div>`;
}

export function blockMarkup(block: Block): Markup {
  switch (block.kind) {
    case 'text':
      return html`<p class="${block.style ?? 'words'}">${lines(block.text)}</p>`;
    case 'heading':
      return html`<h3 class="head">${block.badge ? badge(block.badge) : ''} ${block.text}</h3>`;
    case 'code':
      return html`<pre><code>${block.text}</code></pre>`;
    case 'table':
      return tableMarkup(block);
    case 'charts':
      return html`<div class="${block.charts.length > 1 ? 'pair' : 'single'}">${block.charts.map(chartFigure)}</div>`;
    case 'fold':
      return fold(block);
  }
}

function lines(text: string): Markup[] {
  return text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`));
}

function badge({ tone, label }: Badge): Markup {
  return html`<span class="badge ${tone}">${label}</span>`;
}

function fold({ title, id, badge: mark, isOpen, blocks }: Fold): Markup {
  const name = id === undefined ? '' : html` id="${id}"`;
  const shown = blocks.filter((block) => isShown(block, 'page')).map(blockMarkup);
  return html`<details${name}${isOpen ? html` open` : ''}><summary><b>${title}</b> ${mark ? badge(mark) : ''}</summary>${shown}</details>`;
}

/** A narrow screen stacks the cells of a row, each with the name of its column. A wide table scrolls, so the keyboard must reach it. */
function tableMarkup(table: Table): Markup {
  const { caption, columns, rows } = shownTable(table, 'page');
  const heads = columns.map((column) => html`<th scope="col"${className(column)}>${column.name}</th>`);
  const body = rows.map((row) => rowMarkup(row, columns));
  return html`<div class="wide" tabindex="0" role="group" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

const ROW_CLASSES = { fail: 'wrong', unknown: 'differs' } as const;

function rowMarkup({ cells, tone }: Row, columns: readonly Column[]): Markup {
  const marked = tone === undefined ? '' : html` class="${ROW_CLASSES[tone]}"`;
  return html`<tr${marked}>${cells.map((cell, index) => cellMarkup(cell, elementAt(columns, index), index))}</tr>`;
}

function cellMarkup(cell: Cell, column: Column, index: number): Markup {
  const attributes = html`${className(column)} data-column="${column.name}"`;
  if (index === 0 && typeof cell === 'string') return html`<th scope="row"${attributes}>${lines(cell)}</th>`;
  return html`<td${attributes}>${content(cell)}</td>`;
}

function className({ kind }: Column): Markup {
  return kind === undefined ? html`` : html` class="${kind}"`;
}

function content(cell: Cell): Markup | Markup[] {
  if (typeof cell === 'string') return lines(cell);
  if ('label' in cell) return badge(cell);
  if ('share' in cell) return html`<span style="width:${(100 * cell.share).toFixed(1)}%"></span>`;
  return html`<a href="${cell.link}">${cellText(cell)}</a>`;
}

function chartFigure(place: ChartPlace): Markup {
  if ('absent' in place) {
    return html`<figure><figcaption><b>${place.title}</b></figcaption><p class="absent">${place.absent}</p></figure>`;
  }
  return html`<figure><figcaption><b>${place.title}</b> ${place.note}</figcaption><div class="chart" id="chart-${place.id}" role="img" aria-label="${place.title}: ${place.note}"></div></figure>`;
}
