// simulator/scenario/json-schema.ts — The scenario language as JSON Schema, so that editors complete and check scenario files.
import { z } from 'zod';
import { generatedFields, generatedSchema } from './generated.js';
import { literalFields, literalSchema } from './literal.js';

/** The text of scenarios/scenario.schema.json: all fields in one object, and which of them go together. */
export function scenarioJsonSchema(): string {
  const [generated, literal] = [generatedSchema, literalSchema].map((schema) =>
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  );
  const required = (schema: typeof generated) => schema?.required ?? [];
  const refused = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
  const whole = {
    ...{ title: 'sim scenario', ...generated },
    properties: { ...literal?.properties, ...generated?.properties },
    required: required(generated).filter((name) => required(literal).includes(name)),
    oneOf: [
      { required: required(generated), properties: refused(Object.keys(literalFields)) },
      { required: required(literal), properties: refused(Object.keys(generatedFields)) },
    ],
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

export function jsonSchemaText(title: string, schema: z.ZodType): string {
  const jsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ title, ...jsonSchema }, null, 2)}\n`;
}
