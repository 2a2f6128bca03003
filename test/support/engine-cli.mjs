// test/support/engine-cli.mjs — What `docker` does for the tests where there is no container engine: its containers are processes of this machine.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const state = process.env.ENGINE_STATE;
const [command, ...args] = process.argv.slice(2);
const id = args.at(-1);
const path = (name) => join(state, name);

function pidOf(one) {
  if (!existsSync(path(`${one}.pid`))) return 0;
  const pid = Number(readFileSync(path(`${one}.pid`), 'utf8'));
  try {
    // One that has ended stays a zombie until somebody asks for it.
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) ? 0 : pid;
  } catch {
    return 0;
  }
}

const isPaused = (one) => existsSync(path(`${one}.paused`));

function signal(name) {
  const pid = pidOf(id);
  if (pid === 0) fail(`container ${id} is not running`);
  process.kill(-pid, name);
}

async function ended() {
  while (pidOf(id) !== 0) await sleep(10);
  rmSync(path(`${id}.paused`), { force: true });
}

function fail(message) {
  console.error(`Error response from daemon: ${message}`);
  process.exit(1);
}

const COMMANDS = {
  compose() {
    for (const file of readdirSync(state).filter((name) => name.endsWith('.json'))) {
      const { id: ID, service: Service, port } = JSON.parse(readFileSync(path(file), 'utf8'));
      const State = pidOf(ID) === 0 ? 'exited' : isPaused(ID) ? 'paused' : 'running';
      const Publishers = [{ TargetPort: Service === 'redis' ? 6379 : port, PublishedPort: port }];
      console.log(JSON.stringify({ ID, Service, State, Publishers }));
    }
  },
  inspect() {
    const pid = pidOf(id);
    console.log(`${pid !== 0} ${isPaused(id)} ${pid}`);
  },
  kill() {
    signal('SIGKILL');
  },
  async stop() {
    signal('SIGTERM');
    await ended();
  },
  wait: ended,
  start() {
    if (pidOf(id) !== 0) return;
    const { program, arguments: programArguments, directory } = JSON.parse(readFileSync(path(`${id}.json`), 'utf8'));
    const log = openSync(path(`${id}.log`), 'a');
    const child = spawn(program, programArguments, { cwd: directory, detached: true, stdio: ['ignore', log, log] });
    writeFileSync(path(`${id}.pid`), String(child.pid));
    child.unref();
  },
  pause() {
    if (isPaused(id)) fail(`container ${id} is already paused`);
    signal('SIGSTOP');
    writeFileSync(path(`${id}.paused`), '');
  },
  unpause() {
    if (!isPaused(id)) fail(`container ${id} is not paused`);
    rmSync(path(`${id}.paused`));
    signal('SIGCONT');
  },
};

await COMMANDS[command]();
