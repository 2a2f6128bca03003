// simulator/report/junit.ts — junit.xml, for CI pages that list tests: one testcase a check and a threshold.
import type { RunRecord } from '../record/run-record.js';

interface Case {
  readonly name: string;
  readonly problem?: { readonly element: 'failure' | 'error'; readonly message: string; readonly details: string };
}

export function renderJunit(record: RunRecord): string {
  const cases = casesOf(record);
  const failures = cases.filter((one) => one.problem?.element === 'failure').length;
  const errors = cases.filter((one) => one.problem?.element === 'error').length;
  const seconds = (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000;
  const suite = `name="sim ${escapeXml(record.scenario.name)}" tests="${cases.length}" failures="${failures}" errors="${errors}" time="${seconds}" timestamp="${record.startedAt}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${suite}>\n${cases.map(render).join('')}  </testsuite>\n</testsuites>\n`;
}

function casesOf({ verdict, error, status }: RunRecord): Case[] {
  if (!verdict) {
    const message = error?.message ?? status;
    return [{ name: 'run', problem: { element: 'error', message, details: error?.hint ?? '' } }];
  }
  const checks = verdict.checks.map(({ check, outcome, reason, findings }): Case => {
    if (outcome === 'pass') return { name: check };
    const details = findings.map((finding) => finding.message).join('\n');
    const message = reason ?? findings[0]?.message ?? outcome;
    return { name: check, problem: { element: outcome === 'fail' ? 'failure' : 'error', message, details } };
  });
  const thresholds = verdict.thresholds.map(({ threshold, ok, actual, unit }): Case => {
    if (ok) return { name: threshold };
    const message = actual === null ? 'not measured' : `measured ${actual} ${unit}`;
    return { name: threshold, problem: { element: 'failure', message, details: '' } };
  });
  return [...checks, ...thresholds];
}

function render({ name, problem }: Case): string {
  const open = `    <testcase classname="sim" name="${escapeXml(name)}"`;
  if (!problem) return `${open}/>\n`;
  const { element, message, details } = problem;
  return `${open}>\n      <${element} message="${escapeXml(message)}">${escapeXml(details)}</${element}>\n    </testcase>\n`;
}

/** XML allows no control characters besides tab and line ends, not even escaped. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
