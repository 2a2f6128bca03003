// scripts/write-schema.ts — Writes scenarios/scenario.schema.json from the scenario language, for editors.
import { writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from '../simulator/scenario/json-schema.js';

writeFileSync('scenarios/scenario.schema.json', scenarioJsonSchema());
