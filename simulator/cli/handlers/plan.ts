// simulator/cli/handlers/plan.ts — `sim plan`: what a scenario would do, without any server.
import { nextTurn } from '../../../contract/waiting.js';
import { EXIT } from '../../errors.js';
import { loadMatrix } from '../../scenario/load.js';
import { fittedTo } from '../../sut/fit.js';
import { loadSut } from '../../sut/load.js';
import { type Plan, planOf } from '../../workload/plan.js';
import { type Survey, surveySteps } from '../../workload/survey.js';
import { findFile } from '../shipped-files.js';
import { MAX_SURVEYED_EVENTS, planText, settingText } from './plan-text.js';

export interface PlanArguments {
  readonly scenario: string;
  /** `path=value` */
  readonly set: readonly string[];
  readonly sut?: string | undefined;
  readonly hash: boolean;
}

export async function showPlan(args: PlanArguments): Promise<number> {
  const sut = args.sut === undefined ? undefined : await loadSut(findFile(args.sut, 'suts'));
  const { scenario, settings } = await loadMatrix(findFile(args.scenario, 'scenarios'), args.set, sut?.scenario);
  const plan = planOf(sut ? fittedTo(sut, scenario) : scenario);
  const found = await surveyOf(plan, args.hash ? Number.POSITIVE_INFINITY : MAX_SURVEYED_EVENTS);
  if (args.hash) process.stdout.write(`${found.hash}\n`);
  else process.stdout.write(`${planText(plan, found)}${settings.map(settingText).join('')}`);
  return EXIT.pass;
}

/** A large plan takes minutes, and signals end it meanwhile. */
async function surveyOf(plan: Plan, mostRecords: number): Promise<Survey> {
  const steps = surveySteps(plan, mostRecords);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}
