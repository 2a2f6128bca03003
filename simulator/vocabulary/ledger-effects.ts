// simulator/vocabulary/ledger-effects.ts — What an event did to its article by the rules: a code for programs, a text for people.

/** A count that was set is told with its value, so its text is made where the value is known. */
export const LEDGER_EFFECTS = {
  created: 'creates it',
  deleted: 'deletes it',
  withdrawn: 'deletes it after publication',
  'no-count': 'changes no count',
  'other-day': 'belongs to another day',
  repeated: 'was there before',
  older: 'is older than what stands',
  set: 'sets a count',
} as const;

export type LedgerEffect = keyof typeof LEDGER_EFFECTS;
