// simulator/scenario/issue.ts — How a check reports a problem of a scenario: its path, and one sentence.

export type Issue = (path: (string | number)[], message: string) => void;
