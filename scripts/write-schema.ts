// scripts/write-schema.ts — Writes the JSON Schemas of scenario and SUT files, for editors.
import { writeFileSync } from 'node:fs';
import { jsonSchemaText, scenarioJsonSchema } from '../simulator/scenario/json-schema.js';
import { sutSchema } from '../simulator/sut/schema.js';

writeFileSync('scenarios/scenario.schema.json', scenarioJsonSchema());
writeFileSync('suts/sut.schema.json', jsonSchemaText('sim system under test', sutSchema));
