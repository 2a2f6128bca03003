#!/usr/bin/env node
// simulator/cli/main.ts — argv -> command -> exit code; the only place where the process is ended.
import { hideBin } from 'yargs/helpers';
import { EXIT } from '../errors.js';
import { describeError } from './describe-error.js';
import { parse } from './parse.js';

async function main(): Promise<number> {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => abort.abort());
  }
  const action = await parse(hideBin(process.argv));
  if (action === undefined) return EXIT.pass;
  return action({ signal: abort.signal, say: (line) => void process.stderr.write(`${line}\n`) });
}

try {
  process.exit(await main());
} catch (error) {
  const { text, exitCode } = describeError(error);
  process.stderr.write(text);
  process.exit(exitCode);
}
