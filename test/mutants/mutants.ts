// test/mutants/mutants.ts — All planted bugs.
import { COUNTS } from './counts.js';
import { DAYS } from './days.js';
import { FAULTS } from './faults.js';
import { LISTS } from './lists.js';
import type { Mutant } from './mutant.js';

export const MUTANTS: readonly Mutant[] = [...LISTS, ...COUNTS, ...DAYS, ...FAULTS];
