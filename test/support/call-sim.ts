// test/support/call-sim.ts — A command line of sim, carried out in this process: what the program does, without its start.
import { describeError } from '../../simulator/cli/describe-error.js';
import { parse } from '../../simulator/cli/parse.js';
import { EXIT } from '../../simulator/errors.js';
import type { Ended } from './sim.js';

/** Nothing else may print meanwhile. Only for calls that start no servers. */
export async function callSim(args: readonly string[]): Promise<Ended> {
  using output = captureOutput();
  let exitCode: number = EXIT.pass;
  try {
    const found = await parse(args);
    const { signal } = new AbortController();
    exitCode = (await found?.action({ signal, say: output.say })) ?? EXIT.pass;
  } catch (error) {
    const described = describeError(error);
    output.say(described.text);
    exitCode = described.exitCode;
  }
  return { exitCode, stdout: output.stdout(), stderr: output.stderr() };
}

function captureOutput() {
  const { write } = process.stdout;
  const { write: writeError } = process.stderr;
  let [stdout, stderr] = ['', ''];
  process.stdout.write = (chunk: string | Uint8Array) => {
    stdout += String(chunk);
    return true;
  };
  process.stderr.write = (chunk: string | Uint8Array) => {
    stderr += String(chunk);
    return true;
  };
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    say: (line: string) => {
      stderr += `${line}\n`;
    },
    [Symbol.dispose]() {
      process.stdout.write = write;
      process.stderr.write = writeError;
    },
  };
}
