// simulator/report/diagnosis-text.ts — Why a ranking is wrong, in sentences and rows that every report shares.
import { DEFAULT_RULES } from '../../contract/rules.js';
import type { Diagnosis, LedgerRow, NamedBug, Naming, Proof } from '../record/diagnosis-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { Column } from './document.js';
import { count, dayName, duration } from './format.js';
import { zoneOf } from './scenario-facts.js';

/** The names of the bugs that show exactly what was found, or undefined. */
export function namesOf({ consistent }: Naming): string | undefined {
  const names = [...new Set(consistent.map(({ name }) => name))];
  return names.length === 0 ? undefined : names.join(' or ');
}

/** One sentence each on the bugs that it is, that it is not, and that this history could not show. */
export function namingSentences({ consistent, partly, not, untested }: Naming) {
  return {
    is: whatItIs(consistent, partly),
    isNot: not.length > 0 ? `Not with ${not.join(', ')}.` : undefined,
    untested: untested.length > 0 ? `This history does not show ${untested.join(', ')}.` : undefined,
  };
}

function whatItIs(consistent: Naming['consistent'], partly: Naming['partly']): string {
  if (consistent.length > 0) return `Consistent with ${distinct(consistent).map(bugText).join('; or with ')}.`;
  if (partly.length === 0) return 'No known bug shows this.';
  const shares = distinct(partly).map((bug) => `${bugText(bug)} shows ${Math.floor(bug.share * 100)} % of it`);
  return `No known bug shows exactly this; ${shares.join('; ')}.`;
}

/** Undefined when the consumer has no known deviations. */
export function traitSentence({ butForTraits }: Diagnosis): string | undefined {
  if (!butForTraits) return undefined;
  const { outcome, traits, reason } = butForTraits;
  return `With its known deviations allowed (${traits.join(', ')}): ${outcome}, as ${reason}.`;
}

function bugText({ name, does }: NamedBug): string {
  return `${name} (${does})`;
}

/** The first of each name; the others differ only in a number. */
function distinct<Bug extends NamedBug>(bugs: readonly Bug[]): Bug[] {
  return bugs.filter(({ name }, i) => bugs.findIndex((other) => other.name === name) === i);
}

/** `article 99… of 2024-10-01: expected rank 3 with 3 x 12 + 2 x 4 + 1 x 310 = 354, found nothing` */
export function proofSentence({ articleId, day, expected, arithmetic, barred, found }: Proof): string {
  const place = expected.rank === null ? 'not in the list' : `rank ${expected.rank}`;
  const wanted = barred === undefined ? `${place} with ${arithmetic}` : `not in the list, as ${barred} (${arithmetic})`;
  const seen = found ? `rank ${found.rank} with ${count(found.score)}` : 'not in the list';
  return `article ${articleId} of ${dayName(day)}: expected ${wanted}; found ${seen}`;
}

export function ledgerHead({ bugOfLedger }: Proof): Column[] {
  const withBug = bugOfLedger === undefined ? [] : [`with ${bugOfLedger}`];
  const short = ['event time', 'event', 'record', 'likes, comments, views', ...withBug];
  return [...short.map((name): Column => ({ name, kind: 'short' })), { name: 'what it does' }];
}

/** Cells of a row, in the order of the head. */
export function ledgerCells(row: LedgerRow, { bugOfLedger }: Proof, record: RunRecord): string[] {
  const { type, stream, partition, offset, timeMs, dueMs, before, after, withBug, effect, stands } = row;
  const numbers = ({ like, comment, view }: LedgerRow['before']) => `${like}, ${comment}, ${view}`;
  const moved = numbers(before) === numbers(after) ? numbers(after) : `${numbers(before)} → ${numbers(after)}`;
  const late = dueMs > timeMs ? `, sent ${duration(dueMs - timeMs)} later` : '';
  const time = localTime(timeMs, zoneOf(record) ?? DEFAULT_RULES.zone);
  const bug = bugOfLedger === undefined ? [] : [withBug ? numbers(withBug) : ''];
  return [
    time,
    type,
    `${stream}/${partition} ${offset}`,
    moved,
    ...bug,
    `${effect}${stands ? ', and stands' : ''}${late}`,
  ];
}

export function isDivergence(row: LedgerRow, { divergedAt }: Proof): boolean {
  return (
    row.stream === divergedAt?.stream && row.partition === divergedAt.partition && row.offset === divergedAt.offset
  );
}

function localTime(timeMs: number, zone: string): string {
  const text = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    timeMs,
  );
  return `${text}.${String(timeMs % 1000).padStart(3, '0')}`;
}
