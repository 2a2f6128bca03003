// test/support/call-sim.ts — A command line of sim, carried out in this process: what the program does, without its start.
import { describeError } from '../../simulator/cli/describe-error.js';
import { parse } from '../../simulator/cli/parse.js';
import { EXIT } from '../../simulator/errors.js';
import type { Ended } from './sim.js';

/** Nothing else may print meanwhile. Only for calls that start no servers; those that `sim up` keeps here are out of its sight. */
export async function callSim(args: readonly string[]): Promise<Ended> {
  using output = captureOutput();
  using _ = withoutKeptServers();
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

/** A test must never use, let alone stop, what somebody keeps running on this machine. */
function withoutKeptServers(): Disposable {
  const before = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = '/nowhere/of/tests';
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = before;
    },
  };
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
