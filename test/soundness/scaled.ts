// test/soundness/scaled.ts — The shipped scenarios, each as small as it can be and still put to the test what it is about.
import { readdirSync } from 'node:fs';
import { loadScenario } from '../../simulator/scenario/load.js';
import type { Scenario } from '../../simulator/scenario/schema.js';
import { isLiteral, planOf } from '../../simulator/workload/plan.js';

const FOLDER = 'scenarios';
const EVENTS = 1200;

/** Where the usual size would not do, or an aim must be of the same size as the rest. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  // More leaders in each partition than a trimmed list could keep, and time enough for all of them to go.
  'leader-falls': ['aim.0.leaders=12', 'aim.0.minutesBeforeClose=180', 'articles.perDay=5000'],
  'unlike-storm': ['aim.0.leaders=6', 'articles.perDay=4000'],
  'big-ids': ['articles.perDay=3000'],
  // One in fifty smaller runs has no event on the very edge of a day.
  'midnight-rush': ['scale=0.05'],
  'quiet-day': ['scale=1'],
  // Few articles are announced late enough to come behind their events.
  'two-groups': ['scale=0.1'],
  week: ['arrivals.0.events=60000', 'articles.perDay=6000'],
};

export function scenarioNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== 'scenario.schema.json');
  return files.map((file) => file.replace(/\.json$/, '')).sort();
}

/** @param seed decides the workload, the faults, and the order of everything */
export async function scaledScenario(name: string, seed: number): Promise<Scenario> {
  const file = `${FOLDER}/${name}.json`;
  const plan = planOf(await loadScenario(file));
  // Given events are few, and cannot be fewer.
  if (isLiteral(plan)) return loadScenario(file, [`seed=${seed}`]);
  const common = [
    `seed=${seed}`,
    `scale=${EVENTS / plan.events}`,
    'articles.older=20',
    'content.poolSize=16',
    'users=500',
  ];
  return loadScenario(file, [...common, ...(OWN[name] ?? [])]);
}
