// simulator/report/print/markdown.ts — summary.md, for the page of a CI job: verdict first.
import { exitMeaning } from '../../errors.js';
import {
  type Block,
  type Cell,
  cellText,
  type Fold,
  isShown,
  type ReportDocument,
  type Section,
  shownTable,
  type Table,
} from '../document.js';
import { visible } from './visible.js';

const TONES = { good: '✅', bad: '❌', unsure: '⚠️' } as const;

export function renderMarkdown(report: ReportDocument): string {
  const { name, conclusion, exitCode, errorDetails, hint, warnings, sections, identity, replay } = report;
  const { word, tone, lines } = conclusion;
  const parts = [
    `## ${TONES[tone]} ${word}: ${escapeMarkdown(name)}`,
    lines.map(escapeMarkdown).join('<br>\n'),
    `Exit code ${exitCode}: ${exitMeaning(exitCode)}.`,
    errorDetails === '' ? '' : fenced('text', errorDetails),
    hintText(hint),
    ...warnings.map((warning) => `**Warning:** ${escapeMarkdown(warning)}.`),
    numbers(report),
    ...sections.filter((section) => isShown(section, 'summary')).map(sectionText),
    `${escapeMarkdown(identity.join(', '))}. To run it again:\n\n${fenced('sh', replay.replaceAll('\n', ' '))}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function numbers({ numbers }: ReportDocument): string {
  const rows = numbers
    .filter((fact) => isShown(fact, 'summary'))
    .map(({ name, value, note }) => [name, value ?? 'not measured', note].map(escapeMarkdown));
  return tableText(['Number', 'Value', 'What it is'], rows);
}

function sectionText({ title, blocks }: Section): string {
  const body = blocksText(blocks);
  return body === '' ? '' : `### ${escapeMarkdown(title)}\n\n${body}`;
}

/** The title of a fold says what its tables hold, so they need no caption. */
function withoutCaption(block: Block): Block {
  return block.kind === 'table' ? { ...block, caption: '' } : block;
}

function blocksText(blocks: readonly Block[]): string {
  return blocks
    .filter((block) => isShown(block, 'summary'))
    .map(blockText)
    .filter((part) => part !== '')
    .join('\n\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'heading':
      return `**${escapeMarkdown([block.badge?.label ?? '', block.text].join(' ').trim())}**`;
    case 'code':
      return fenced('text', block.text);
    case 'table':
      return captioned(block);
    case 'charts':
      return '';
    case 'fold':
      return foldText(block);
  }
}

function foldText({ title, badge, isOpen, blocks }: Fold): string {
  const name = escapeMarkdown([title, badge?.label ?? ''].join(' ').trim());
  const body = blocksText(blocks.map(withoutCaption));
  return isOpen ? `#### ${name}\n\n${body}` : `<details><summary>${name}</summary>\n\n${body}\n\n</details>`;
}

function captioned(table: Table): string {
  const { caption, columns, rows } = shownTable(table, 'summary');
  const body = tableText(
    columns.map(({ name }) => name),
    rows.map(({ cells }) => cells.map(cellMarkdown)),
  );
  return caption === '' ? body : `${escapeMarkdown(caption)}\n\n${body}`;
}

/** Places inside a report have no address in Markdown; files beside it do. */
function cellMarkdown(cell: Cell): string {
  const words = escapeMarkdown(cellText(cell));
  return typeof cell === 'object' && 'link' in cell && !cell.isInside ? `[${words}](${cell.link})` : words;
}

/** @param rows cells that are Markdown already */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head.map(escapeMarkdown)), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Texts of a scenario or a server must not become markup or links, nor break a table. */
function escapeMarkdown(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('#', '&#35;')
    .replaceAll('\n', '<br>');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${visible(text).replaceAll('```', "'''")}\n\`\`\``;
}

/** Indented lines are commands. */
function hintText(hint: string): string {
  const lines = hint.split('\n').map((line) => {
    return line.startsWith(' ') ? `\`${visible(line.trim())}\`` : escapeMarkdown(line);
  });
  return lines.join('\n\n');
}
