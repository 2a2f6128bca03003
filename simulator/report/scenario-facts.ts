// simulator/report/scenario-facts.ts — What reports need of the resolved scenario, whatever else it holds.
import { DEFAULT_RULES } from '../../contract/rules.js';
import type { Outcome, RunRecord } from '../record/run-record.js';
import { findingNames } from './finding-names.js';

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

/** Undefined when it was found, or the scenario names none. */
export function missingFinding({ scenario, verdict, diagnosis }: RunRecord): string | undefined {
  const finding = at(at(scenario.resolved, 'expect'), 'finding');
  if (typeof finding !== 'string' || findingNames(verdict?.checks ?? [], diagnosis).includes(finding)) return undefined;
  return finding;
}

/** What ran, and with which consumer if it is not the one that comes with sim. */
export function nameOf({ scenario, sut }: Pick<RunRecord, 'scenario' | 'sut'>): string {
  return sut ? `${scenario.name} with ${sut.name}` : scenario.name;
}

/** The command that plays the same events again. */
export function replayCommand({ scenario, sut }: Pick<RunRecord, 'scenario' | 'sut'>): string {
  const settings = scenario.settings.filter((setting) => !setting.startsWith('seed='));
  const patches = [`seed=${scenario.seed}`, ...settings].map((setting) => `--set ${quoted(setting)}`);
  const consumer = sut ? ` --sut ${quoted(sut.file)}` : '';
  return `sim run ${quoted(scenario.file)}${consumer} ${patches.join(' ')}`;
}

function quoted(word: string): string {
  return /^[\w.,=:/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
