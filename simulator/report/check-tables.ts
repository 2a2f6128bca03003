// simulator/report/check-tables.ts — The verdict of report.html in full: checks with their findings, and thresholds.

import type { RunRecord } from '../record/run-record.js';
import type { CheckResult, Finding, Outcome, ThresholdResult } from '../record/verdict-record.js';
import { count, dayName, measured, plural } from './format.js';
import { html, type Markup } from './markup.js';

const LABELS: Readonly<Record<Outcome, string>> = { pass: '✓ pass', fail: '✕ fail', unknown: '? unknown' };

/** The first findings say what is wrong; the others help to look for one article. */
const OPEN_FINDINGS = 5;

export function checksSection({ verdict, error }: RunRecord): Markup {
  if (!verdict) {
    // The banner has the first line only.
    const whole = error?.message.includes('\n') ? html`<pre>${error.message}</pre>` : '';
    return html`<section id="checks"><h2>Checks</h2><p class="absent">Nothing was judged: the run did not get that far.</p>${whole}</section>`;
  }
  const passed = verdict.checks.filter((check) => check.outcome === 'pass').length;
  return html`<section id="checks"><h2>Checks</h2>
<div class="wide"><table class="checks"><caption>${passed} of ${plural(verdict.checks.length, 'check')} passed.</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col">Looked at</th></tr></thead>
<tbody>${verdict.checks.map(checkRows)}</tbody></table></div></section>`;
}

function checkRows(result: CheckResult): Markup {
  const { outcome, check, seen, reason, findings, needs = [] } = result;
  const why = reason === undefined ? '' : html`<p class="reason">${reason}</p>`;
  const list = findings.length === 0 ? '' : findingsTable(result);
  const more = why === '' && list === '' ? '' : html`<tr class="more"><td></td><td colspan="2">${why}${list}</td></tr>`;
  return html`<tr><td><span class="badge ${outcome}">${LABELS[outcome]}</span></td><th scope="row">${check}</th><td>${seen}${needs.map(needMarkup)}</td></tr>${more}`;
}

/** What a check must have seen to say anything. */
function needMarkup({ text, wasSeen }: NonNullable<CheckResult['needs']>[number]): Markup {
  return html`<br><span class="soft">${wasSeen ? '✓ seen' : '✕ not seen'}: ${text}</span>`;
}

function findingsTable({ check, findings, findingCount }: CheckResult): Markup {
  const rest = findings.slice(OPEN_FINDINGS);
  const left = findingCount - findings.length;
  const unseen = left > 0 ? html`<p class="absent">and ${count(left)} more of the same check, not recorded</p>` : '';
  const folded =
    rest.length > 0
      ? html`<details><summary>${rest.length} further findings of ${check}</summary>${findingRows(`Further findings of ${check}`, rest)}</details>`
      : '';
  const first = findings.slice(0, OPEN_FINDINGS);
  return html`${findingRows(`${plural(findingCount, 'finding')} of ${check}`, first)}${folded}${unseen}`;
}

function findingRows(caption: string, findings: readonly Finding[]): Markup {
  return html`<table class="findings"><caption>${caption}</caption>
<thead><tr><th scope="col">What is wrong</th><th scope="col" class="number">Expected</th><th scope="col" class="number">Found</th></tr></thead>
<tbody>${findings.map(findingRow)}</tbody></table>`;
}

function findingRow(finding: Finding): Markup {
  const { expected, found } = finding;
  return html`<tr><td>${messageOf(finding)}</td><td class="number">${value(expected)}</td><td class="number">${value(found)}</td></tr>`;
}

/** The day leads to its list; a message that begins with it is not given it twice. */
function messageOf({ message, day }: Finding): Markup {
  if (day === undefined) return html`${message}`;
  const rest = message.startsWith(day) ? message.slice(day.length) : ` ${message}`;
  return html`<a href="#day-${day}">${dayName(day)}</a>${rest}`;
}

function value(one: string | number | undefined): string {
  return typeof one === 'number' ? count(one) : (one ?? '–');
}

export function thresholdsSection({ verdict }: RunRecord): Markup {
  if (!verdict) return html``;
  if (verdict.thresholds.length === 0) {
    return html`<section id="thresholds"><h2>Thresholds</h2><p class="absent">The scenario sets none.</p></section>`;
  }
  const met = verdict.thresholds.filter((threshold) => threshold.ok).length;
  return html`<section id="thresholds"><h2>Thresholds</h2>
<table class="checks"><caption>${met} of ${plural(verdict.thresholds.length, 'threshold')} met; one without a measurement is missed.</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Threshold</th><th scope="col" class="number">Measured</th></tr></thead>
<tbody>${verdict.thresholds.map(thresholdRow)}</tbody></table></section>`;
}

function thresholdRow({ threshold, ok, actual, unit }: ThresholdResult): Markup {
  const badge = html`<span class="badge ${ok ? 'pass' : 'fail'}">${ok ? '✓ met' : '✕ missed'}</span>`;
  return html`<tr><td>${badge}</td><th scope="row">${threshold}</th><td class="number">${measured(actual, unit)}</td></tr>`;
}
