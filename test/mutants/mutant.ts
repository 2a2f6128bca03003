// test/mutants/mutant.ts — A bug that is planted into a copy of the consumer, and what a run must say of it.

/** In one source file: a text that stands there exactly once, and what stands there instead. */
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
  /** The run must name it: a known bug, or a check. */
  readonly finding: string;
  /** Runs at most, where chance decides whether a run shows it; otherwise one. */
  readonly tries?: number;
  /** Runs that must pass, as they do not test what it breaks. */
  readonly missedBy?: readonly Stage[];
}

export const FOLD = 'consumer/applying/fold.ts';
export const APPLY = 'consumer/applying/lua/apply.lua';
export const SERVICE = 'consumer/service.ts';

/** Names the counter of an event: its article and what is counted. */
export const COUNTER_NAME =
  "event.articleId + (event.type.startsWith('COMMENT') ? 'comment' : event.type.includes('VIEW') ? 'view' : 'like')";

/** At the head of the fold's `add`, with memory of its own that a process keeps; `event` can be replaced. */
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

/** Other rules for the service, the same for the judge. */
export function otherRules(rules: string): Patch[] {
  return [
    {
      file: SERVICE,
      find: '    const { rules } = config;',
      replace: `    const rules = { ...config.rules, ${rules} };`,
    },
  ];
}

/** A range for each record: a list is written as often as by a consumer that takes one event at a time. */
export const ONE_AT_A_TIME: Patch = {
  file: 'consumer/reading/batch-processor.ts',
  find: 'const MAX_ARTICLES = 4000;',
  replace: 'const MAX_ARTICLES = 1;',
};

/** One event at a time takes long: nothing may be waiting when it matters. */
export const SLOWLY = ['scale=0.3', 'clock.speed=4320'];
