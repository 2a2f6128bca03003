// simulator/report/diagnosis-section.ts — Cause and proof of a wrong ranking, for report.html.
import type { Diagnosis, LedgerRow, Proof } from '../record/diagnosis-record.js';
import type { RunRecord } from '../record/run-record.js';
import {
  isDivergence,
  ledgerCells,
  ledgerHead,
  namesOf,
  namingSentences,
  proofSentence,
  traitSentence,
} from './diagnosis-text.js';
import { count, plural } from './format.js';
import { html, type Markup } from './markup.js';
import { replayCommand } from './scenario-facts.js';

export function diagnosisSection(record: RunRecord): Markup {
  const { diagnosis } = record;
  if (!diagnosis) return html``;
  return html`<section id="cause"><h2>Cause</h2>${naming(diagnosis)}${diagnosis.proof ? proof(diagnosis.proof, record) : ''}</section>`;
}

function naming(diagnosis: Diagnosis): Markup {
  const { naming, butForTraits } = diagnosis;
  const names = namesOf(naming);
  const traits = traitSentence(diagnosis);
  const butFor =
    butForTraits && traits
      ? html`<p><span class="badge ${butForTraits.outcome}">${butForTraits.outcome}</span> ${traits}</p>`
      : '';
  const badge = names === undefined ? '' : html`<p><span class="badge fail">${names}</span></p>`;
  return html`${badge}${namingSentences(naming).map((sentence) => html`<p>${sentence}</p>`)}${butFor}`;
}

function proof(one: Proof, record: RunRecord): Markup {
  const { divergence, ledger, events, bugOfLedger } = one;
  const also = bugOfLedger === undefined ? '' : `, and after each event those that ${bugOfLedger} makes of it`;
  const parts = divergence === undefined ? '' : html`<p>Where they part: ${divergence}.</p>`;
  return html`<h3>The first wrong article</h3><p>${proofSentence(one)}.</p>${parts}
<div class="wide"><table class="findings ledger"><caption>${count(ledger.length)} of its ${plural(events, 'event')}, in the order in which they were to be sent, with its counts by the rules${also}.</caption>
<thead><tr>${ledgerHead(one).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${ledger.map((row) => ledgerRow(row, one, record))}</tbody></table></div>
<p>To play the same events again:</p><pre><code>${replayCommand(record)}</code></pre>`;
}

function ledgerRow(row: LedgerRow, one: Proof, record: RunRecord): Markup {
  const cells = ledgerCells(row, one, record).map((cell) => html`<td>${cell}</td>`);
  return html`<tr${isDivergence(row, one) ? html` class="wrong"` : ''}>${cells}</tr>`;
}
