// bench/swarm.mjs — Runs everything-at-once with many seeds at smoke size: nothing acknowledged may be lost, no list wrong, nothing stuck or left behind.
import { parseArgs } from 'node:util';
import { keepResult, keptResults, sumUp } from './fault-results.mjs';
import { faultRun } from './fault-run.mjs';

/** The day in eight seconds, which the faults outlast. */
const SMOKE = ['arrivals.0.events=12000', 'articles.perDay=2000', 'clock.speed=10800'];

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1..100' },
    // Seeds that are there already are left out, so an interrupted study goes on.
    results: { type: 'string', default: 'reports/reliability' },
    most: { type: 'string', default: '100' },
    again: { type: 'boolean', default: false },
  },
});
const [, first, last = first] = /^(\d+)(?:\.\.(\d+))?$/.exec(values.seeds) ?? [];
if (first === undefined) throw new Error(`expected --seeds 1..100 or --seeds 7, found ${values.seeds}`);

const kept = keptResults(values.results, 'swarm');
const seeds = Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i)
  .filter((seed) => values.again || !kept.has(`seed ${seed}`))
  .slice(0, Number(values.most));
for (const seed of seeds) {
  const row = { key: `seed ${seed}`, ...faultRun('everything-at-once', [`seed=${seed}`, ...SMOKE]) };
  keepResult(values.results, 'swarm', row);
}
sumUp(values.results, 'swarm');
