// bench/reliability.mjs — Runs every scenario that breaks something, and writes docs/reliability.md: what broke, what came of it, and how long the recovery took.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';

const reports = mkdtempSync(join(tmpdir(), 'sim-bench-'));
const scenarios = readdirSync('scenarios')
  .filter((file) => file.endsWith('.json') && file !== 'scenario.schema.json')
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => (parse(readFileSync(`scenarios/${name}.json`, 'utf8')).faults ?? []).length > 0);

const seconds = (ms) => (ms === null || ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);
const rows = [];
for (const name of scenarios) {
  const { status, stdout } = spawnSync('./sim', ['run', `scenarios/${name}.json`, '--reports', reports], {
    encoding: 'utf8',
  });
  if (status !== 0) process.exitCode = 1;
  const { verdict, load, faults = [] } = JSON.parse(readFileSync(join(reports, name, 'latest', 'run.json'), 'utf8'));
  console.log(`${name}: ${verdict?.outcome ?? 'not judged'}${status === 0 ? '' : `\n${stdout}`}`);
  for (const { kind, target, injectedAtMs, healedAtMs, receipt, recovery } of faults) {
    const lasted = injectedAtMs === null || healedAtMs === null ? null : healedAtMs - injectedAtMs;
    const times = [lasted, recovery?.detectedMs, recovery?.firstProgressMs, recovery?.caughtUpMs].map(seconds);
    const end = `${verdict?.outcome ?? 'not judged'}, ${load?.ok.toLocaleString('en')} acknowledged`;
    rows.push(`| ${[name, kind, target, ...times, receipt?.proven ? 'yes' : 'no', end].join(' | ')} |`);
  }
}
rmSync(reports, { recursive: true });

const [cpu] = cpus();
writeFileSync(
  'docs/reliability.md',
  `# Reliability

Written by \`node bench/reliability.mjs\`, which runs every scenario that breaks something; last on ${cpus().length} shared processors
(${cpu?.model.trim() ?? 'unknown'}), with Kafka, Redis, consumers and generator all on them. Figures vary from run to run.

*Noticed* and *moved again* count from the break: until the group or the cluster had noticed, and until the group had committed anew
wherever it was behind. *Caught up* counts from the mending, until all that was in the log by then was consumed. – : not seen, or
nobody has to notice. A pass means: every acknowledged event counts, none twice, and every list is right.

| scenario | fault | of | lasted | noticed | moved again | caught up | proven | end |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`,
);
