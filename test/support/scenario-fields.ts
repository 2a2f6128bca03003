// test/support/scenario-fields.ts — The fields of a scenario as tables for docs/scenarios.md, from the schema that checks them.
import { scenarioJsonSchema } from '../../simulator/scenario/json-schema.js';

/** The part of JSON Schema that the scenario language uses. */
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
}

const ENVIRONMENT = /^\^\\\$/;
const LANGUAGE = JSON.parse(scenarioJsonSchema()) as Node;
const HEAD = ['| field | value | default | meaning |', '|---|---|---|---|'];

/** A table of the single fields, then one of the kinds of each list. */
export function scenarioFields(): string {
  const fields = Object.entries(LANGUAGE.properties ?? {});
  const single = fields.flatMap(([name, node]) => rowsOf(name, node, LANGUAGE.required?.includes(name) ?? false));
  const lists = fields.flatMap(([name, node]) => kindTables(name, node));
  const parts = Object.entries(LANGUAGE.$defs ?? {}).flatMap(([name, node]) => formTable(partName(name), node));
  return ['### Every field', '', ...HEAD, ...single, ...lists, ...parts].join('\n');
}

/** A field, and those inside it. */
function rowsOf(path: string, node: Node, isRequired: boolean): string[] {
  const inside = Object.entries(node.properties ?? {});
  const value = inside.length > 0 ? 'object' : valueText(node);
  const preset = inside.length > 0 ? '' : presetText(node, isRequired);
  const row = `| \`${path}\` | ${value} | ${preset} | ${cell(meaningOf(node))} |`;
  return [
    row,
    ...inside.flatMap(([name, one]) => rowsOf(`${path}.${name}`, one, node.required?.includes(name) ?? false)),
  ];
}

function meaningOf(node: Node): string {
  const part = LANGUAGE.$defs?.[node.$ref?.replace('#/$defs/', '') ?? ''];
  return node.description ?? part?.description ?? '';
}

/** The kinds of a list's items: for each, the fields that it has beside those of all kinds. */
function kindTables(name: string, { items }: Node): string[] {
  const kinds = items?.oneOf ?? [];
  if (kinds.length === 0) return items?.properties ? ['', `### \`${name}[]\``, '', ...HEAD, ...itemRows(items)] : [];
  const inAll = (field: string, node: Node) =>
    kinds.every((kind) => JSON.stringify(kind.properties?.[field]) === JSON.stringify(node));
  const [first] = kinds;
  const shared = Object.entries(first?.properties ?? {}).filter(([field, node]) => inAll(field, node));
  const rows = kinds.flatMap((kind) => {
    const [tag, ...own] = Object.entries(kind.properties ?? {}).filter(([field, node]) => !inAll(field, node));
    if (!tag) return [];
    const [field, node] = tag;
    const head = `| **\`${field}: ${tagText(node)}\`** | | | ${cell(node.description ?? '')} |`;
    return [head, ...own.flatMap(([one, of]) => rowsOf(one, of, kind.required?.includes(one) ?? false))];
  });
  const common = shared.flatMap(([field, node]) => rowsOf(field, node, first?.required?.includes(field) ?? false));
  return ['', `### \`${name}[]\``, '', ...HEAD, ...common, ...rows];
}

function itemRows({ properties, required }: Node): string[] {
  return Object.entries(properties ?? {}).flatMap(([name, node]) =>
    rowsOf(name, node, required?.includes(name) ?? false),
  );
}

/** The forms of a value, of which one is given. */
function formTable(name: string, { description, anyOf = [] }: Node): string[] {
  const rows = anyOf.flatMap((form) => {
    return Object.entries(form.properties ?? {}).map(([field, node]) => {
      return `| \`${field}\` | ${valueText(node)} | ${cell(node.description ?? '')} |`;
    });
  });
  return [
    '',
    `### \`${name}\``,
    '',
    description ?? '',
    '',
    '| field | value | meaning |',
    '|---|---|---|',
    ...new Set(rows),
  ];
}

/** `#/$defs/faultAt` -> `at` */
function partName(reference: string): string {
  return reference.replace(/^(?:#\/\$defs\/)?fault/, '').toLowerCase();
}

function tagText(node: Node): string {
  const [strict] = node.anyOf ?? [];
  const choices = node.enum ?? strict?.enum ?? [node.const];
  return choices.map(String).join('`, `');
}

function presetText(node: Node, isRequired: boolean): string {
  if (node.default !== undefined) return `\`${JSON.stringify(node.default)}\``;
  return isRequired ? 'required' : '';
}

/** The strict form: that a variable of the environment may stand instead goes for all fields. */
function valueText(node: Node): string {
  if (node.$ref !== undefined) return `[${partName(node.$ref)}](#${partName(node.$ref)})`;
  const forms = (node.anyOf ?? []).filter(({ pattern }) => pattern === undefined || !ENVIRONMENT.test(pattern));
  if (forms.length > 0) return [...new Set(forms.map(valueText))].join(' or ');
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((one) => `\`${String(one)}\``).join(', ');
  if (node.type === 'number' || node.type === 'integer') return `${node.type}${limitsText(node)}`;
  if (node.properties) return `object with ${Object.keys(node.properties).join(', ')}`;
  return node.type === 'array'
    ? 'list'
    : node.type === 'string'
      ? 'text'
      : node.type === 'boolean'
        ? 'true or false'
        : 'any';
}

function limitsText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Node): string {
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const limits = [
    minimum === undefined ? '' : `from ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    most === undefined ? '' : `up to ${most}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter((text) => text !== '');
  return limits.length === 0 ? '' : ` ${limits.join(', ')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'));
}
