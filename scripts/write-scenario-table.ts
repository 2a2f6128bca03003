// scripts/write-scenario-table.ts — Writes scenarios/README.md from the scenarios themselves.
import { writeFileSync } from 'node:fs';
import { scenarioTable } from '../test/support/scenario-table.js';

writeFileSync('scenarios/README.md', await scenarioTable());
