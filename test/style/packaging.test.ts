// test/style/packaging.test.ts — The package, its lock file, its commands and CI agree with each other.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectFiles } from '../support/project-files.js';

const packageSchema = z.object({
  bin: z.record(z.string(), z.string()),
  engines: z.object({ node: z.string() }),
  files: z.array(z.string()),
  scripts: z.record(z.string(), z.string()),
});
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});
const packSchema = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }));
const workflowSchema = z.object({
  on: z.unknown(),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

const text = (path: string) => readFileSync(path, 'utf8');
const project = packageSchema.parse(JSON.parse(text('package.json')));
const workflow = workflowSchema.parse(parse(text('.github/workflows/ci.yml')));
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

// npm writes no entry for a package that its registry lacks, and `npm ci` then refuses the lock file elsewhere.
test('the lock file names the packages of every platform', () => {
  const { packages } = lockSchema.parse(JSON.parse(text('package-lock.json')));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  assert.equal(missing, []);
});

test('the lock file names no place to download from', () => {
  assert.not.match(text('package-lock.json'), /"resolved"/);
});

test('the launcher wants the Node.js that the package wants', () => {
  const wanted = /^NODE_WANTED=(\S+)/m.exec(text('scripts/prepare.sh'))?.[1];
  assert.is(project.engines.node, `>=${wanted}`);
});

test('what the package ships holds what its command needs', () => {
  assert.equal(project.bin, { sim: './sim' });
  for (const name of ['sim', 'dist', 'scripts/prepare.sh']) assert.ok(project.files.includes(name), name);
});

test('the package holds what runs, and nothing else', () => {
  const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
  const [{ files = [] } = {}] = packSchema.parse(JSON.parse(packed.stdout));
  const places = new Set(files.map(({ path }) => path.split('/', 1)[0] ?? ''));
  assert.equal([...places].filter((place) => place !== 'dist').sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'docker-compose.yml',
    'kafka',
    'package.json',
    'scenarios',
    'scripts',
    'sim',
    'suts',
  ]);
  assert.equal(
    files.map(({ path }) => path).filter((path) => path.startsWith('scripts/') || /(?:^|\/)test/.test(path)),
    ['scripts/prepare.sh'],
  );
});

test('the package holds every program that a SUT file names, so that the examples run wherever it is installed', () => {
  const suts = projectFiles().filter(({ path }) => /^suts\/(?!.*schema)/.test(path));
  const programs = suts.flatMap((sut) => sut.text.match(/\bdist\/[\w./-]+\.js/g) ?? []);
  assert.ok(programs.length >= 3);
  const { include } = z.object({ include: z.array(z.string()) }).parse(JSON.parse(text('tsconfig.json')));
  for (const program of programs) {
    const source = program.replace(/^dist\//, '').replace(/\.js$/, '.ts');
    assert.ok(existsSync(source), source);
    assert.ok(include.includes(source.split('/', 1)[0] ?? ''), source);
  }
});

test('every npm command that CI or a document names exists', () => {
  const documents = projectFiles().filter(({ path }) => /\.(?:md|yml|sh)$|^\.ci\//.test(path));
  const named = documents.flatMap(({ text: content }) =>
    [...content.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name),
  );
  assert.ok(named.includes('check'));
  assert.equal(
    [...new Set(named)].filter((name) => !(name in project.scripts)),
    [],
  );
});

test('CI may only read, has time limits, and runs the same commands as a person', () => {
  assert.equal(workflow.permissions, { contents: 'read' });
  const commands = steps.flatMap(({ run }) => run ?? []);
  for (const command of ['npm run check', 'npm test', './sim run scenarios/quickstart.json'])
    assert.ok(commands.includes(command), command);
});

test('every script that the package names exists', () => {
  const files = Object.values(project.scripts).flatMap((command) => /scripts\/\S+/.exec(command) ?? []);
  assert.equal(
    files.filter((file) => !existsSync(file)),
    [],
  );
});

test.run();
