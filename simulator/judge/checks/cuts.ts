// simulator/judge/checks/cuts.ts — Was each list that was seen while load ran exactly what the records up to its offsets make?
import type { HotEvent } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import type { History, ObservedCut } from '../../history/history.js';
import type { LogCursor, OpenLog } from '../../history/log-records.js';
import { decodeRecord } from '../log/decode-record.js';
import { LogOracle } from '../log/log-oracle.js';
import { type Check, type CodedFinding, type CodedResult, judged } from './checker.js';

const NAME = 'cuts';

export const CUTS: Check = {
  name: NAME,
  needs: [],
  check: ({ history, oracle: { rules }, topics }) =>
    topics?.state === 'read' && topics.cursorOf
      ? checkCuts(history, { rules, cursorOf: topics.cursorOf, decode: decodeRecord })
      : undefined,
};

export interface CutCheckOptions {
  readonly rules: Rules;
  /** By stream, by partition; a cursor stands at the first record. */
  readonly cursorOf: OpenLog['cursorOf'];
  readonly decode: (value: Buffer) => HotEvent | undefined;
}

/** Undefined when no row of a list was seen with its offsets: a short load is over before anybody looks. */
export function checkCuts({ cuts }: History, options: CutCheckOptions): CodedResult | undefined {
  const rows = cuts.reduce((sum, { list }) => sum + list.length, 0);
  const days = new Set(cuts.map(({ day }) => day)).size;
  const seen = `${cuts.length} looks at the lists of ${days} ${days === 1 ? 'day' : 'days'} under load, ${rows} rows`;
  if (rows === 0) return undefined;
  let fold = new FoldUpTo(options);
  const findings: CodedFinding[] = [];
  for (const cut of cuts) {
    // A Redis that has lost something goes back.
    if (!fold.canReach(cut.offsets)) fold = new FoldUpTo(options);
    fold.advance(cut.offsets);
    findings.push(...differences(cut, fold));
  }
  return judged(NAME, seen, findings);
}

function differences(cut: ObservedCut, fold: FoldUpTo): CodedFinding[] {
  const expected = fold.list(cut.day);
  const length = Math.max(expected.length, cut.list.length);
  for (let i = 0; i < length; i += 1) {
    const [right, found] = [expected[i], cut.list[i]];
    if (right?.articleId === found?.articleId && right?.score === found?.score) continue;
    const text = (row: typeof right) => (row ? `article ${row.articleId} with ${row.score}` : 'no article');
    const message = `${(cut.atMs / 1000).toFixed(1)} s after the load began, with ${fold.records} records applied, rank ${i + 1} of ${cut.day} was ${text(found)}, expected ${text(right)}`;
    return [
      {
        code: 'cut-differs',
        day: cut.day,
        message,
        expected: right?.score ?? 0,
        found: found?.score ?? 0,
        ...((found ?? right) ? { articleId: (found ?? right)?.articleId ?? '' } : {}),
      },
    ];
  }
  return [];
}

/** The ranking of the first records of each partition. */
class FoldUpTo {
  records = 0;
  readonly #log: LogOracle;
  readonly #options: CutCheckOptions;
  readonly #cursors = new Map<string, LogCursor>();
  readonly #reached = new Map<string, number>();

  constructor(options: CutCheckOptions) {
    this.#log = new LogOracle(options.rules);
    this.#options = options;
  }

  canReach(offsets: ObservedCut['offsets']): boolean {
    return places(offsets).every(({ name, next }) => next >= (this.#reached.get(name) ?? 0));
  }

  advance(offsets: ObservedCut['offsets']): void {
    for (const { name, stream, partition, next } of places(offsets)) {
      const cursor = this.#cursors.get(name) ?? this.#options.cursorOf(stream, partition);
      this.#cursors.set(name, cursor);
      this.#reached.set(name, next);
      for (let record = cursor.peek(); record && record.offset < next; record = cursor.peek()) {
        const { offset, timeMs, value } = record;
        this.#log.add({ stream, partition, offset, timeMs, dueMs: timeMs, event: this.#options.decode(value) });
        this.records += 1;
        cursor.take();
      }
    }
  }

  list(day: string) {
    return this.#log.list(day);
  }
}

function places(offsets: ObservedCut['offsets']) {
  return offsets.flatMap((partitions, stream) =>
    partitions.map((next, partition) => ({ name: `${stream}/${partition}`, stream, partition, next })),
  );
}
