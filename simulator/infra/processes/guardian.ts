// simulator/infra/processes/guardian.ts — Ends our processes and removes our directories when we die without doing so ourselves.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { InfraError } from '../../errors.js';

export interface Guardian extends AsyncDisposable {
  /** The process leads its own group (`detached`); the whole group is killed. */
  watchProcess(pid: number): void;
  /** Call it as soon as the process has ended, as another process may get its number. */
  forgetProcess(pid: number): void;
  watchDirectory(path: string): void;
  forgetDirectory(path: string): void;
  /** The container is made to run again, as it may have been stopped or frozen on purpose. It is never ended. */
  watchContainer(id: string): void;
}

// It reads orders from a pipe. The kernel closes the pipe when we end, whatever ended us, SIGKILL included.
// A killed process may still be writing for a moment, so a directory that fills up again is removed again.
const SCRIPT = `
trap '' HUP INT TERM
pids=' '
newline='
'
directories="$newline"
containers=''
while IFS= read -r order; do
  value=\${order#* }
  case $order in
    'watch-process '*) pids="$pids$value " ;;
    'forget-process '*) case $pids in *" $value "*) pids="\${pids%%" $value "*} \${pids#*" $value "}" ;; esac ;;
    'watch-container '*) containers="$containers $value" ;;
    'watch-directory '*) directories="$directories$value$newline" ;;
    'forget-directory '*) case $directories in *"$newline$value$newline"*)
      directories="\${directories%%"$newline$value$newline"*}$newline\${directories#*"$newline$value$newline"}" ;; esac ;;
    end) exit 0 ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid" 2>/dev/null; done
for id in $containers; do docker unpause "$id" 2>/dev/null; docker start "$id" 2>/dev/null; done
IFS="$newline"
set -f
for directory in $directories; do
  for try in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf -- "$directory" 2>/dev/null && sleep 0.1 && [ ! -e "$directory" ] && break
    sleep 0.2
  done
done
`;

/** @throws InfraError when this machine has no `sh`. */
export async function startGuardian(): Promise<Guardian> {
  const child = spawn('sh', ['-c', SCRIPT, 'sim-guardian'], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new InfraError('expected a shell `sh` on the PATH, found none', { cause });
  }
  // It must not keep us alive, and its death must not end us.
  child.unref();
  child.stdin.on('error', () => undefined);
  return new PipedGuardian(child);
}

class PipedGuardian implements Guardian {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', resolve));
  }

  watchProcess(pid: number): void {
    assert(Number.isInteger(pid) && pid > 1, `a process number, not ${pid}`);
    this.#order(`watch-process ${pid}`);
  }

  forgetProcess(pid: number): void {
    this.#order(`forget-process ${pid}`);
  }

  watchDirectory(path: string): void {
    assert(isAbsolute(path) && path.length > 1 && !path.includes('\n'), `an absolute path, not ${path}`);
    this.#order(`watch-directory ${path}`);
  }

  forgetDirectory(path: string): void {
    this.#order(`forget-directory ${path}`);
  }

  watchContainer(id: string): void {
    assert(/^[\w.-]+$/.test(id), `the id of a container, not ${id}`);
    this.#order(`watch-container ${id}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.ref();
    this.#order('end');
    this.#child.stdin?.end();
    await this.#ended;
  }

  #order(order: string): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(`${order}\n`);
  }
}
