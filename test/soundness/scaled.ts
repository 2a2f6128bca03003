// test/soundness/scaled.ts — The shipped scenarios, each as small as it can be and still put to the test what it is about.
import { readdirSync } from 'node:fs';
import { loadScenario } from '../../simulator/scenario/load.js';
import type { Scenario } from '../../simulator/scenario/schema.js';
import { planOf } from '../../simulator/workload/plan.js';

const FOLDER = 'scenarios';
const EVENTS = 2000;

/** Where the usual size would not do, or an aim must be of the same size as the rest. */
const OWN: Readonly<Record<string, readonly string[]>> = {};

export function scenarioNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'scenario.schema.json');
  return files.map((file) => file.replace(/\.json$/, '')).sort();
}

/** @param seed decides the workload, the faults, and the order of everything */
export async function scaledScenario(name: string, seed: number): Promise<Scenario> {
  const file = `${FOLDER}/${name}.json`;
  const { events } = planOf(await loadScenario(file));
  const common = [`seed=${seed}`, `scale=${EVENTS / events}`, 'articles.older=20', 'content.poolSize=16', 'users=500'];
  return loadScenario(file, [...common, ...(OWN[name] ?? [])]);
}
