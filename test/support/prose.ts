// test/support/prose.ts — Markdown -> the sentences that a person reads in it, and what its code names.

export interface Sentence {
  readonly text: string;
  readonly words: number;
}

export interface Prose {
  /** Sentences of paragraphs and lists. */
  readonly sentences: readonly Sentence[];
  /** Cells of tables that people wrote. */
  readonly cells: readonly Sentence[];
}

const GENERATED = /<!-- generated: ([\w-]+) -->[\s\S]*?<!-- \/generated: \1 -->/g;
const FENCED = /^( *)```[\s\S]*?^\1```/gm;
const LIST_ITEM = /^\s*(?:[-*]|\d+\.)\s+/;
/** A word in bold that stands before a paragraph is no sentence. */
const LABEL = /^\*\*\w+\.\*\*\s*/;
/** What comes after the end of a sentence. */
const NEXT = /(?<=[.?!]["”)*]*)\s+(?=["“(*]*[A-Z`[\d])/;

/** Leaves out code blocks, headings, and what is written by programs. */
export function proseOf(markdown: string): Prose {
  const lines = withoutCode(markdown.replaceAll(GENERATED, ''))
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .split('\n');
  const blocks: string[] = [];
  const cells: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.startsWith('|')) {
      if (!/^\|[-| :]+\|$/.test(line)) cells.push(...line.split('|'));
      isOpen = false;
    } else if (line.trim() === '' || /^#{1,6} /.test(line)) isOpen = false;
    else if (isOpen && !LIST_ITEM.test(line)) blocks.push(`${blocks.pop()} ${line.trim()}`);
    else {
      blocks.push(line.replace(LIST_ITEM, '').trim());
      isOpen = true;
    }
  }
  return { sentences: blocks.flatMap(sentencesOf), cells: cells.flatMap(sentencesOf) };
}

function sentencesOf(block: string): Sentence[] {
  const read = block
    .replace(LABEL, '')
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/`[^`]*`/g, '`code`');
  return read
    .split(NEXT)
    .map((text) => ({ text: text.trim(), words: wordsIn(text) }))
    .filter(({ words }) => words > 0);
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export function meanWords(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { words }) => sum + words, 0) / Math.max(1, sentences.length);
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(FENCED, '');
}

/** The texts in backticks, and the lines of code blocks. */
export function codeIn(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(FENCED)].flatMap(([block]) => block.split('\n').slice(1, -1));
  const spans = [...withoutCode(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...spans];
}

/** Where links of a page lead, but for those to other sites. */
export function linksIn(markdown: string): readonly { readonly path: string; readonly anchor: string }[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return { path, anchor };
    });
}

/** As GitHub makes them from headings. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const headings = [...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
