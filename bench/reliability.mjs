// bench/reliability.mjs — Writes docs/reliability.md from the kept results of bench/fault-scenarios.mjs and bench/swarm.mjs: what broke, what came of it, how long recovery took.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keptResults } from './fault-results.mjs';
import { isAsExpected } from './fault-run.mjs';

const { values } = parseArgs({ options: { results: { type: 'string', default: 'reports/reliability' } } });
const scenarios = [...keptResults(values.results, 'scenarios').values()];
const seeds = [...keptResults(values.results, 'swarm').values()];

const number = (value) => (value === null ? 'unknown' : value.toLocaleString('en'));
const sum = (rows, count) => rows.reduce((total, row) => (total === null ? null : add(total, count(row))), 0);
const add = (total, one) => (one === null ? null : total + one);

/** @returns a map, in the order of the keys */
function grouped(rows, keyOf) {
  const keys = [...new Set(rows.map(keyOf))].sort();
  return new Map(keys.map((key) => [key, rows.filter((row) => keyOf(row) === key)]));
}

/** `1.2 to 3.4 s`; what was not seen is left out. */
function range(times) {
  const seen = times.filter((ms) => ms !== null && ms !== undefined).map((ms) => (ms / 1000).toFixed(1));
  if (seen.length === 0) return '–';
  const sorted = seen.toSorted((a, b) => a - b);
  return sorted[0] === sorted.at(-1) ? `${sorted[0]} s` : `${sorted[0]} to ${sorted.at(-1)} s`;
}

function recoveryCells(faults) {
  const broken = faults.filter(({ injectedAtMs, healedAtMs }) => injectedAtMs !== null && healedAtMs !== null);
  return [
    range(broken.map(({ injectedAtMs, healedAtMs }) => healedAtMs - injectedAtMs)),
    ...['detectedMs', 'firstProgressMs', 'caughtUpMs'].map((name) => range(faults.map((one) => one.recovery?.[name]))),
    `${faults.filter(({ receipt }) => receipt?.proven).length} of ${faults.length}`,
  ];
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const RECOVERY = ['broken for', 'noticed', 'moved again', 'caught up', 'proven'];

/** A fault that comes several times in a run is one row. */
function scenarioRows() {
  return [...grouped(scenarios, ({ scenario }) => scenario)].flatMap(([name, runs]) => {
    const faults = runs.flatMap((run) => run.faults);
    return [...grouped(faults, ({ kind }) => kind)].map(([kind, ones]) => [name, kind, ...recoveryCells(ones)]);
  });
}

function endRows() {
  return [...grouped(scenarios, ({ scenario }) => scenario)]
    .sort()
    .map(([name, runs]) => [
      name,
      runs.map(({ consumers }) => consumers).join(', '),
      `${runs.filter(isAsExpected).length} of ${runs.length}`,
      number(sum(runs, (run) => run.acknowledged)),
      number(sum(runs, (run) => run.lost)),
      number(sum(runs, (run) => run.wrongLists)),
      runs.filter(({ isStuck }) => isStuck).length,
      sum(runs, ({ left }) => left.processes.length + left.directories.length),
      range(runs.map(({ drainMs }) => drainMs)),
    ]);
}

/** From the last run of each scenario. */
function receiptRows() {
  return [...grouped(scenarios, ({ scenario }) => scenario)]
    .sort()
    .flatMap(([name, runs]) =>
      [...new Map(runs.at(-1).faults.map((fault) => [fault.kind, fault])).values()].flatMap(
        ({ kind, target, receipt }) =>
          (receipt?.facts ?? []).map(({ what, before, after }) => [name, `${kind} of ${target}`, what, before, after]),
      ),
    );
}

function studyRows() {
  const faults = seeds.flatMap((seed) => seed.faults);
  return [
    ['seeds', number(seeds.length)],
    ['ended as expected', number(seeds.filter(isAsExpected).length)],
    ['faults that came and left their proof', number(faults.filter(({ receipt }) => receipt?.proven).length)],
    ['faults that did not come, or left none', number(faults.filter(({ receipt }) => !receipt?.proven).length)],
    ['events acknowledged', number(sum(seeds, (seed) => seed.acknowledged))],
    ['of them lost', number(sum(seeds, (seed) => seed.lost))],
    ['wrong lists', number(sum(seeds, (seed) => seed.wrongLists))],
    ['articles with wrong counts', number(sum(seeds, (seed) => seed.wrongArticles))],
    ['runs stuck', number(seeds.filter(({ isStuck }) => isStuck).length)],
    ['processes left behind', number(sum(seeds, ({ left }) => left.processes.length))],
    ['directories left behind', number(sum(seeds, ({ left }) => left.directories.length))],
    ['seconds a run', range(seeds.map(({ seconds }) => seconds * 1000))],
  ];
}

function studyKinds() {
  const faults = seeds.flatMap((seed) => seed.faults);
  return [...grouped(faults, ({ kind }) => kind)].map(([kind, ones]) => [kind, ...recoveryCells(ones)]);
}

const { cpus, cpuModel } = [...scenarios, ...seeds].find(({ machine }) => machine)?.machine ?? {};
writeFileSync(
  'docs/reliability.md',
  `# Reliability

\`node bench/reliability.mjs\` writes this page, from runs on ${cpus} shared processors (${cpuModel}), with Kafka, Redis, consumers and
generator all on them, beside other work. So times tell the order of magnitude. They vary from run to run and from machine to machine.

A run ends as expected when all of this holds:

- Its exit code is 0, and no acknowledged event is missing from Kafka.
- Every list and every article's counts are right.
- Everything was sent and consumed, and everything that was broken is healed.
- Afterwards every process that it started has ended, and its folder for temporary files is empty.

When a run was repeated, the last one counts.

*Noticed* and *moved again* count from the break. The first ends when the group or the cluster has noticed. The second ends when the group
has committed anew wherever it was behind. *Caught up* counts from the healing, until all that was in the log by then was consumed (lag 0).
A dash means that it was not seen, or that nothing has to notice.

## Every scenario that breaks something

\`node bench/fault-scenarios.mjs\` runs each three times. In \`acks-study\` the losses of \`acks=0\` and \`acks=1\` are expected.

${table(['scenario', 'consumers', 'as expected', 'acknowledged', 'lost', 'wrong lists', 'stuck', 'left behind', 'last acknowledgement to lag 0'], endRows())}

## Recovery

From the least to the most of the same runs.

${table(['scenario', 'fault', ...RECOVERY], scenarioRows())}

## Seeds of everything-at-once

\`node bench/swarm.mjs\` runs a hundred seeds: 12,000 events in eight seconds, three brokers, two consumers. Each seed enables a random half of
fifteen faults, which come within these seconds.

${table(['', ''], studyRows())}

${table(['fault', ...RECOVERY], studyKinds())}

## Receipts

What each fault left of the last run of its scenario, read from the thing itself.

${table(['scenario', 'fault', 'what', 'before', 'after'], receiptRows())}
`,
);
