// test/support/scenario-table.ts — scenarios/README.md as it should be: a line a scenario, in its own words.
import { readdirSync } from 'node:fs';
import { loadScenario } from '../../simulator/scenario/load.js';
import { planOf } from '../../simulator/workload/plan.js';

const SCHEMA = 'scenario.schema.json';
const count = (value: number) => value.toLocaleString('en-US');

export async function scenarioTable(): Promise<string> {
  const names = readdirSync('scenarios').filter((name) => name.endsWith('.json') && name !== SCHEMA);
  const rows: string[] = [];
  for (const name of names.sort()) {
    const scenario = await loadScenario(`scenarios/${name}`);
    const { events, articles, startMs, endMs } = planOf(scenario);
    const seconds = Math.round((endMs - startMs) / 1000 / scenario.clock.speed);
    const time = scenario.pace === 'max' ? 'unpaced' : `${seconds} s`;
    const cells = [`[${scenario.name}](${name})`, scenario.description, count(events), count(articles), time];
    rows.push(`| ${[...cells, scenario.matrix.length > 0 ? 'by setting' : scenario.expect.verdict].join(' | ')} |`);
  }
  return `# Scenarios

Written by \`npm run schema\` from the files. \`./sim plan FILE\` shows one without any server, \`./sim run FILE\` runs it, and
\`./sim init NAME\` writes a commented one to start from. The fields are described in \`${SCHEMA}\`, which editors read.

| scenario | what it shows | events | articles | load | expected |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
