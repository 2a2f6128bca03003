// test/consumer/service-process.ts — The service as a process of its own, on real servers.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Observation } from '../../contract/observation.js';

const WAIT_MS = 60_000;

export type Environment = Readonly<Record<string, string>>;

/** What `node` is given, and where. */
export interface Program {
  readonly args: readonly string[];
  readonly cwd: string;
}
const FROM_SOURCE = fromSource('../../consumer/main.ts');
export const ARTICLE_READ = fromSource('../../consumer/article-read/main.ts');

function fromSource(main: string): Program {
  return { args: ['--import', 'tsx', fileURLToPath(new URL(main, import.meta.url))], cwd: '.' };
}

export class ServiceProcess implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly log: string[];

  private constructor(child: ChildProcess, log: string[], url: string) {
    this.#child = child;
    this.log = log;
    this.url = url;
  }

  /** Settles when the service says that it is healthy. */
  static async start(environment: Environment, program = FROM_SOURCE): Promise<ServiceProcess> {
    const child = launch(environment, program);
    const log: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${log.join('\n')}`)));
      if (!child.stdout) return;
      createInterface({ input: child.stdout }).on('line', (line) => {
        log.push(line);
        const found = /"url":"([^"]+)"/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const service = new ServiceProcess(child, log, url);
    try {
      await eventually('the service is healthy', async () => (await fetch(`${url}/healthz`)).ok);
      return service;
    } catch (error) {
      await service[Symbol.asyncDispose]();
      throw error;
    }
  }

  async get(path: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.url}${path}`);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  }

  async observation(): Promise<Observation> {
    return (await this.get('/internal/observation')).body as Observation;
  }

  /** @returns exit code, and how long it took */
  async end(signal: NodeJS.Signals | 'close stdin'): Promise<{ code: number | null; milliseconds: number }> {
    const startedAt = performance.now();
    const exited = once(this.#child, 'exit');
    if (signal === 'close stdin') this.#child.stdin?.end();
    else this.#child.kill(signal);
    const [code] = await exited;
    return { code, milliseconds: performance.now() - startedAt };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.end('SIGKILL');
  }
}

/** For a service that is to refuse to start. */
export async function runToEnd(
  environment: Environment,
  program = FROM_SOURCE,
): Promise<{ code: number | null; output: string }> {
  const child = launch(environment, program);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

export async function eventually(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS;
  for (;;) {
    if (await isTrue().catch(() => false)) return;
    if (performance.now() > deadlineMs) throw new Error(`expected within ${WAIT_MS / 1000} s: ${what}`);
    await sleep(20);
  }
}

function launch(environment: Environment, { args, cwd }: Program): ChildProcess {
  return spawn(process.execPath, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HTTP_PORT: '0', EXIT_WITH_PARENT: '1', ...environment },
  });
}
