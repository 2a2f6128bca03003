// simulator/commands/validate.ts — `sim validate`: every problem of every file, without a server.
import { basename } from 'node:path';
import { expectPossible } from '../breakage.js';
import { EXIT } from '../outcome.js';
import { loadMatrix, ScenarioError } from '../scenario/load.js';
import { planOf } from '../workload/plan.js';

/** Lies beside the scenarios, so that `scenarios/*.json` names it too. */
const SCHEMA = 'scenario.schema.json';

export async function validateCommand(files: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.pass;
  for (const file of files) {
    if (basename(file) === SCHEMA) continue;
    try {
      const { scenario, settings } = await loadMatrix(file, []);
      for (const one of [scenario, ...settings.map((setting) => setting.scenario)]) expectPossible(one, {});
      const plan = planOf(scenario);
      process.stdout.write(
        `${file}: ok, ${plan.events} events, ${plan.articles} articles, ${plan.days.length} ${plan.days.length === 1 ? 'day' : 'days'}${settings.length > 0 ? `, ${settings.length} settings` : ''}\n`,
      );
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      process.stdout.write(`${error.message}\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`);
      exitCode = EXIT.usage;
    }
  }
  return exitCode;
}
