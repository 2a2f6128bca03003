// simulator/scenario/issue.ts — How a check reports a problem with a scenario: a path and one sentence.

export type Issue = (path: (string | number)[], message: string) => void;
