// bench/fault-scenarios.mjs — Runs every scenario that breaks something three times, with one, two and three consumers; each must end as expected.
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'jsonc-parser';
import { keepResult, keptResults, sumUp } from './fault-results.mjs';
import { faultRun } from './fault-run.mjs';

/** Instances of the three runs, where it is not one, two and three. */
const INSTANCES = {
  // It is about another that takes over from the one that freezes.
  zombie: [2, 3, 2],
  // What becomes of the records in Kafka is not the consumers' doing, and each run of it is four.
  'acks-study': [1, 1, 1],
};

const { values } = parseArgs({
  options: {
    // Part of a scenario's name.
    only: { type: 'string', default: '' },
    // Runs that are there already are left out, so an interrupted sweep goes on.
    results: { type: 'string', default: 'reports/reliability' },
    most: { type: 'string', default: '1000' },
    again: { type: 'boolean', default: false },
  },
});

const names = readdirSync('scenarios')
  .filter((file) => file.endsWith('.json') && file !== 'scenario.schema.json')
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => name.includes(values.only))
  .filter((name) => (parse(readFileSync(`scenarios/${name}.json`, 'utf8')).faults ?? []).length > 0);

const kept = keptResults(values.results, 'scenarios');
const runs = names
  .flatMap((scenario) =>
    (INSTANCES[scenario] ?? [1, 2, 3]).map((consumers, index) => {
      const key = `${scenario}, run ${index + 1} with ${consumers} consumer${consumers === 1 ? '' : 's'}`;
      return { key, scenario, consumers };
    }),
  )
  .filter(({ key }) => values.again || !kept.has(key))
  .slice(0, Number(values.most));
for (const { key, scenario, consumers } of runs) {
  const row = { key, consumers, ...faultRun(scenario, [`consumers=${consumers}`]) };
  keepResult(values.results, 'scenarios', row);
}
sumUp(values.results, 'scenarios');
