// test/support/scenarios.ts — Complete scenarios for tests, from the few fields that a test is about.
import { completeScenario } from '../../simulator/scenario/load.js';
import type { Scenario } from '../../simulator/scenario/schema.js';

export function scenarioWith(fields: Readonly<Record<string, unknown>> = {}): Scenario {
  return completeScenario('test.json', {
    description: 'a test',
    articles: { perDay: 300, older: 30 },
    users: 200,
    arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 6000 }],
    ...fields,
  });
}
