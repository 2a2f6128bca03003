// test/mutants/matrix.ts — docs/kill-matrix.md: a row for each planted bug, as its last run left it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Mutant, Stage } from './mutant.js';
import { MUTANTS } from './mutants.js';

const FILE = 'docs/kill-matrix.md';

export interface Kill {
  readonly mutant: Mutant;
  readonly names: readonly string[];
  readonly isKilled: boolean;
  /** Runs until it was caught. */
  readonly runs: number;
  /** Stages that should have missed it, and caught it. */
  readonly surprises: readonly Stage[];
}

export class Matrix {
  readonly #rows: Map<string, string>;

  private constructor(rows: Map<string, string>) {
    this.#rows = rows;
  }

  static read(): Matrix {
    const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
    return new Matrix(new Map([...text.matchAll(/^\| (\S+) \|.*$/gm)].map(([row, name = '']) => [name, row])));
  }

  /** Whether it was run as it is now, and ended as expected. */
  isDone(mutant: Mutant): boolean {
    const { before, after } = cellsOf(mutant);
    const row = this.#rows.get(mutant.name) ?? '';
    return row.startsWith(before) && row.endsWith(after) && !row.includes('**');
  }

  write(kill: Kill): void {
    this.#rows.set(kill.mutant.name, rowOf(kill));
    writeFileSync(FILE, this.#render());
  }

  #render(): string {
    return [
      '# Planted bugs',
      '',
      '`npm run mutants` writes this page. It plants each bug into a copy of the consumer and runs that copy on a real Kafka and',
      'Redis, against the scenario that is meant for it. A bug is caught when the run ends with a wrong answer and names the bug.',
      'The last column has runs that do not put it to the test, and pass. Where chance decides whether a run shows a bug, there',
      'are several runs. `npm run mutants -- NAMES` runs some again. `-- --missing` runs those whose row does not say that they',
      'are caught. The end of this page says which bugs have no row, and why.',
      '',
      '| bug | what it does | scenario | to be named | what the run found | passes |',
      '|---|---|---|---|---|---|',
      ...MUTANTS.flatMap(({ name }) => this.#rows.get(name) ?? []),
      '',
      ...NOT_PLANTED,
      '',
    ].join('\n');
  }
}

export function stageText({ scenario, set = [] }: Stage): string {
  return [scenario, ...set.map((one) => `--set ${one}`)].join(' ');
}

/** The cells that do not depend on the result of a run. */
function cellsOf(mutant: Mutant): { readonly before: string; readonly after: string } {
  const { name, does, finding, missedBy = [] } = mutant;
  return {
    before: `| ${[name, does, stageText(mutant), finding].join(' | ')} | `,
    after: ` | ${missedBy.map(stageText).join('; ')} |`,
  };
}

function rowOf({ mutant, names, isKilled, runs, surprises }: Kill): string {
  const { before, after } = cellsOf(mutant);
  const chance = mutant.tries === undefined ? '' : `, in run ${runs} of at most ${mutant.tries}`;
  const found = isKilled ? `${names.join(', ')}${chance}` : '**survived**';
  const caught = surprises.map((stage) => `**also caught by ${stageText(stage)}**`);
  return `${before}${[found, ...caught].join('; ')}${after}`;
}

/** Names that a finding can have, and for which no bug is planted. */
const NOT_PLANTED: readonly string[] = [
  '## Not planted',
  '',
  '- `TRIM_RACE`, the size read and the cut made in two steps. Here the script that writes a list also cuts it. A list that comes',
  '  out too short is found by `lists` and `cuts`, and called `WRONG_LIMIT`. How short it is depends on which steps meet.',
  '- `OFFSET_REGRESSION`, everything read again from 0. It changes nothing where ranges have offsets and counts have versions.',
  '  Where they have none it shows as `count-deliveries` or `arrival-order`.',
  '- `COMMIT_GAP`, a later offset committed past work that is not done. The history is that of `LOST_AFTER_COMMIT`, so both are',
  '  named, as `commit-before-work` shows.',
  '- `SHARED_COUNTER`, one counter for all articles, and `TORN_EXPIRY`, counts that expire at midnight one by one. What they leave',
  '  depends on the order between topics, which differs from run to run. Unit tests hold these names against histories of a known',
  '  order.',
  '- `SCORE_PRECISION`, score and id packed into one double. Ids that a double cannot tell apart are of the same millisecond.',
  '  Redis then orders them as text, which is the right order again for ids of one length.',
];
