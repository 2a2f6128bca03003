// test/support/scenarios.ts — Complete scenarios for tests, from the few fields that a test is about.
import assert from 'node:assert/strict';
import { completeScenario, loadScenario } from '../../simulator/scenario/load.js';
import type { GeneratedScenario, LiteralScenario, Scenario } from '../../simulator/scenario/schema.js';

export function scenarioWith(fields: Readonly<Record<string, unknown>> = {}): GeneratedScenario {
  return generated(
    completeScenario('test.json', {
      description: 'a test',
      articles: { perDay: 300, older: 30 },
      users: 200,
      arrivals: [{ name: 'day', shape: 'diurnal', durationHours: 24, events: 6000 }],
      ...fields,
    }),
  );
}

export async function loadGenerated(file: string, settings: readonly string[] = []): Promise<GeneratedScenario> {
  return generated(await loadScenario(file, settings));
}

function generated(scenario: Scenario): GeneratedScenario {
  assert(!('events' in scenario), `the events of ${scenario.name} are drawn`);
  return scenario;
}

export function literalWith(
  events: readonly unknown[],
  fields: Readonly<Record<string, unknown>> = {},
): LiteralScenario {
  const scenario = completeScenario('test.json', { description: 'a test', events, ...fields });
  assert('events' in scenario);
  return scenario;
}
