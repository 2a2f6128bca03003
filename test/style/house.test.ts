// test/style/house.test.ts — The rules of the house that a machine can check.
import { basename } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ProjectFile, projectFiles, withoutComments } from '../support/project-files.js';

interface HouseRule {
  readonly name: string;
  readonly of: readonly ProjectFile[];
  readonly broken: (file: ProjectFile) => boolean;
}

const LINES_MAX = 250;
// A program's entry file turns its outcome into an exit code; nothing else ends the process.
const MAY_EXIT = ['simulator/cli/main.ts', 'consumer/main.ts', 'consumer/article-read/main.ts'];

// Redis and kafkajs say in words alone what went wrong.
const READS_SENTENCES_OF_OTHERS = ['contract/kafkajs/patches.ts', 'consumer/runtime/redis-connection.ts'];

// Put together from pieces, as this file is searched too.
const OPEN_ENDS = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);
const MACHINE_PATHS = new RegExp(
  `(?<![\\w.~$}-])/(?:${['ho' + 'me/\\w', 'Us' + 'ers/\\w', 'ro' + 'ot/', 'wo' + 'rk/'].join('|')})`,
);
const REGISTRY_HOSTS = new RegExp(
  [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['repo', 'maven', 'apache', 'org'],
    ['repo1', 'maven', 'org'],
    ['pypi', 'org'],
    ['files', 'pythonhosted', 'org'],
    ['deb', 'debian', 'org'],
    ['proxy', 'golang', 'org'],
    ['static', 'crates', 'io'],
  ]
    .map((labels) => labels.join('\\.'))
    .join('|'),
);

/** They test files that are no TypeScript. */
const NOT_OF_TYPESCRIPT = ['test/consumer/dockerfile.test.ts', 'test/consumer/kubernetes.test.ts'];

const everything = projectFiles();
const code = everything.filter(({ path }) => /\.(?:ts|mjs)$/.test(path));
const programs = code.filter(({ path }) => /^(?:contract|consumer|simulator)\//.test(path));

const RULES: readonly HouseRule[] = [
  {
    name: 'a file starts with a comment of its path and what it answers for',
    of: code.filter(({ path }) => !path.endsWith('.test.ts')),
    broken: ({ path, text }) => !text.replace(/^#!.*\n/, '').startsWith(`// ${path} — `),
  },
  {
    name: 'a test file starts with a comment of its path',
    of: code.filter(({ path }) => path.endsWith('.test.ts')),
    broken: ({ path, text }) => !text.startsWith(`// ${path} — `) && !text.startsWith(`// ${path}\n`),
  },
  {
    name: `a file has at most ${LINES_MAX} lines`,
    of: code,
    broken: ({ text }) => text.trimEnd().split('\n').length > LINES_MAX,
  },
  {
    name: 'file names are kebab-case',
    of: code,
    broken: ({ path }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.(?:ts|mjs)$/.test(basename(path)),
  },
  {
    name: 'a file is named for what it does',
    of: code,
    broken: ({ path }) =>
      /(?:^|-)(?:utils?|helpers?|managers?|misc|common|index)(?:\.test)?\.(?:ts|mjs)$/.test(basename(path)),
  },
  {
    name: 'only the entry files end the process',
    of: programs.filter(({ path }) => !MAY_EXIT.includes(path)),
    broken: ({ text }) => /\bprocess\.(?:exit|abort)\(/.test(withoutComments(text)),
  },
  {
    name: 'only contract/waiting.ts sleeps and has deadlines',
    of: programs.filter(({ path }) => path !== 'contract/waiting.ts'),
    broken: ({ text }) =>
      /['"](?:node:)?timers\/promises['"]|set(?:Timeout|Immediate)\(resolve\b|performance\.now\(\) [<>]/.test(
        withoutComments(text),
      ),
  },
  {
    name: 'no comment begins with "Of"',
    of: [...code, ...everything.filter(({ path }) => path.endsWith('.lua'))],
    broken: ({ text }) => /^\s*(?:\/\/|\/?\*+|--) Of /m.test(text),
  },
  {
    name: 'properties are written out, not spread from a literal',
    of: code.filter(({ path }) => !/^test\/style\//.test(path)),
    broken: ({ text }) => /\.\.\.\{ /.test(text),
  },
  {
    name: 'programs read codes, never the names of errors or their sentences',
    of: programs.filter(({ path }) => !READS_SENTENCES_OF_OTHERS.includes(path)),
    broken: ({ text }) =>
      /\berror\.name\b|\.split\(', '\)|\b(?:message|effect)\.(?:(?:startsWith|match)\(|includes\((?!'\\n'))|\.test\((?:\w+\.)*(?:message|effect)\)/.test(
        withoutComments(text),
      ),
  },
  { name: 'nothing is left open in the code', of: everything, broken: ({ text }) => OPEN_ENDS.test(text) },
  { name: 'no file holds a path of one machine', of: everything, broken: ({ text }) => MACHINE_PATHS.test(text) },
  {
    name: 'no file names the host of a package registry',
    of: everything,
    broken: ({ text }) => REGISTRY_HOSTS.test(text),
  },
  {
    name: 'lines end with LF, and so does the file',
    of: everything,
    broken: ({ text }) => text.includes('\r\n') || /[^\n]$/.test(text),
  },
];

for (const { name, of, broken } of RULES) {
  test(name, () =>
    assert.equal(
      of.filter(broken).map(({ path }) => path),
      [],
    ),
  );
}

/** `a/b.test.ts` and `a/b-aspect.test.ts` test `a/b.ts`; a file without a test of its own is tested through its importers. */
test('a unit test is named for the source file that it tests', () => {
  const sources = new Set(programs.map(({ path }) => path.replace(/\.ts$/, '')));
  const isNamedForSource = (path: string) => {
    const words = path.slice('test/'.length, -'.test.ts'.length).split('-');
    return words.some((_, count) => sources.has(words.slice(0, count + 1).join('-')));
  };
  const strays = code
    .map(({ path }) => path)
    .filter((path) => /^test\/(?:contract|consumer|simulator)\/.*\.test\.ts$/.test(path))
    .filter((path) => !isNamedForSource(path) && !NOT_OF_TYPESCRIPT.includes(path));
  assert.equal(strays, []);
});

test('the files of the project are found', () => {
  assert.ok(everything.some(({ path }) => path === 'package.json'));
  assert.ok(everything.some(({ path }) => path === 'contract/ids.ts'));
  assert.not(everything.some(({ path }) => path.startsWith('node_modules/')));
});

test.run();
