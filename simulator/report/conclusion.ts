// simulator/report/conclusion.ts — A run's end in a word and a sentence; every report begins with it.
import type { CheckResult, RunRecord } from '../record/run-record.js';
import { count } from './format.js';

export interface Conclusion {
  readonly word: 'PASS' | 'FAIL' | 'UNKNOWN' | 'THRESHOLD MISSED' | 'INTERRUPTED' | 'NOT RUN';
  readonly tone: 'good' | 'bad' | 'unsure';
  readonly sentence: string;
}

export function conclusionOf(record: RunRecord): Conclusion {
  const { verdict, error } = record;
  if (record.status === 'interrupted') {
    return { word: 'INTERRUPTED', tone: 'unsure', sentence: 'The run was ended before it could be judged.' };
  }
  if (!verdict)
    return { word: 'NOT RUN', tone: 'unsure', sentence: error?.message ?? 'The run did not get to its end.' };
  const failed = verdict.checks.filter((check) => check.outcome === 'fail');
  const unsure = verdict.checks.filter((check) => check.outcome === 'unknown');
  const expected = record.exitCode === 0 && verdict.outcome !== 'pass' ? ' The scenario expects this verdict.' : '';
  if (failed.length > 0) return { word: 'FAIL', tone: 'bad', sentence: `${why(failed)}${expected}` };
  if (unsure.length > 0) return { word: 'UNKNOWN', tone: 'unsure', sentence: `${why(unsure)}${expected}` };
  const missed = verdict.thresholds.filter((threshold) => !threshold.ok);
  if (missed.length > 0) {
    const list = missed.map(({ threshold, actual, unit }) => `${threshold} (was ${actual ?? 'not measured'} ${unit})`);
    return { word: 'THRESHOLD MISSED', tone: 'bad', sentence: `The ranking is right, but: ${list.join('; ')}.` };
  }
  const days = record.days.length === 1 ? 'the day' : `all ${record.days.length} days`;
  const events = count(record.load?.ok ?? 0);
  return {
    word: 'PASS',
    tone: 'good',
    sentence: `The ranking of ${days} is right, and every count behind it, after ${events} events.`,
  };
}

function why(checks: readonly CheckResult[]): string {
  return checks
    .map(({ check, reason, findings, findingCount }) => {
      const more = findingCount > 1 ? ` (and ${count(findingCount - 1)} more)` : '';
      return `${check}: ${reason ?? findings[0]?.message ?? 'no reason given'}${more}`;
    })
    .join('. ');
}

/** The command that plays the same events again. */
export function replayCommand({ scenario }: RunRecord): string {
  const settings = scenario.settings.map(
    (setting) => ` --set ${/^[\w.=:/-]+$/.test(setting) ? setting : `'${setting}'`}`,
  );
  return `./sim run ${scenario.file}${settings.join('')}`;
}
