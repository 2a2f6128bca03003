// simulator/cli/commands/validate.ts — `sim validate`: every problem of every file, without a server; also what the servers that are named could not do.
import { basename } from 'node:path';
import { EXIT, ScenarioError } from '../../errors.js';
import { expectPossible } from '../../run/breakage.js';
import { planWarnings } from '../../run/plan-warnings.js';
import { loadMatrix } from '../../scenario/load.js';
import { planOf } from '../../workload/plan.js';
import { type ServerArguments, serversFrom } from '../servers.js';

/** Lies beside the scenarios, so that `scenarios/*.json` names it too. */
const SCHEMA = 'scenario.schema.json';

export interface ValidateArguments extends ServerArguments {
  readonly scenarios: readonly string[];
  /** `path=value` */
  readonly set?: readonly string[];
}

export async function validateCommand(args: ValidateArguments): Promise<number> {
  const infra = serversFrom(args, process.env);
  let exitCode: number = EXIT.pass;
  for (const file of args.scenarios) {
    if (basename(file) === SCHEMA) continue;
    try {
      const { scenario, settings } = await loadMatrix(file, args.set ?? []);
      for (const one of [scenario, ...settings.map((setting) => setting.scenario)]) expectPossible(one, infra);
      const plan = planOf(scenario);
      process.stdout.write(
        `${file}: ok, ${plan.events} events, ${plan.articles} articles, ${plan.days.length} ${plan.days.length === 1 ? 'day' : 'days'}${settings.length > 0 ? `, ${settings.length} settings` : ''}\n`,
      );
      for (const warning of planWarnings(plan)) process.stdout.write(`  warning: ${warning}\n`);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      process.stdout.write(`${error.message}\n${error.problems.map((problem) => `  ${problem}\n`).join('')}`);
      exitCode = EXIT.usage;
    }
  }
  return exitCode;
}
