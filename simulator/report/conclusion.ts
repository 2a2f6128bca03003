// simulator/report/conclusion.ts — A run's end in a word and a sentence; every report begins with it.

import type { RunRecord } from '../record/run-record.js';
import type { CheckResult, Outcome, ThresholdResult } from '../record/verdict-record.js';
import { namesOf } from './diagnosis-text.js';
import { count, measured, plural } from './format.js';
import { expectedVerdict, unmetFinding } from './scenario-facts.js';

export interface Conclusion {
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'unsure';
  readonly sentence: string;
}

const MAX_CHECKS = 2;
const MAX_LETTERS = 300;

export function conclusionOf(record: RunRecord): Conclusion {
  const { status, verdict, error } = record;
  if (status === 'interrupted') {
    const sentence = `The run was stopped before it could be judged: ${error?.message ?? 'nothing is known of it'}.`;
    return { word: 'INTERRUPTED', tone: 'unsure', sentence };
  }
  if (status === 'failed' || !verdict) {
    return { word: 'RUN FAILED', tone: 'bad', sentence: firstLine(error?.message ?? 'The run did not get to its end') };
  }
  return judgedConclusion(record, verdict);
}

function judgedConclusion(record: RunRecord, verdict: NonNullable<RunRecord['verdict']>): Conclusion {
  const { outcome, checks } = verdict;
  const expected = expectedVerdict(record);
  if (outcome !== expected) return unexpected(record, outcome, expected);
  const missing = unmetFinding(record);
  if (missing !== undefined) {
    const sentence = `${cause(record)}${why(checks, outcome)} The scenario expects ${missing}.`;
    return { word: outcome.toUpperCase(), tone: 'bad', sentence };
  }
  const missed = verdict.thresholds.filter((threshold) => !threshold.ok);
  if (missed.length > 0) return { word: 'THRESHOLD MISSED', tone: 'bad', sentence: missedSentence(outcome, missed) };
  if (outcome === 'pass') return { word: 'PASS', tone: 'good', sentence: passSentence(record, checks) };
  return {
    word: `${outcome.toUpperCase()}, AS EXPECTED`,
    tone: 'good',
    sentence: `${cause(record)}${why(checks, outcome)}`,
  };
}

function unexpected(record: RunRecord, outcome: Outcome, expected: Outcome): Conclusion {
  const checks = record.verdict?.checks ?? [];
  if (outcome === 'pass') {
    const sentence = `Every check passed, but the scenario expects ${expected}: what should go wrong did not show.`;
    return { word: 'FAIL', tone: 'bad', sentence };
  }
  const wanted = expected === 'pass' ? '' : ` The scenario expects ${expected}.`;
  const sentence = `${cause(record)}${why(checks, outcome)}${wanted}`;
  return { word: outcome.toUpperCase(), tone: outcome === 'fail' ? 'bad' : 'unsure', sentence };
}

function cause({ diagnosis }: RunRecord): string {
  const names = diagnosis && namesOf(diagnosis.naming);
  const butFor = diagnosis?.butForTraits ? `But for its declared traits: ${diagnosis.butForTraits.outcome}. ` : '';
  return names === undefined ? butFor : `Consistent with ${names}. ${butFor}`;
}

function passSentence({ days, load }: RunRecord, checks: readonly CheckResult[]): string {
  const which = days.length === 1 ? 'the day' : `all ${days.length} days`;
  const ranking = days.length === 0 ? '' : `: the ranking of ${which} is right after ${count(load?.ok ?? 0)} events`;
  return `${checks.length === 1 ? 'The only check' : `All ${checks.length} checks`} passed${ranking}.`;
}

function missedSentence(outcome: Outcome, missed: readonly ThresholdResult[]): string {
  const list = missed.map(({ threshold, actual, unit }) => `${threshold} (${measured(actual, unit)})`);
  const verdict = outcome === 'pass' ? 'The ranking is right' : `The verdict is ${outcome}, as expected`;
  return `${verdict}, but ${plural(missed.length, 'threshold')} missed: ${list.join('; ')}.`;
}

/** The first findings, or reasons, of the checks that decided. */
function why(checks: readonly CheckResult[], outcome: Outcome): string {
  const deciding = checks.filter((check) => check.outcome === outcome);
  if (deciding.length === 0) return 'No check has said anything.';
  const texts = deciding.slice(0, MAX_CHECKS).map(({ check, reason, findings, findingCount }) => {
    const more = findingCount > 1 ? ` (and ${count(findingCount - 1)} more)` : '';
    return `${check}: ${firstLine(reason ?? findings[0]?.message ?? 'no reason given')}${more}`;
  });
  const rest = deciding.length - texts.length;
  return `${texts.join('; ')}${rest > 0 ? `; and ${plural(rest, 'more check')}` : ''}.`;
}

/** A checker that threw gives its stack as the reason; the whole of it stands in the checks. */
function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > MAX_LETTERS ? `${line.slice(0, MAX_LETTERS)}…` : line;
}
