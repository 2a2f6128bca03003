// simulator/report/conclusion.ts — How a run ended: a word, a headline, and a few lines. Every report begins with it.

import type { RunRecord } from '../record/run-record.js';
import type { CheckResult, Outcome, ThresholdResult, Verdict } from '../record/verdict-record.js';
import { shortened } from '../vocabulary/foreign-text.js';
import { namesOf } from './diagnosis-text.js';
import type { Conclusion } from './document.js';
import { count, measured, plural } from './format.js';
import { expectedVerdict, unmetFinding } from './scenario-facts.js';

const MAX_CHECKS = 2;
const MAX_LETTERS = 300;

export function conclusionOf(record: RunRecord): Conclusion {
  const { status, verdict, error } = record;
  if (status === 'interrupted') {
    const line = `The run was stopped before it could be judged: ${error?.message ?? 'its progress is not known'}.`;
    return { word: 'INTERRUPTED', tone: 'unsure', lines: [line] };
  }
  if (status === 'failed' || !verdict) {
    return { word: 'RUN FAILED', tone: 'bad', lines: [firstLine(error?.message ?? 'The run did not get to its end')] };
  }
  return judgedConclusion(record, verdict);
}

/** Word and lines in one sentence, for a table row. */
export function sentenceOf({ word, lines }: Conclusion): string {
  return `${word}: ${lines.join(' ')}`;
}

function judgedConclusion(record: RunRecord, verdict: Verdict): Conclusion {
  const { outcome, checks } = verdict;
  const expected = expectedVerdict(record);
  if (outcome !== expected) return unexpected(record, verdict, expected);
  const word = outcome.toUpperCase();
  const missing = unmetFinding(record);
  if (missing !== undefined) {
    return { word, tone: 'bad', lines: [...reasons(record, verdict), `The scenario expects ${missing}.`] };
  }
  const missed = verdict.thresholds.filter((threshold) => !threshold.ok);
  if (missed.length > 0) return { word: 'THRESHOLD MISSED', tone: 'bad', lines: [missedSentence(outcome, missed)] };
  if (outcome === 'pass') return { word, tone: 'good', lines: [passSentence(record, checks)] };
  return { word: `${word}, AS EXPECTED`, tone: 'good', lines: reasons(record, verdict) };
}

function unexpected(record: RunRecord, verdict: Verdict, expected: Outcome): Conclusion {
  const { outcome } = verdict;
  if (outcome === 'pass') {
    const line = `Every check passed, but the scenario expects ${expected}: what should go wrong did not show.`;
    return { word: 'FAIL', tone: 'bad', lines: [line] };
  }
  const wanted = expected === 'pass' ? [] : [`The scenario expects ${expected}.`];
  const tone = outcome === 'fail' ? 'bad' : 'unsure';
  return { word: outcome.toUpperCase(), tone, lines: [...reasons(record, verdict), ...wanted] };
}

/** The first findings, the bug that they show, and whether the known deviations explain it. */
function reasons({ diagnosis }: RunRecord, verdict: Verdict): string[] {
  const names = diagnosis && namesOf(diagnosis.naming);
  const deviations = diagnosis?.butForTraits;
  return [
    ...deciding(verdict),
    ...(names === undefined ? [] : [`Consistent with ${names}.`]),
    ...(deviations ? [`With its known deviations allowed: ${deviations.outcome}.`] : []),
  ];
}

function deciding({ checks, outcome }: Verdict): string[] {
  const all = checks.filter((check) => check.outcome === outcome);
  if (all.length === 0) return ['No check could decide.'];
  const rest = all.length - MAX_CHECKS;
  return [...all.slice(0, MAX_CHECKS).map(decidingLine), ...(rest > 0 ? [`And ${plural(rest, 'more check')}.`] : [])];
}

function decidingLine({ check, reason, findings, findingCount }: CheckResult): string {
  const more = findingCount > 1 ? ` (and ${count(findingCount - 1)} more)` : '';
  return `${check}: ${firstLine(reason ?? findings[0]?.message ?? 'no details')}${more}.`;
}

function passSentence({ days, load }: RunRecord, checks: readonly CheckResult[]): string {
  const which = days.length === 1 ? 'the day' : `all ${days.length} days`;
  const ranking = days.length === 0 || !load ? '' : `: the ranking of ${which} is right after ${count(load.ok)} events`;
  return `${checks.length === 1 ? 'The only check' : `All ${checks.length} checks`} passed${ranking}.`;
}

function missedSentence(outcome: Outcome, missed: readonly ThresholdResult[]): string {
  const list = missed.map(({ threshold, actual, unit }) => `${threshold} (${measured(actual, unit)})`);
  const verdict = outcome === 'pass' ? 'The ranking is right' : `The verdict is ${outcome}, as expected`;
  return `${verdict}, but ${plural(missed.length, 'threshold')} missed: ${list.join('; ')}.`;
}

/** A check that threw gives its stack as the reason. The checks show all of it. */
function firstLine(message: string): string {
  const end = message.indexOf('\n');
  const line = end < 0 ? message : message.slice(0, end);
  return shortened(line, MAX_LETTERS);
}
