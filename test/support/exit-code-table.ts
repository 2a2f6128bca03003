// test/support/exit-code-table.ts — The exit codes as a table for docs/ci.md.
import { EXIT_CODES } from '../../simulator/errors.js';

export function exitCodeTable(): string {
  const rows = EXIT_CODES.map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ['| exit code | meaning |', '|---|---|', ...rows].join('\n');
}
