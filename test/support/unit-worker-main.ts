// test/support/unit-worker-main.ts — Runs unit files one after the other in one process, so that Node.js, the loader and the sources start once.
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { FromUnitWorker, ToUnitWorker } from './unit-worker.js';

const POLL_MS = 10;

/** Where uvu keeps the suites that called `run()`, as it does for its own command. */
declare global {
  var UVU_DEFER: number | undefined;
  var UVU_QUEUE: unknown[][];
}

globalThis.UVU_DEFER = 1;
const { exec } = await import('uvu');
const environment = { ...process.env };
const directory = process.cwd();

process.on('message', async ({ path, settleMs }: ToUnitWorker) => {
  const output = captureOutput();
  const openBefore = openResources();
  const failure = await runFile(path);
  const left = await whatIsLeft(openBefore, settleMs);
  const problems = [...(failure === undefined ? [] : [failure]), ...left.map((kind) => `left something open: ${kind}`)];
  restoreProcess();
  const message: FromUnitWorker = { output: output.end(), problems };
  process.send?.(message);
});

async function runFile(path: string): Promise<string | undefined> {
  globalThis.UVU_QUEUE = [[null]];
  try {
    await import(pathToFileURL(resolve(path)).href);
    await exec();
    return undefined;
  } catch (error) {
    return `threw: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function captureOutput(): { end(): string } {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  let output = '';
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
      output += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      const written = typeof encoding === 'function' ? encoding : done;
      if (typeof written === 'function') written();
      return true;
    };
  }
  return {
    end() {
      for (const [index, stream] of streams.entries()) stream.write = writes[index] ?? stream.write;
      return output;
    },
  };
}

/** What keeps the process alive, with how often. */
function openResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** A file of its own process would not end while something of it is open. */
async function whatIsLeft(before: ReadonlyMap<string, number>, settleMs: number): Promise<readonly string[]> {
  const deadlineMs = performance.now() + settleMs;
  const more = () => [...openResources()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
  while (more().length > 0 && performance.now() < deadlineMs) await sleep(POLL_MS, undefined, { ref: false });
  return more().map(([kind]) => kind);
}

function restoreProcess(): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(directory);
  process.exitCode = 0;
}
