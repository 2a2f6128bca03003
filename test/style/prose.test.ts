// test/style/prose.test.ts — Documents are plain English, and the files, links and commands that they name exist.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { projectFiles } from '../support/project-files.js';
import { anchorsIn, codeIn, linksIn, meanWords, proseOf } from '../support/prose.js';

const MAX_WORDS = 35;
const MAX_MEAN_WORDS = 17;
const MAX_LINES: Readonly<Record<string, number>> = { 'README.md': 200, 'ARCHITECTURE.md': 90 };

/** What a reader is told to write, and what stands for any file. */
const NO_FILES = ['scenarios/my-day.json', 'simulator/a/b.ts', 'test/simulator/a/b.test.ts'];
const OUR_PATH =
  /(?<![\w./<{-])(?:simulator|consumer|contract|test|bench|scripts|docs|suts|scenarios|examples|kafka|\.github)\/[\w./-]*[\w/]/g;

const documents = projectFiles().filter(({ path }) =>
  /^(?:README|ARCHITECTURE|CONTRIBUTING)\.md$|^docs\/.*\.md$/.test(path),
);

test('the documents are found', () => {
  for (const path of ['README.md', 'docs/scenarios.md', 'docs/decisions/002-lanes.md'])
    assert.ok(
      documents.some((document) => document.path === path),
      path,
    );
});

test(`no sentence has more than ${MAX_WORDS} words`, () => {
  const long = documents.flatMap(({ path, text }) => {
    const { sentences, cells } = proseOf(text);
    return [...sentences, ...cells]
      .filter(({ words }) => words > MAX_WORDS)
      .map((sentence) => `${path}: ${sentence.words} words: ${sentence.text}`);
  });
  assert.equal(long, []);
});

test(`the sentences of a document have at most ${MAX_MEAN_WORDS} words on average`, () => {
  const heavy = documents
    .map(({ path, text }) => ({ path, mean: meanWords(proseOf(text).sentences) }))
    .filter(({ mean }) => mean > MAX_MEAN_WORDS);
  assert.equal(heavy, []);
});

test('no line and no sentence begins with "Of"', () => {
  const found = documents.flatMap(({ path, text }) => [
    ...text.split('\n').filter((line) => /^(?:[-*>|\s]|\d+\.)*Of /.test(line)),
    ...proseOf(text)
      .sentences.filter(({ text: sentence }) => sentence.startsWith('Of '))
      .map((sentence) => `${path}: ${sentence.text}`),
  ]);
  assert.equal(found, []);
});

test('README and ARCHITECTURE are short', () => {
  for (const [path, max] of Object.entries(MAX_LINES)) {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
    assert.ok(lines <= max, `${path} has ${lines} lines, and at most ${max} are allowed`);
  }
});

test('every link inside the project leads somewhere', () => {
  const broken = documents.flatMap(({ path, text }) =>
    linksIn(text).flatMap((link) => {
      const target = link.path === '' ? path : normalize(join(dirname(path), link.path));
      if (!existsSync(target)) return [`${path}: ${target} does not exist`];
      if (link.anchor === '' || anchorsIn(readFileSync(target, 'utf8')).has(link.anchor)) return [];
      return [`${path}: ${target} has no heading #${link.anchor}`];
    }),
  );
  assert.equal(broken, []);
});

test('every file that a document names exists', () => {
  const missing = documents.flatMap(({ path, text }) =>
    codeIn(text)
      .flatMap((code) => [...code.matchAll(OUR_PATH)].map(([named]) => named))
      .filter((named) => !NO_FILES.includes(named) && !existsSync(named))
      .map((named) => `${path}: ${named}`),
  );
  assert.equal([...new Set(missing)], []);
});

test('sentences are counted without code, tables of programs, and headings', () => {
  const markdown = [
    '# A heading is none',
    '',
    '**Label.** One two three. Four `a b c` five?',
    '',
    '- A point',
    '  goes on.',
    '',
    '```sh',
    'not counted. At all.',
    '```',
    '',
    '| cell one | two words |',
    '|---|---|',
    '<!-- generated: x -->',
    'Written by a program.',
    '<!-- /generated: x -->',
  ].join('\n');
  assert.equal(proseOf(markdown), {
    sentences: [
      { text: 'One two three.', words: 3 },
      { text: 'Four `code` five?', words: 3 },
      { text: 'A point goes on.', words: 4 },
    ],
    cells: [
      { text: 'cell one', words: 2 },
      { text: 'two words', words: 2 },
    ],
  });
  assert.is(meanWords(proseOf(markdown).sentences), 10 / 3);
});

test('links, anchors and code of a page are found', () => {
  const markdown = "# What's `new` here?\n[a](b.md#c) [d](https://e.f) `g`\n```sh\n./sim run h\n```\n";
  assert.equal(linksIn(markdown), [{ path: 'b.md', anchor: 'c' }]);
  assert.equal([...anchorsIn(markdown)], ['whats-new-here']);
  assert.equal(codeIn(markdown), ['./sim run h', 'new', 'g']);
});

test.run();
