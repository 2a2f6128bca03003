// bench/runs.mjs — Whole runs on a real Kafka and Redis, all parts on this machine: how long, how fast, how much memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/** After ten seconds in which the rate rises and of which no latency counts. */
const STEADY = [
  { name: 'warm-up', shape: 'ramp', durationHours: 0.5, eventsPerSecond: 6000, from: 1, to: 5, warmUp: true },
  { name: 'steady', shape: 'constant', durationHours: 1, eventsPerSecond: 10_000 },
];
const reports = mkdtempSync(join(tmpdir(), 'sim-bench-'));
/** Servers that are up already stay apart from ours. */
const env = { ...process.env, XDG_STATE_HOME: reports };
// An interrupted command fails, and the kept servers are then stopped.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

/** Seconds that a command took; ends the bench when it fails. */
function timed(args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('./sim', args, { encoding: 'utf8', env });
  if (status !== 0) {
    console.error(`./sim ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
    process.exitCode = 1;
    throw new Error('the bench is over');
  }
  return (performance.now() - start) / 1000;
}

function run(name, scenario, settings = []) {
  const sets = settings.flatMap((setting) => ['--set', setting]);
  const seconds = timed(['run', `scenarios/${scenario}.json`, '--reports', reports, ...sets]);
  const { load, latency } = JSON.parse(readFileSync(join(reports, scenario, 'latest', 'run.json'), 'utf8'));
  const figures = [
    `${seconds.toFixed(1)} s in all`,
    `${Math.round(load.eventsPerSecond).toLocaleString('en')} events/s from first event to lag 0`,
    latency.endToEnd
      ? `end to end p50 ${latency.endToEnd.p50.toFixed(0)} ms, p99 ${latency.endToEnd.p99.toFixed(0)} ms`
      : '',
    `${Math.round(load.harnessRssBytesMax / 1e6)} MB in sim`,
  ];
  console.log(`${name.padEnd(36)} ${figures.filter(Boolean).join('; ')}`);
}

console.log(`${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 1e9)} GB, node ${process.version}`);
try {
  const starts = Array.from({ length: 5 }, () => timed(['--help'])).sort((a, b) => a - b);
  console.log(`${'./sim --help'.padEnd(36)} ${starts[2].toFixed(2)} s (median of 5)`);
  run('quickstart, own servers', 'quickstart');
  timed(['up']);
  try {
    run('quickstart, after sim up', 'quickstart');
    run('10,000 events/s for 20 s', 'quickstart', ['clock.speed=180', `arrivals=${JSON.stringify(STEADY)}`]);
    run('unpaced, 1.5 million events', 'peak-day', ['arrivals.0.events=1500000', 'articles.perDay=150000']);
    if (process.argv.includes('--peak-day')) run('peak-day', 'peak-day');
  } finally {
    timed(['down']);
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
