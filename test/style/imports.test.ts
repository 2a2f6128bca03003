// test/style/imports.test.ts — Who may import whom, which folders are pure, and that no imports form a cycle.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cyclesIn, type Import, importsOf } from '../support/imports.js';
import { projectFiles, withoutComments } from '../support/project-files.js';

/** From top to bottom: a file imports from its own folder and from those below it, and never upwards. */
const ORDER = [
  'simulator/cli/',
  'simulator/simulate/',
  'simulator/run/',
  'simulator/extract/',
  'simulator/report/',
  'simulator/judge/',
  'simulator/observe/',
  'simulator/fault/',
  'simulator/sut/',
  'simulator/produce/',
  'simulator/record/',
  'simulator/history/',
  'simulator/infra/',
  'simulator/workload/',
  'simulator/scenario/',
  'simulator/vocabulary/',
  'simulator/errors.ts',
  'consumer/main.ts',
  'consumer/healthcheck.ts',
  'consumer/article-read/',
  'consumer/service.ts',
  'consumer/event-service.ts',
  'consumer/process.ts',
  'consumer/http/',
  'consumer/publishing/',
  'consumer/reading/',
  'consumer/applying/',
  'consumer/runtime/',
  'consumer/settings/',
  'contract/',
] as const;

/** The consumer can be deployed alone, and only the simulated tier, which hosts it, may know it. */
const MAY_IMPORT_CONSUMER = 'simulator/simulate/';

const PURE_FOLDERS = ['simulator/workload/', 'simulator/judge/', 'simulator/report/', 'simulator/history/'];
const IMPURE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|\bperformance\.|['"](?:node:)?(?:fs|net|child_process|os|https?|timers|worker_threads)(?:\/[^'"]*)?['"]/g;

const everything = projectFiles().filter(({ path }) => path.endsWith('.ts'));
const sources = everything.filter(({ path }) => /^(?:contract|consumer|simulator)\//.test(path));

test('every source lies in a folder of the order', () => {
  assert.equal(
    sources.filter(({ path }) => floorOf(path) < 0).map(({ path }) => path),
    [],
  );
});

test('a file imports only from its own folder and from those below it', () => {
  const broken = sources.flatMap(importsOf).filter(({ from, to }) => floorOf(to) < floorOf(from));
  assert.equal(broken.map(arrow), []);
});

test('only the simulated tier imports the consumer', () => {
  const broken = sources
    .flatMap(importsOf)
    .filter(({ from, to }) => from.startsWith('simulator/') && to.startsWith('consumer/'))
    .filter(({ from }) => !from.startsWith(MAY_IMPORT_CONSUMER));
  assert.equal(broken.map(arrow), []);
});

test('no imports form a cycle', () => {
  assert.equal(cyclesIn(everything.flatMap(importsOf)), []);
});

test('pure folders use no clock, chance, environment or I/O', () => {
  const pure = sources.filter(({ path }) => PURE_FOLDERS.some((folder) => path.startsWith(folder)));
  const impure = pure.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(IMPURE)].map(([found]) => `${path}: ${found}`),
  );
  assert.equal(impure, []);
});

test('a cycle is found, also one of types', () => {
  const files = [
    { path: 'a/x.ts', text: "import type { Y } from '../b/y.js';\n" },
    { path: 'b/y.ts', text: "export {\n  type X,\n} from '../a/x.js';\nimport { readFile } from 'node:fs';\n" },
  ];
  assert.equal(files.flatMap(importsOf), [
    { from: 'a/x.ts', to: 'b/y.ts', typeOnly: true },
    { from: 'b/y.ts', to: 'a/x.ts', typeOnly: true },
  ]);
  assert.equal(cyclesIn(files.flatMap(importsOf)), ['a/x.ts -> b/y.ts -> a/x.ts']);
});

test('bare and dynamic imports are seen, and comments are not', () => {
  const text =
    "import './side.js';\nconst m = await import('./lazy.js');\n// import('./no.js')\n * import('./no.js')\n";
  assert.equal(
    importsOf({ path: 'a/x.ts', text }).map(({ to }) => to),
    ['a/side.ts', 'a/lazy.ts'],
  );
});

function floorOf(path: string): number {
  return ORDER.findIndex((folder) => path.startsWith(folder));
}

function arrow({ from, to, typeOnly }: Import): string {
  return `${from} -> ${to}${typeOnly ? ' (types)' : ''}`;
}

test.run();
