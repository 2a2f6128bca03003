// simulator/report/print/junit.ts — junit.xml, for CI pages that list tests: one testcase a check and a threshold.

import type { RunRecord } from '../../record/run-record.js';
import type { CheckResult, ThresholdResult } from '../../record/verdict-record.js';
import { conclusionOf, sentenceOf } from '../conclusion.js';
import { measured } from '../format.js';
import { expectedVerdict, unmetFinding } from '../scenario-facts.js';
import { visible } from './visible.js';

interface Case {
  readonly group: 'checks' | 'thresholds' | 'run';
  readonly name: string;
  /** `error` where nothing could be said. */
  readonly problem?: { readonly element: 'failure' | 'error'; readonly message: string; readonly details: string };
  /** What a testcase without a problem has to say. */
  readonly output?: string;
}

export function renderJunit(record: RunRecord): string {
  const cases = casesOf(record);
  const numberOf = (element: string) => cases.filter((one) => one.problem?.element === element).length;
  const seconds = Math.max(0, Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000;
  const totals = `tests="${cases.length}" failures="${numberOf('failure')}" errors="${numberOf('error')}" time="${seconds.toFixed(3)}"`;
  const name = escapeXml(record.scenario.name);
  // The schema that most readers follow has no zone in a timestamp.
  const timestamp = escapeXml(record.startedAt.replace(/(?:\.\d+)?Z$/, ''));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sim" ${totals}>
  <testsuite name="${name}" ${totals} skipped="0" timestamp="${timestamp}">
${properties(record)}${cases.map((one) => testcase(one, name)).join('')}  </testsuite>
</testsuites>
`;
}

function properties({ runId, exitCode, scenario, load }: RunRecord): string {
  const drain = load ? { drainTimeMs: load.drainMs ?? 'never drained' } : {};
  const all = { runId, exitCode, seed: scenario.seed, ...drain };
  const lines = Object.entries(all).map(
    ([name, value]) => `      <property name="${name}" value="${escapeXml(String(value))}"/>\n`,
  );
  return `    <properties>\n${lines.join('')}    </properties>\n`;
}

function casesOf(record: RunRecord): Case[] {
  const { verdict, error, status } = record;
  if (!verdict || status !== 'completed') {
    const message = sentenceOf(conclusionOf(record));
    const problem = { element: 'error', message, details: errorText(error) } as const;
    return [{ group: 'run', name: 'run', problem }];
  }
  // A scenario that must fail, and does, has succeeded: CI must not be red for it.
  const isFound = verdict.outcome === expectedVerdict(record) && unmetFinding(record) === undefined;
  const isExpected = isFound && verdict.outcome !== 'pass';
  const checks = verdict.checks.map((check) => (isExpected ? expectedCase(check) : checkCase(check)));
  return [...checks, ...missingFailure(record), ...verdict.thresholds.map(thresholdCase)];
}

/** What stands below the first line of the message, such as the end of a log; then what helps. */
function errorText(error: RunRecord['error']): string {
  return [...(error?.message.split('\n').slice(1) ?? []), error?.hint ?? ''].join('\n').trim();
}

function checkCase(result: CheckResult): Case {
  const { check: name, outcome, reason, findings, seen } = result;
  if (outcome === 'pass') return { group: 'checks', name, output: seen };
  const message = reason ?? findings[0]?.message ?? outcome;
  return {
    group: 'checks',
    name,
    problem: { element: outcome === 'fail' ? 'failure' : 'error', message, details: detailsOf(result) },
  };
}

function expectedCase(result: CheckResult): Case {
  const { check: name, outcome, seen } = result;
  const output = outcome === 'pass' ? seen : `${outcome}, as the scenario expects\n${detailsOf(result)}`;
  return { group: 'checks', name, output };
}

function detailsOf({ seen, findings, findingCount }: CheckResult): string {
  const more = findingCount - findings.length;
  const lines = [`looked at: ${seen}`, ...findings.map((finding) => finding.message)];
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function missingFailure(record: RunRecord): Case[] {
  const expected = expectedVerdict(record);
  if (expected === 'pass' || record.verdict?.outcome !== 'pass') return [];
  const message = `expected the verdict ${expected}, found pass`;
  return [{ group: 'checks', name: 'expected verdict', problem: { element: 'failure', message, details: '' } }];
}

function thresholdCase({ threshold: name, ok, actual, unit }: ThresholdResult): Case {
  const output = `measured: ${measured(actual, unit)}`;
  if (ok) return { group: 'thresholds', name, output };
  const element = actual === null ? 'error' : 'failure';
  return { group: 'thresholds', name, problem: { element, message: `expected ${name}, ${output}`, details: '' } };
}

function testcase({ group, name, problem, output = '' }: Case, suite: string): string {
  const open = `    <testcase classname="${suite}.${group}" name="${escapeXml(name)}" time="0"`;
  if (problem) {
    const { element, message, details } = problem;
    return `${open}>\n      <${element} type="${element}" message="${escapeXml(message)}">${escapeXml(details)}</${element}>\n    </testcase>\n`;
  }
  return output === ''
    ? `${open}/>\n`
    : `${open}>\n      <system-out>${escapeXml(output)}</system-out>\n    </testcase>\n`;
}

function escapeXml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
