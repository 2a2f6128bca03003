// simulator/report/scenario-facts.ts — What reports need of the resolved scenario, whatever else it holds.
import { DEFAULT_RULES } from '../../contract/rules.js';
import { shellWord } from '../errors.js';
import type { RunRecord, SutRecord } from '../record/run-record.js';
import type { Outcome } from '../record/verdict-record.js';
import { unmet } from './expectation.js';
import { failingNames, findingNames } from './finding-names.js';

export type Weights = typeof DEFAULT_RULES.weights;

/** The defaults where the record does not say. */
export function weightsOf({ scenario }: RunRecord): Weights {
  const weights = at(at(scenario.resolved, 'rules'), 'weights');
  const weight = (name: keyof Weights) => {
    const value = at(weights, name);
    return typeof value === 'number' ? value : DEFAULT_RULES.weights[name];
  };
  return { like: weight('like'), comment: weight('comment'), view: weight('view'), commenter: weight('commenter') };
}

export function zoneOf({ scenario }: RunRecord): string | undefined {
  const zone = at(at(scenario.resolved, 'rules'), 'zone');
  return typeof zone === 'string' ? zone : undefined;
}

export function expectedVerdict({ scenario }: RunRecord): Outcome {
  const verdict = at(at(scenario.resolved, 'expect'), 'verdict');
  return verdict === 'fail' || verdict === 'unknown' ? verdict : 'pass';
}

/** What the scenario expects to be found and was not, to be said after "expects"; the verdict is another matter. */
export function unmetFinding({ scenario, verdict, diagnosis }: RunRecord): string | undefined {
  const expected = at(scenario.resolved, 'expect');
  const finding = at(expected, 'finding');
  const failing = at(expected, 'failing');
  const checks = verdict?.checks ?? [];
  return unmet(
    { found: findingNames(checks, diagnosis), failing: failingNames(checks) },
    {
      ...(typeof finding === 'string' ? { finding } : {}),
      ...(Array.isArray(failing) ? { failing: failing.map(String) } : {}),
    },
  );
}

/** What ran, and with which consumer if it is not the one that comes with sim. */
export function nameOf({ scenario, sut }: Pick<RunRecord, 'scenario' | 'sut'>): string {
  return sut ? `${scenario.name} with ${sut.name}` : scenario.name;
}

/** As the run was called; older records do not say. */
export function replayOf(record: RunRecord): string {
  return record.replay ?? replayCommand(record);
}

interface Replayed {
  readonly scenario: Pick<RunRecord['scenario'], 'file' | 'seed' | 'settings'>;
  readonly sut?: Pick<SutRecord, 'file'>;
}

/**
 * The command that plays the same events again.
 * @param sim the command as it was called
 */
export function replayCommand({ scenario, sut }: Replayed, sim = 'sim'): string {
  const settings = scenario.settings.filter((setting) => !setting.startsWith('seed='));
  const patches = [`seed=${scenario.seed}`, ...settings].map((setting) => `--set ${shellWord(setting)}`);
  const consumer = sut ? ` --sut ${shellWord(sut.file)}` : '';
  return `${sim} run ${shellWord(scenario.file)}${consumer} ${patches.join(' ')}`;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
