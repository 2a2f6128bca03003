// test/support/warnings.ts — Catches the warnings of Node.js in every process that a test starts, whatever becomes of its stderr.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WarningTrap extends Disposable {
  /** For one test file: what its environment must hold, and afterwards the forbidden warnings that came. */
  prepare(): { readonly env: NodeJS.ProcessEnv; problems(output: string): readonly string[] };
}

const FORBIDDEN = /\b(?:Deprecation|TimeoutNegative|TimeoutOverflow|TimeoutNaN|MaxListenersExceeded)Warning\b/;

export function ignoreWarnings(): WarningTrap {
  return { prepare: () => ({ env: {}, problems: () => [] }), [Symbol.dispose]: () => {} };
}

// Node writes its warnings to the file instead of stderr, in every process that inherits NODE_OPTIONS.
export function forbidWarnings(): WarningTrap {
  const folder = mkdtempSync(join(tmpdir(), 'sim-warnings-'));
  let files = 0;
  return {
    prepare() {
      files += 1;
      const file = join(folder, `${files}.log`);
      const options = `${process.env.NODE_OPTIONS ?? ''} --trace-warnings --redirect-warnings="${file}"`.trim();
      return { env: { NODE_OPTIONS: options }, problems: (output) => forbiddenIn([output, readIfThere(file)]) };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function forbiddenIn(texts: readonly string[]): readonly string[] {
  const lines = texts.flatMap((text) => text.split('\n'));
  return lines.flatMap((line, index) =>
    FORBIDDEN.test(line) ? [`forbidden warning: ${lines.slice(index, index + 8).join('\n      ')}`] : [],
  );
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
