// simulator/report/sections/cause.ts — Why a ranking is wrong: the bug that it shows, and the proof for one article.
import type { Diagnosis, LedgerRow, Proof } from '../../record/diagnosis-record.js';
import type { RunRecord } from '../../record/run-record.js';
import {
  isDivergence,
  ledgerCells,
  ledgerHead,
  namesOf,
  namingSentences,
  proofSentence,
  traitSentence,
} from '../diagnosis-text.js';
import { type Block, heading, type Section, table, text } from '../document.js';
import { count, plural } from '../format.js';

const MAX_TERMINAL_ROWS = 5;

export function causeSection(record: RunRecord): Section[] {
  const { diagnosis } = record;
  if (!diagnosis) return [];
  const { naming, proof } = diagnosis;
  const name = heading('', { tone: 'fail', label: namesOf(naming) ?? 'no known bug' });
  const blocks = [name, ...sentences(diagnosis), ...(proof ? proofBlocks(proof, record) : [])];
  return [{ id: 'cause', title: 'Cause', blocks }];
}

/** The terminal leaves out the bugs that this history could not show. */
function sentences(diagnosis: Diagnosis): Block[] {
  const { is, isNot, untested } = namingSentences(diagnosis.naming);
  const traits = traitSentence(diagnosis);
  return [
    text(is),
    ...(isNot === undefined ? [] : [text(isNot)]),
    ...(untested === undefined ? [] : [text(untested, ['page', 'summary'])]),
    ...(traits === undefined ? [] : [text(traits)]),
  ];
}

function proofBlocks(proof: Proof, record: RunRecord): Block[] {
  const { divergence, ledger, events, bugOfLedger } = proof;
  const also = bugOfLedger === undefined ? '' : `. Beside them are the counts with ${bugOfLedger}`;
  const caption = `${count(ledger.length)} of its ${plural(events, 'event')} in the order of intended sends, with its counts by the rules${also}.`;
  const where = divergence === undefined ? [] : [text(`Where they diverge: ${divergence}.`)];
  return [
    { kind: 'heading', text: 'The first wrong article', media: ['page', 'summary'] },
    text(`${proofSentence(proof)}.`),
    ...where,
    { ...ledgerTable(caption, ledger, { proof, record }), media: ['page', 'summary'] },
    { ...ledgerTable('', aroundDivergence(proof), { proof, record }), media: ['terminal'] },
  ];
}

function ledgerTable(
  caption: string,
  rows: readonly LedgerRow[],
  { proof, record }: { readonly proof: Proof; readonly record: RunRecord },
): Block {
  return table(
    caption,
    ['', ...ledgerHead(proof)],
    rows.map((row) => {
      const isHere = isDivergence(row, proof);
      const cells = [isHere ? '▶' : '', ...ledgerCells(row, proof, record)];
      return isHere ? { cells, tone: 'fail' } : { cells };
    }),
  );
}

/** The rows around the divergence, or else the last ones. */
function aroundDivergence(proof: Proof): LedgerRow[] {
  const at = proof.ledger.findIndex((row) => isDivergence(row, proof));
  const from = Math.max(0, at < 0 ? proof.ledger.length - MAX_TERMINAL_ROWS : at - 2);
  return proof.ledger.slice(from, from + MAX_TERMINAL_ROWS);
}
