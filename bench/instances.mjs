// bench/instances.mjs — Runs every scenario in which nothing breaks with 1, 2 and 3 instances of the consumer: each must end as it says. node bench/instances.mjs [scenario...] [--instances=1,2,3]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'jsonc-parser';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { instances: { type: 'string', default: '1,2,3' } },
});
const scenarios = positionals.length > 0 ? positionals : readdirSync('scenarios').flatMap(unbroken);
const instances = values.instances.split(',').map(Number);
const folder = mkdtempSync(join(tmpdir(), 'sim-instances-'));
/** Servers that are up already stay apart from ours. */
const env = { ...process.env, XDG_STATE_HOME: folder };
// An interrupted command fails, and the kept servers are then stopped.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

/** Names of a scenario that has neither faults nor settings of its own to compare, and that one machine can hold. */
function unbroken(file) {
  if (!file.endsWith('.json') || file === 'scenario.schema.json' || file === 'full-scale.json') return [];
  const { faults = [], matrix = [] } = parse(readFileSync(`scenarios/${file}`, 'utf8'));
  return faults.length + matrix.length === 0 ? [file.slice(0, -'.json'.length)] : [];
}

function sim(...args) {
  return spawnSync('./sim', args, { encoding: 'utf8', env });
}

/** How a run ended, with its time; prints what it said when that is not what the scenario expects. */
function end(scenario, count) {
  const start = performance.now();
  const options = ['--set', `consumers=${count}`, '--reports', join(folder, `${count}`)];
  const { status, stdout, stderr } = sim('run', `scenarios/${scenario}.json`, ...options);
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const ended = status === 0 ? `as expected, ${seconds}` : `exit ${status}, ${seconds}`;
  console.log(`${scenario}, ${count} ${count === 1 ? 'instance' : 'instances'}: ${ended}`);
  if (status !== 0) {
    process.exitCode = 1;
    console.log(`${stdout}${stderr}`);
  }
  return ended;
}

try {
  const { status, stdout, stderr } = sim('up');
  if (status !== 0) throw new Error(`./sim up ended with ${status}\n${stdout}${stderr}`);
  const rows = scenarios.map((scenario) => [scenario, ...instances.map((count) => end(scenario, count))]);
  console.log(`\n| scenario | ${instances.join(' | ')} |\n|${'---|'.repeat(instances.length + 1)}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
  sim('down');
  if (process.exitCode) console.log(`reports are kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
