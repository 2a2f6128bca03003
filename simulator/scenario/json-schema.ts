// simulator/scenario/json-schema.ts — The scenario language as JSON Schema, so that editors complete and check scenario files.
import { z } from 'zod';
import { scenarioSchema } from './schema.js';

/** The text of scenarios/scenario.schema.json. */
export function scenarioJsonSchema(): string {
  return jsonSchemaText('sim scenario', scenarioSchema);
}

export function jsonSchemaText(title: string, schema: z.ZodType): string {
  const jsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ title, ...jsonSchema }, null, 2)}\n`;
}
