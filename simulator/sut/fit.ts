// simulator/sut/fit.ts — A scenario as this consumer can play it: on the wall clock it starts now.

import { ScenarioError } from '../errors.js';
import type { Scenario } from '../scenario/schema.js';
import { onWallClock } from '../scenario/wall-clock.js';
import type { Sut } from './load.js';

/** @throws ScenarioError when it is impossible on that clock */
export function fittedTo({ clock, file }: Sut, scenario: Scenario): Scenario {
  if (clock !== 'wall') return scenario;
  const fitted = onWallClock(scenario, Date.now());
  if ('problems' in fitted) throw new ScenarioError(`${scenario.name} with ${file}`, fitted.problems);
  return fitted.scenario;
}
