// test/support/unit-worker.ts — A process that runs unit files one after the other; a file that harms it is the last one that it runs.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { endGroup, membersOfGroup } from './process-group.js';
import { type FileResult, fileResult, GRACE_MS, type TestFile, timeLimitProblem } from './test-file.js';

export interface ToUnitWorker {
  readonly path: string;
  /** How long what the file opened may take to close after it. */
  readonly settleMs: number;
}

export interface FromUnitWorker {
  readonly output: string;
  /** Why the file failed beyond its failed tests. */
  readonly problems: readonly string[];
}

const SETTLE_MS = 2_000;
const MAIN = new URL('./unit-worker-main.ts', import.meta.url);
/** The worker, and a helper that its loader may start. */
const OWN = /unit-worker-main\.ts|\besbuild\b.* --service=/;

export class UnitWorker implements AsyncDisposable {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  async run(file: TestFile, signal: AbortSignal): Promise<FileResult> {
    const startedMs = performance.now();
    this.#child ??= fork(MAIN, { execArgv: ['--import', 'tsx'], detached: true, env: this.#env });
    const { output, problems } = await answer(this.#child, file, signal);
    const leftOver = strangersIn(this.#child).map((command) => `left a process running: ${command}`);
    if (problems.length + leftOver.length > 0) await this[Symbol.asyncDispose]();
    return fileResult({ path: file.path, output, problems: [...problems, ...leftOver], startedMs });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const group = this.#child?.pid;
    this.#child = undefined;
    if (group !== undefined) await endGroup(group, GRACE_MS);
  }
}

async function answer(child: ChildProcess, file: TestFile, signal: AbortSignal): Promise<FromUnitWorker> {
  const limit = AbortSignal.timeout(file.limitSeconds * 1000);
  const either = AbortSignal.any([limit, signal]);
  const over = new AbortController();
  const listen = { signal: AbortSignal.any([either, over.signal]) };
  try {
    const answered = once(child, 'message', listen);
    const ended = once(child, 'exit', listen);
    for (const promise of [answered, ended]) promise.catch(() => undefined);
    const message: ToUnitWorker = { path: file.path, settleMs: file.leftOverMs ?? SETTLE_MS };
    child.send(message);
    const [first, second] = await Promise.race([answered, ended]);
    if (typeof first === 'object' && first !== null) return first as FromUnitWorker;
    return { output: '', problems: [`ended the process that it shares with other files: ${second ?? first}`] };
  } catch (error) {
    if (!either.aborted) return { output: '', problems: [`could not be started: ${String(error)}`] };
    return { output: '', problems: [limit.aborted ? timeLimitProblem(file) : 'interrupted'] };
  } finally {
    over.abort();
  }
}

function strangersIn(worker: ChildProcess): readonly string[] {
  return membersOfGroup(worker.pid ?? 0).filter((command) => !OWN.test(command));
}
