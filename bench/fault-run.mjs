// bench/fault-run.mjs — One `./sim run` of a scenario that breaks something, and what came of it: the record in short, and what it left behind.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What takes longer hangs. */
const STUCK_AFTER_MS = 600_000;
/** Servers live for a minute: what Java's second compiler costs is never earned back. */
const JAVA = '-XX:TieredStopAtLevel=1';

/** @returns a row of results, to be kept as one line of JSON */
export function faultRun(scenario, settings) {
  const folder = mkdtempSync(join(tmpdir(), 'sim-bench-'));
  // Whatever the run starts inherits this folder, and whatever it creates for a while is created there.
  const own = join(folder, 'tmp');
  mkdirSync(own);
  try {
    const sets = settings.flatMap((setting) => ['--set', setting]);
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(
      './sim',
      ['run', `scenarios/${scenario}.json`, '--reports', join(folder, 'reports'), ...sets],
      {
        encoding: 'utf8',
        env: { ...process.env, TMPDIR: own, XDG_STATE_HOME: folder, JAVA_TOOL_OPTIONS: JAVA },
        timeout: STUCK_AFTER_MS,
        killSignal: 'SIGKILL',
        maxBuffer: 2 ** 26,
      },
    );
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const left = { processes: processesWith(`TMPDIR=${own}`), directories: readdirSync(own) };
    const seen = seenOf(recordsIn(join(folder, 'reports', scenario, 'latest')));
    const row = { scenario, settings, exitCode: status, seconds, ...seen, left };
    return { ...row, ...(isAsExpected(row) ? {} : { output: `${stdout}${stderr}`.slice(-8000) }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The scenario's own expectation is in the exit code. */
export function isAsExpected({ exitCode, lost, wrongLists, wrongArticles, isStuck, left }) {
  const nothing = [lost, wrongLists, wrongArticles, left.processes.length, left.directories.length];
  return exitCode === 0 && !isStuck && nothing.every((count) => count === 0);
}

/** Command lines of the processes that were started with this in their environment. */
function processesWith(assignment) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(assignment)) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 200)];
      } catch {
        return []; // it has just ended
      }
    });
}

/** For a matrix, over all of its runs. Null: it was not looked for, so nothing is shown. */
function seenOf(records) {
  const total = (count) => {
    const counts = records.map(count);
    return counts.length === 0 || counts.includes(null) ? null : counts.reduce((sum, one) => sum + one, 0);
  };
  const check = (record, name) => record.verdict?.checks.find((one) => one.check === name);
  const findings = (name) =>
    total((record) => {
      const { outcome, findingCount = null } = check(record, name) ?? {};
      return outcome === 'unknown' ? null : findingCount;
    });
  const isDone = (record) =>
    ['drained', 'load'].every((name) => check(record, name)?.outcome === 'pass') &&
    (record.faults ?? []).every(({ injectedAtMs, healedAtMs }) => injectedAtMs === null || healedAtMs !== null);
  return {
    outcome: records.map(({ verdict }) => verdict?.outcome ?? 'not judged').join(', ') || 'not judged',
    acknowledged: total(({ load }) => load?.ok ?? null),
    unknown: total(({ load }) => load?.info ?? null),
    // Where Kafka was to lose something, that is what is expected of the run.
    lost: total(({ log, scenario }) => (scenario.resolved.expect?.verdict === 'fail' ? 0 : (log?.lost ?? null))),
    duplicated: total(({ log }) => log?.duplicated ?? null),
    wrongLists: findings('lists'),
    wrongArticles: findings('delivery'),
    isStuck: records.length === 0 || !records.every(isDone),
    drainMs: records.length === 1 ? (records[0].load?.drainMs ?? null) : null,
    faults: records.flatMap(({ faults = [] }) => faults),
    machine: records[0]?.machine,
  };
}

/** None when the run ended before it could write one. */
function recordsIn(folder) {
  const run = readJson(join(folder, 'run.json'));
  if (run) return [run];
  const rows = readJson(join(folder, 'matrix.json'))?.rows ?? [];
  return rows.flatMap((row) => readJson(join(folder, row.folder, 'run.json')) ?? []);
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
