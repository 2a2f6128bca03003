// simulator/scenario/json-schema.ts — The scenario language as JSON Schema, so that editors complete and check scenario files.
import { z } from 'zod';
import { scenarioSchema } from './schema.js';

/** The text of scenarios/scenario.schema.json. */
export function scenarioJsonSchema(): string {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ title: 'sim scenario', ...schema }, null, 2)}\n`;
}
