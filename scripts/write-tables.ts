// scripts/write-tables.ts — Writes the tables of scenarios, of their fields, of faults, and of exit codes.
import { writeFileSync } from 'node:fs';
import { exitCodeTable } from '../test/support/exit-code-table.js';
import { faultsPart } from '../test/support/faults-page.js';
import { writePart } from '../test/support/generated-parts.js';
import { scenarioFields } from '../test/support/scenario-fields.js';
import { scenarioTable } from '../test/support/scenario-table.js';

writeFileSync('scenarios/README.md', await scenarioTable());
writePart('docs/scenarios.md', 'scenario-fields', scenarioFields());
writePart('docs/faults.md', 'faults', faultsPart());
writePart('docs/ci.md', 'exit-codes', exitCodeTable());
