// simulator/report/diagnosis-lines.ts — Cause and proof of a wrong ranking on a terminal, in at most 16 lines.
import type { Proof } from '../record/diagnosis-record.js';
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
import { type Paint, wrap, wrapShort } from './terminal-layout.js';

const MAX_ROWS = 5;
const MAX_SENTENCE_LINES = 3;

export function diagnosisBlock(
  { diagnosis, ...record }: RunRecord,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string {
  if (!diagnosis) return '';
  const { naming, proof } = diagnosis;
  const names = namesOf(naming) ?? 'none that is known';
  const [is = '', not] = namingSentences(naming);
  const sentences = [is, not ?? '', traitSentence(diagnosis) ?? '']
    .filter(Boolean)
    .map((sentence) => wrapShort(sentence, width, MAX_SENTENCE_LINES));
  const proofLines = proof
    ? [...wrap(proofSentence(proof), width), ...wrap(proof.divergence ?? '', width), ...ledgerLines(proof, record)]
    : [];
  return [`  ${paint('cause', 'bad')}  ${names}`, ...sentences.flat(), ...proofLines]
    .filter((line) => line.trim() !== '')
    .join('\n');
}

/** The rows around the divergence, or else the last. */
function ledgerLines(proof: Proof, record: RunRecord): string[] {
  const at = proof.ledger.findIndex((row) => isDivergence(row, proof));
  const from = Math.max(0, at < 0 ? proof.ledger.length - MAX_ROWS : at - 2);
  const rows = proof.ledger.slice(from, from + MAX_ROWS);
  if (rows.length === 0) return [];
  const events = rows.map((row) => [isDivergence(row, proof) ? '▶' : ' ', ...ledgerCells(row, proof, record)]);
  const cells = [[' ', ...ledgerHead(proof)], ...events];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
