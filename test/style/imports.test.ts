// test/style/imports.test.ts — Who may import whom, which folders are pure, and that no imports form a cycle.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cyclesIn, type Import, importsOf } from '../support/imports.js';
import { projectFiles, withoutComments } from '../support/project-files.js';

interface Rule {
  /** The files that it is about: a folder, or one file. The longest that fits decides. */
  readonly of: string;
  /** What they may import, besides files of their own folder. */
  readonly may: readonly string[];
  /** What they may import as types only. */
  readonly mayAsTypes?: readonly string[];
}

const SHARED_TYPES = [
  'simulator/infra/infra.ts',
  'simulator/infra/breakable.ts',
  'simulator/record/run-record.ts',
  'simulator/record/fault-result.ts',
  'simulator/record/log-counts.ts',
  'simulator/record/naming.ts',
  'simulator/record/visible-lists.ts',
  'simulator/record/matrix-record.ts',
];

const RULES: readonly Rule[] = [
  { of: 'contract/', may: [] },
  { of: 'consumer/', may: ['contract/'] },
  { of: 'simulator/scenario/', may: ['contract/'] },
  { of: 'simulator/sut/', may: ['simulator/scenario/'], mayAsTypes: ['simulator/judge/classify/family.ts'] },
  { of: 'simulator/workload/', may: ['contract/'], mayAsTypes: ['simulator/scenario/'] },
  { of: 'simulator/produce/', may: ['contract/'], mayAsTypes: SHARED_TYPES },
  { of: 'simulator/infra/', may: ['contract/'], mayAsTypes: SHARED_TYPES },
  {
    of: 'simulator/fault/',
    may: ['contract/', 'simulator/workload/random.ts', 'simulator/infra/process-state.ts'],
    mayAsTypes: [...SHARED_TYPES, 'simulator/scenario/'],
  },
  { of: 'simulator/observe/', may: ['contract/'], mayAsTypes: SHARED_TYPES },
  { of: 'simulator/judge/', may: ['contract/'], mayAsTypes: [...SHARED_TYPES, 'simulator/scenario/'] },
  { of: 'simulator/record/', may: ['contract/'] },
  { of: 'simulator/report/', may: ['contract/'], mayAsTypes: SHARED_TYPES },
  { of: 'simulator/commands/', may: ['contract/', 'simulator/'] },
  { of: 'simulator/', may: ['contract/', 'simulator/'] },
];

const PURE_FOLDERS = ['simulator/workload/', 'simulator/judge/', 'simulator/report/'];
const IMPURE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|\bperformance\.|['"](?:node:)?(?:fs|net|child_process|os|https?|timers|worker_threads)(?:\/[^'"]*)?['"]/g;

const everything = projectFiles().filter(({ path }) => path.endsWith('.ts'));
const sources = everything.filter(({ path }) => /^(?:contract|consumer|simulator)\//.test(path));

test('every folder of sources has a rule', () => {
  assert.equal(
    sources.filter(({ path }) => ruleOf(path) === undefined).map(({ path }) => path),
    [],
  );
  const folders = new Set(sources.flatMap(({ path }) => /^simulator\/[^/]+\//.exec(path) ?? []));
  assert.equal(
    [...folders].filter((folder) => !RULES.some((rule) => rule.of === folder)),
    [],
  );
});

test('a file imports only what its folder may', () => {
  const broken = sources.flatMap(importsOf).filter((one) => !isAllowed(one));
  assert.equal(
    broken.map(({ from, to, typeOnly }) => `${from} -> ${to}${typeOnly ? ' (types)' : ''}`),
    [],
  );
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

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const rule = ruleOf(from);
  if (rule === undefined || to.startsWith(rule.of)) return rule !== undefined;
  const may = typeOnly ? [...rule.may, ...(rule.mayAsTypes ?? [])] : rule.may;
  return may.some((allowed) => to.startsWith(allowed));
}

function ruleOf(path: string): Rule | undefined {
  const fitting = RULES.filter((rule) => path.startsWith(rule.of));
  return fitting.sort((a, b) => b.of.length - a.of.length)[0];
}

test.run();
