// bench/fault-results.mjs — Results of runs that break something, kept as lines of JSON, so that hours of runs can be done in pieces.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAsExpected } from './fault-run.mjs';

/** When a run was repeated, its last result. */
export function keptResults(folder, name) {
  const file = join(folder, `${name}.jsonl`);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line)).map((row) => [row.key, row]));
}

export function keepResult(folder, name, row) {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${name}.jsonl`), `${JSON.stringify(row)}\n`);
  const { exitCode, seconds, outcome, faults, left } = row;
  const problems = [
    ...(row.isStuck ? ['stuck'] : []),
    ...(row.lost === 0 ? [] : [`${row.lost ?? 'unknown'} lost`]),
    ...(row.wrongLists === 0 ? [] : [`${row.wrongLists ?? 'unknown'} wrong lists`]),
    ...(row.wrongArticles === 0 ? [] : [`${row.wrongArticles ?? 'unknown'} wrong articles`]),
    ...[...left.processes, ...left.directories].map((one) => `left behind: ${one}`),
  ];
  const end = isAsExpected(row) ? 'as expected' : `NOT AS EXPECTED: ${problems.join(', ') || outcome}`;
  console.log(`${row.key}: ${faults.length} faults, ${outcome}, exit code ${exitCode}, ${seconds} s: ${end}`);
  if (row.output) console.log(row.output);
}

/** Says how many of all kept runs ended as expected, and lets the process fail when one did not. */
export function sumUp(folder, name) {
  const rows = [...keptResults(folder, name).values()];
  const bad = rows.filter((row) => !isAsExpected(row));
  console.log(`${rows.length - bad.length} of ${rows.length} as expected`);
  for (const { key } of bad) console.log(`  not as expected: ${key}`);
  if (bad.length > 0) process.exitCode = 1;
}
