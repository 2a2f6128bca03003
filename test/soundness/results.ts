// test/soundness/results.ts — What each simulated run ended with, kept run by run so that a sweep can go on where it was, and the table of all.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CheckResult } from '../../simulator/record/verdict-record.js';
import type { Scenario } from '../../simulator/scenario/schema.js';
import { standsFor } from '../../simulator/simulate/simulated-faults.js';

export interface SweptRun {
  readonly scenario: string;
  readonly seed: number;
  readonly outcome: 'pass' | 'fail' | 'unknown' | 'error';
  /** What was not right, check by check. */
  readonly reasons: readonly string[];
}

export class Results {
  readonly #file: string;
  readonly #runs = new Map<string, SweptRun>();

  /** @param file JSON lines; made when it is not there */
  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // The last line may be a part of one, of a sweep that was killed.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    const lines = text.split('\n');
    for (const line of lines.filter((one) => one.endsWith('}'))) this.#keep(JSON.parse(line) as SweptRun);
  }

  has({ scenario, seed }: Pick<SweptRun, 'scenario' | 'seed'>): boolean {
    return this.#runs.has(`${scenario} ${seed}`);
  }

  add(run: SweptRun): void {
    this.#keep(run);
    appendFileSync(this.#file, `${JSON.stringify(run)}\n`);
  }

  of(scenario: string, seeds: readonly number[]): SweptRun[] {
    return seeds.flatMap((seed) => this.#runs.get(`${scenario} ${seed}`) ?? []);
  }

  #keep(run: SweptRun): void {
    this.#runs.set(`${run.scenario} ${run.seed}`, run);
  }
}

export function reasonsOf({ checks }: { readonly checks: readonly CheckResult[] }): string[] {
  const wrong = checks.filter(({ outcome }) => outcome !== 'pass');
  return wrong.map(({ check, reason, findings }) => `${check}: ${reason ?? findings[0]?.message ?? 'no finding'}`);
}

export function tableOf(rows: readonly { readonly scenario: Scenario; readonly runs: readonly SweptRun[] }[]): string {
  const lines = rows.map(({ scenario, runs }) => {
    const counted = (outcome: SweptRun['outcome']) => runs.filter((run) => run.outcome === outcome);
    const alarms = [...counted('fail'), ...counted('error')].map(({ seed }) => seed);
    const unknown = counted('unknown');
    const why = [...new Set(unknown.flatMap(({ reasons }) => reasons.map((reason) => reason.split(':')[0] ?? '')))];
    const cells = [
      scenario.name,
      runs.length,
      counted('pass').length,
      alarms.length === 0 ? 0 : `${alarms.length} (seeds ${alarms.join(', ')})`,
      unknown.length === 0 ? 0 : `${unknown.length} (${why.join(', ')})`,
      standsFor(scenario.faults).join('; '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const all = rows.flatMap(({ runs }) => runs);
  const sum = (...outcomes: readonly string[]) => all.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return [
    '| scenario | runs | passed | false alarms | unknown | faults that are other than on real servers |',
    '|---|---|---|---|---|---|',
    ...lines,
    `| all | ${all.length} | ${sum('pass')} | ${sum('fail', 'error')} | ${sum('unknown')} | |`,
  ].join('\n');
}
