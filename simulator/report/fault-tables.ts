// simulator/report/fault-tables.ts — What was broken on purpose, as rows for every report: when, for how long, its proof, the recovery.
import type { FaultResult } from '../history/fault-result.js';
import type { RunRecord } from '../record/run-record.js';
import { duration } from './format.js';
import { html, type Markup } from './markup.js';
import { columns, type Paint } from './terminal-layout.js';

export const FAULT_HEAD = [
  'Fault',
  'Of',
  'At',
  'For',
  'Noticed after',
  'Moved again after',
  'Caught up after',
] as const;

/** Times since the load began; the last is counted from the healing, the two before it from the break. */
export function faultCells({ kind, target, injectedAtMs, healedAtMs, recovery }: FaultResult): string[] {
  const lasted = injectedAtMs === null || healedAtMs === null ? null : healedAtMs - injectedAtMs;
  const times = [injectedAtMs, lasted, recovery?.detectedMs, recovery?.firstProgressMs, recovery?.caughtUpMs];
  return [kind, target, ...times.map((ms) => (ms === null || ms === undefined ? '–' : duration(ms)))];
}

/** `exit: running -> SIGKILL`; the problem first, where there is one. */
export function faultProofs({ receipt, problem }: FaultResult): string[] {
  const facts = receipt?.facts.map(({ what, before, after }) => `${what}: ${before} → ${after}`) ?? [];
  return [...(problem === undefined ? [] : [problem]), ...facts];
}

export function faultWord({ receipt, injectedAtMs, healedAtMs }: FaultResult): 'proven' | 'not proven' | 'not healed' {
  if (injectedAtMs !== null && healedAtMs === null) return 'not healed';
  return receipt?.proven ? 'proven' : 'not proven';
}

export function faultLines({ faults = [] }: RunRecord, paint: Paint): string {
  if (faults.length === 0) return '';
  const rows = faults.map((fault) => [...faultCells(fault), faultWord(fault)]);
  const head = ['fault', 'of', 'at', 'for', 'noticed', 'moved', 'caught up', ''];
  return [`  ${paint('faults, and the time until the consumers recovered', 'soft')}`, ...columns(head, rows)].join(
    '\n',
  );
}

export function faultsSection({ faults = [] }: RunRecord): Markup {
  if (faults.length === 0) return html``;
  return html`<section id="faults"><h2>Faults</h2>
<div class="wide"><table class="checks"><caption>Broken on purpose; “noticed” and “moved again” count from the break, “caught up” from the healing.</caption>
<thead><tr><th scope="col">Proof</th>${FAULT_HEAD.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${faults.map(faultRows)}</tbody></table></div></section>`;
}

function faultRows(fault: FaultResult): Markup {
  const word = faultWord(fault);
  const cells = faultCells(fault).map((cell) => html`<td>${cell}</td>`);
  const proofs = faultProofs(fault).map((line) => html`<li>${line}</li>`);
  return html`<tr><td><span class="badge ${word === 'proven' ? 'pass' : 'unknown'}">${word}</span></td>${cells}</tr>
<tr class="more"><td></td><td colspan="${FAULT_HEAD.length}"><ul>${proofs}</ul></td></tr>`;
}
