// test/support/faults-page.ts — The generated part of docs/faults.md, from the registry.
import type { FaultDefinition } from '../../simulator/vocabulary/fault-definition.js';
import { FAULTS } from '../../simulator/vocabulary/faults.js';

/** The part `faults`: a row for each kind. */
export function faultsPart(): string {
  const rows = Object.entries(FAULTS).map(([kind, fault]) => rowOf(kind, fault));
  return [
    '| fault | what it does | its own fields | seconds | what proves that it happened |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function rowOf(kind: string, { does, fields, forSeconds, receipt }: FaultDefinition): string {
  const names = Object.keys(fields).map((name) => `\`${name}\``);
  return `| \`${kind}\` | ${does} | ${names.join(', ')} | ${forSeconds} | ${receipt} |`;
}
