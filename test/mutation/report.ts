// test/mutation/report.ts — Writes docs/mutation.md from Stryker's report; fails when a mutant survived without a reason, or a file has changed since.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { REASONS, type Survivor } from './survivors.js';

const REPORT = 'coverage/mutation/report.json';
const PAGE = 'docs/mutation.md';

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutated[] }>>;
}

interface Mutated {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'RuntimeError' | 'CompileError' | 'Ignored';
}

const { files } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
// Results of earlier runs stay in the report, also when their file is gone.
const results = Object.entries(files)
  .map(([path, file]) => ({ path, ...file }))
  .filter(({ path }) => existsSync(path))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
const rows = results.map(({ path, mutants }) => ({ name: basename(path), mutants }));
const all = rows.flatMap(({ mutants }) => mutants);
const survivors = results.flatMap(({ path, source, mutants }) =>
  mutants.filter(isAlive).map((mutant) => survivorOf(path, source, mutant)),
);
const changed = results.filter(({ path, source }) => readFileSync(path, 'utf8') !== source);
const groups = new Map<string, Survivor[]>();
for (const one of survivors) {
  const why = REASONS.find(({ holds }) => holds(one))?.why ?? '';
  groups.set(why, [...(groups.get(why) ?? []), one]);
}
const unexplained = groups.get('') ?? [];
writeFileSync(PAGE, page());
console.log(
  `${score(all)} % of ${all.length} mutants are killed; ${survivors.length} survive, ${unexplained.length} without a reason`,
);
for (const one of unexplained)
  console.log(`${one.file}:${one.line} ${one.mutator}: ${one.original} -> ${one.replacement}`);
for (const { path } of changed)
  console.log(`${path} has changed since it was mutated: npm run mutation -- ${basename(path)}`);
if (unexplained.length + changed.length > 0) process.exitCode = 1;

function isAlive({ status }: Mutated): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

function survivorOf(
  file: string,
  source: string,
  { mutatorName, replacement, location: { start, end } }: Mutated,
): Survivor {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const original = lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join('\n');
  return { file, mutator: mutatorName, line: start.line, source: lines.join('\n'), original, replacement };
}

function score(mutants: readonly Mutated[]): string {
  const counted = mutants.filter(({ status }) => status !== 'Ignored' && !status.endsWith('Error'));
  return ((100 * counted.filter((mutant) => !isAlive(mutant)).length) / counted.length).toFixed(1);
}

function page(): string {
  const count = (mutants: readonly Mutated[], status: Mutated['status']) =>
    mutants.filter((mutant) => mutant.status === status).length;
  const row = (name: string, mutants: readonly Mutated[]) =>
    `| ${name} | ${mutants.length} | ${count(mutants, 'Killed') + count(mutants, 'Timeout')} | ${count(mutants, 'Survived')} | ${count(mutants, 'NoCoverage')} | ${score(mutants)} |`;
  return [
    '# The judge, mutated',
    '',
    '`npm run mutation` writes this page. It changes the oracles and the checkers in `simulator/judge/` one operator, condition or',
    'text at a time with [Stryker](https://stryker-mutator.io/), and runs their unit tests on each change. A mutant is killed',
    'when a test fails, or does not end. The names of bugs (`simulator/judge/naming/`) are not mutated:',
    '[kill-matrix.md](kill-matrix.md) is their test.',
    '',
    '| file | mutants | killed | survived | never run | killed, % |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ name, mutants }) => row(name, mutants)),
    row('**all**', all),
    '',
    '## Survivors',
    '',
    'Each needs a reason, in `test/mutation/survivors.ts`; the command fails while one has none.',
    '',
    '| survivors | why no test can, or need, kill them | for example |',
    '|---|---|---|',
    ...[...groups]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([why, of]) => `| ${of.length} | ${why === '' ? '**no reason is known**' : why} | ${example(of)} |`),
    '',
  ].join('\n');
}

function example([first]: readonly Survivor[]): string {
  if (!first) return '';
  const code = (text: string) => `\`${text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 60)}\``;
  return `${basename(first.file)}: ${code(first.original)} → ${code(first.replacement)}`;
}
