// simulator/scenario/issue.ts — How a check tells of a problem with a scenario: where, and one sentence.

export type Issue = (path: (string | number)[], message: string) => void;
