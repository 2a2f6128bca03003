#!/usr/bin/env node
// simulator/cli/main.ts — argv -> command -> exit code; the only place where the process is ended.
import { hideBin } from 'yargs/helpers';
import { calledAs, EXIT, InfraError } from '../errors.js';
import { visible } from '../report/print/visible.js';
import { describeError } from './describe-error.js';
import { watchInterruption } from './interruption.js';
import { type Output, watchOutput } from './output.js';
import { parse } from './parse.js';

const interruption = watchInterruption(endWith);
const output = watchOutput([process.stdout, process.stderr]);

async function main(): Promise<number> {
  expectFolder();
  const found = await parse(hideBin(process.argv), calledAs());
  if (found === undefined) {
    await expectWritten(output);
    return EXIT.pass;
  }
  const exitCode = await found.action({
    get signal() {
      return interruption.signal;
    },
    say: (line) => void process.stderr.write(`${visible(line)}\n`),
  });
  const escaped = interruption.escaped();
  if (escaped) return describeError(escaped.error).exitCode;
  if (found.isPrinted && exitCode === EXIT.pass) await expectWritten(output);
  return exitCode;
}

/** Nothing can be found from a folder that was removed, or may not be read. */
function expectFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new InfraError('the folder in which this was called is not there any more', {
      hint: 'change to another folder, and call it again',
      cause,
    });
  }
}

/** @throws InfraError when what the command printed is its result, and is lost */
async function expectWritten({ failure }: Output): Promise<void> {
  const error = await failure();
  if (!error) return;
  throw new InfraError(`standard output cannot be written: ${error.message}`, {
    hint: 'make room, or send it somewhere else',
    cause: error,
  });
}

function endWith(error: unknown): void {
  const { text, exitCode } = describeError(error);
  process.stderr.write(text);
  process.exit(exitCode);
}

main().then((exitCode) => process.exit(exitCode), endWith);
