// simulator/cli/handlers/validate.ts — `sim validate`: every problem of every file, without a server; also what the servers that are named could not do.
import { basename } from 'node:path';
import { EXIT, ScenarioError } from '../../errors.js';
import { plural } from '../../report/format.js';
import { visible } from '../../report/print/visible.js';
import { expectPossible } from '../../run/breakage.js';
import { planWarnings } from '../../run/plan-warnings.js';
import { loadMatrix } from '../../scenario/load.js';
import { planOf } from '../../workload/plan.js';
import { linesOf } from '../describe-error.js';
import { type ServerArguments, serversFrom } from '../servers.js';
import { findFile } from '../shipped-files.js';

/** It lies beside the scenarios, so `scenarios/*.json` names it, too. */
const SCHEMA = 'scenario.schema.json';

export interface ValidateArguments extends ServerArguments {
  readonly scenarios: readonly string[];
  /** `path=value` */
  readonly set: readonly string[];
}

/** @returns 64 when a file has a problem; then the others are still checked */
export async function validate({ scenarios, set, ...servers }: ValidateArguments): Promise<number> {
  const infra = serversFrom(servers, process.env);
  let exitCode: number = EXIT.pass;
  for (const file of scenarios) {
    if (basename(file) === SCHEMA) continue;
    try {
      process.stdout.write(await soundText(file, set, infra));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      process.stdout.write(linesOf(error));
      exitCode = EXIT.usage;
    }
  }
  return exitCode;
}

/** @throws ScenarioError */
async function soundText(file: string, set: readonly string[], infra: ReturnType<typeof serversFrom>): Promise<string> {
  const { scenario, settings } = await loadMatrix(findFile(file, 'scenarios'), set);
  for (const one of [scenario, ...settings.map((setting) => setting.scenario)]) expectPossible(one, infra);
  const plan = planOf(scenario);
  const parts = [`${plan.events} events`, `${plan.articles} articles`, plural(plan.days.length, 'day')];
  if (settings.length > 0) parts.push(`${settings.length} settings`);
  const warnings = planWarnings(plan).map((warning) => `  warning: ${warning}\n`);
  return visible(`${file}: ok, ${parts.join(', ')}\n${warnings.join('')}`);
}
