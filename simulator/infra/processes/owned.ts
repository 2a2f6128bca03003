// simulator/infra/processes/owned.ts — Everything that was started here and ends together: server processes, their directories and links.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InfraError } from '../../errors.js';
import type { Link } from '../breakable.js';
import { type LinkOptions, type StartedLink, startLink } from '../links/link.js';
import { type Guardian, startGuardian } from './guardian.js';
import { ServerProcess, type ServerSpec } from './server-process.js';

export const DIRECTORY_PREFIX = 'sim-';

export class Owned implements AsyncDisposable {
  readonly guardian: Guardian;
  readonly logDir: string;
  readonly #servers = new Set<ServerProcess>();
  readonly #directories = new Set<string>();
  readonly #links = new Set<StartedLink>();
  readonly #died = new AbortController();
  #disposal: Promise<void> | undefined;

  private constructor(guardian: Guardian, logDir: string) {
    this.guardian = guardian;
    this.logDir = logDir;
  }

  static async start(logDir: string): Promise<Owned> {
    await mkdir(logDir, { recursive: true });
    return new Owned(await startGuardian(), resolve(logDir));
  }

  /** Aborts with the reason of the first server that dies. */
  get died(): AbortSignal {
    return this.#died.signal;
  }

  /** A fresh directory. */
  async createDirectory(name: string): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), `${DIRECTORY_PREFIX}${name}-`)).catch((cause: Error) => {
      throw new InfraError(`expected a folder for temporary files that can be written to: ${cause.message}`, {
        hint: 'name another with TMPDIR=<folder>',
        cause,
      });
    });
    this.guardian.watchDirectory(directory);
    this.#directories.add(directory);
    return directory;
  }

  startServer(spec: Omit<ServerSpec, 'logFile'> & { readonly log: string }): ServerProcess {
    return this.#start({ ...spec, logFile: join(this.logDir, spec.log) });
  }

  /** Starts the same server again, after it has ended. */
  restartServer({ spec }: ServerProcess): ServerProcess {
    return this.#start(spec);
  }

  #start(spec: ServerSpec): ServerProcess {
    // A server started now would outlive everything else.
    if (this.#disposal !== undefined)
      throw new InfraError(`${spec.name} is not started, as the servers are being ended`);
    const server = ServerProcess.start(spec, this.guardian);
    this.#servers.add(server);
    return server;
  }

  async startLink(options: LinkOptions): Promise<Link> {
    const link = await startLink(options);
    this.#links.add(link);
    return link;
  }

  /** Only a server that has answered once is watched; before that, its start reports the failure. */
  watchFor(server: ServerProcess): void {
    const { died } = server;
    if (died.aborted) this.#died.abort(died.reason);
    else died.addEventListener('abort', () => this.#died.abort(died.reason), { once: true });
  }

  /** Stops servers that did not start, before others are tried. */
  async stop(servers: readonly ServerProcess[], timeoutMs?: number): Promise<void> {
    await Promise.all(servers.map((server) => server.stop(timeoutMs)));
    for (const server of servers) this.#servers.delete(server);
  }

  kept(): { readonly pids: readonly number[]; readonly directories: readonly string[] } {
    return { pids: [...this.#servers].map(({ pid }) => pid), directories: [...this.#directories] };
  }

  /** From now on servers and directories live without us. */
  release(): void {
    for (const server of this.#servers) server.release();
    for (const directory of this.#directories) this.guardian.forgetDirectory(directory);
    this.#servers.clear();
    this.#directories.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    for (const link of this.#links) await link[Symbol.asyncDispose]();
    await this.stop([...this.#servers]);
    for (const directory of this.#directories) {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      this.guardian.forgetDirectory(directory);
    }
    await this.guardian[Symbol.asyncDispose]();
  }
}
