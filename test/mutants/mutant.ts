// test/mutants/mutant.ts — A bug that is planted into a copy of the consumer, and what a run must say about it.
import type { BugName } from '../../simulator/vocabulary/bugs.js';
import type { CheckName } from '../../simulator/vocabulary/checks.js';

/** A change of one source file. The text to find must be there exactly once. */
export interface Patch {
  /** From the project's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A scenario, with what `--set` changes of it. */
export interface Stage {
  readonly scenario: string;
  readonly set?: readonly string[];
}

export interface Mutant extends Stage {
  readonly name: string;
  readonly does: string;
  readonly patches: readonly Patch[];
  /** What the run must name: a known bug, or a check that fails. */
  readonly finding: BugName | CheckName;
  /** Maximum of runs, where chance decides whether a run shows it; otherwise one. */
  readonly tries?: number;
  /** These runs must pass, because they do not test what the bug breaks. */
  readonly missedBy?: readonly Stage[];
}

export const FOLD = 'consumer/applying/fold.ts';
export const APPLY = 'consumer/applying/lua/apply.lua';
export const SERVICE = 'consumer/service.ts';

/** Code: the name of the counter that an event sets, made of article and kind. */
export const COUNTER_NAME =
  "event.articleId + (event.type.startsWith('COMMENT') ? 'comment' : event.type.includes('VIEW') ? 'view' : 'like')";

/** Code at the start of the fold's `add`, which may replace `event`. @param memory declarations that last as long as the process */
export function perEvent(memory: string, code: string): Patch[] {
  return [
    {
      file: FOLD,
      find: 'export class Fold {',
      replace: `${memory}\n\nexport class Fold {`,
    },
    {
      file: FOLD,
      find: '  add(event: HotEvent, timeMs: number): void {\n',
      replace: `  add(given: HotEvent, timeMs: number): void {\n    let event = given;\n    ${code}\n`,
    },
  ];
}

/** The service gets other rules, and the judge does not. */
export function otherRules(rules: string): Patch[] {
  return [
    {
      file: SERVICE,
      find: '    const { rules } = config;',
      replace: `    const rules = { ...config.rules, ${rules} };`,
    },
  ];
}

/** Each record is a range of its own, so a list is written as often as by a consumer that takes one event at a time. */
export const ONE_AT_A_TIME: Patch = {
  file: 'consumer/reading/batch-processor.ts',
  find: 'const MAX_ARTICLES = 4000;',
  replace: 'const MAX_ARTICLES = 1;',
};

/** One event at a time takes long, and nothing may be waiting when it matters. */
export const SLOWLY = ['scale=0.3', 'clock.speed=4320'];
