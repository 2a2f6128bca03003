// simulator/scenario/json-schema.ts — The scenario language as JSON Schema, so that editors complete and check scenario files.
import { z } from 'zod';
import { generatedFields, generatedSchema } from './generated.js';
import { literalFields, literalSchema } from './literal/literal.js';

type Node = z.core.JSONSchema.BaseSchema;

/** A variable of the environment may stand instead of a value. */
const FROM_ENVIRONMENT: Node = { type: 'string', pattern: String.raw`^\$\{[A-Za-z_]\w*(:-[^}]*)?\}$` };
/** These stay with the field itself, where editors look for them. */
const OF_THE_FIELD = ['description', 'default'];

/** The text of scenarios/scenario.schema.json: all fields in one object, and which ones go together. */
export function scenarioJsonSchema(): string {
  const [generated, literal] = [fieldsOf(generatedSchema), fieldsOf(literalSchema)];
  const without = (fields: object) => Object.fromEntries(Object.keys(fields).map((name) => [name, false]));
  const { required: _, ...common } = generated;
  return textOf('sim scenario', {
    ...common,
    properties: { ...literal.properties, ...generated.properties },
    anyOf: [
      { properties: without(literalFields), ...given(generated) },
      { properties: without(generatedFields), ...given(literal) },
    ],
  });
}

export function jsonSchemaText(title: string, schema: z.ZodType): string {
  const { required = [], ...fields } = fieldsOf(schema);
  return textOf(title, { ...fields, ...given({ required }) });
}

function fieldsOf(schema: z.ZodType): Node {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => takeEnvironment(jsonSchema),
  });
}

/** A required field may come from the file that this one extends. */
function given({ required = [] }: Pick<Node, 'required'>): Node {
  return { anyOf: [{ required }, { required: ['extends'] }] };
}

function textOf(title: string, schema: Node): string {
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}

/** Only strict values need the alternative; free text takes a variable anyway. */
function takeEnvironment(node: Node): void {
  if (node.anyOf?.every((option) => typeof option === 'object' && option.const !== undefined)) {
    node.anyOf.push(FROM_ENVIRONMENT);
    return;
  }
  const isStrictText = node.type === 'string' && (node.enum !== undefined || node.pattern !== undefined);
  const isStrict = isStrictText || node.type === 'number' || node.type === 'integer' || node.type === 'boolean';
  if (!isStrict || node.const !== undefined) return;
  const moved = Object.entries(node).filter(([key]) => !OF_THE_FIELD.includes(key));
  for (const [key] of moved) delete node[key];
  node.anyOf = [Object.fromEntries(moved), FROM_ENVIRONMENT];
}
