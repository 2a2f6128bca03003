// simulator/infra/redis-program.ts — Finds a Redis server program, and installs one where that can be done.
import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { InfraError } from './infra.js';
import { findOnPath } from './programs.js';

const run = promisify(execFile);

const INSTALL_LIMIT_MS = 300_000;
const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** Valkey is a fork that speaks the same protocol. */
export function findRedis(): string | undefined {
  return findOnPath('redis-server') ?? findOnPath('valkey-server');
}

/** @throws InfraError with the commands that install it */
export async function ensureRedis(options: { say: (line: string) => void; signal: AbortSignal }): Promise<string> {
  const found = findRedis();
  if (found !== undefined) return found;
  if (!canInstall()) throw missing('redis-server is not installed');
  options.say('redis: redis-server is not installed; installing it with apt-get (once)');
  let failure: unknown;
  try {
    await install(options.signal);
  } catch (error) {
    options.signal.throwIfAborted();
    failure = error;
  }
  // Another process may have installed it while ours waited for the package lock.
  const installed = findRedis();
  if (installed === undefined) throw missing(`redis-server could not be installed: ${outputOf(failure)}`, failure);
  return installed;
}

export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findOnPath('apt-get') !== undefined;
}

export const INSTALL_REDIS =
  'apt: sudo apt-get install -y redis-server | dnf: sudo dnf install -y redis (or valkey) | brew: brew install redis';

async function install(signal: AbortSignal): Promise<void> {
  using _policy = forbidServices();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: INSTALL_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  // Package lists may be old without being useless: what decides is whether the installation works.
  await run('apt-get', [...wait, 'update'], { ...options, signal }).catch(() => signal.throwIfAborted());
  // Not ended by the signal: that would leave the package half installed.
  await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'redis-server'], options);
  // The package also enables its service for the next boot.
  if (existsSync('/run/systemd/system')) await run('systemctl', ['disable', '--now', 'redis-server']).catch(() => {});
}

/** Debian asks this file before a package may start its service; 101 means no. */
function forbidServices(): Disposable {
  if (existsSync(POLICY_FILE)) return { [Symbol.dispose]: () => undefined };
  writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return { [Symbol.dispose]: () => rmSync(POLICY_FILE, { force: true }) };
}

function missing(message: string, cause?: unknown): InfraError {
  return new InfraError(message, { hint: `install it (${INSTALL_REDIS}), or name a server with --redis`, cause });
}

function outputOf(failure: unknown): string {
  const { stderr, message } = failure as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').slice(-5).join('\n');
}
