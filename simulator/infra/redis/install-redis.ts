// simulator/infra/redis/install-redis.ts — Installs a missing Redis where that needs no question: as root, with apt-get.
import { chmod, rm, writeFile } from 'node:fs/promises';
import { InfraError } from '../../errors.js';
import { isThere } from '../machine/cache.js';
import { installHint } from '../machine/package-commands.js';
import { findProgram, runProgram } from '../machine/programs.js';
import { lastLines } from '../processes/log-tail.js';

const POLICY = '/usr/sbin/policy-rc.d';
const LOCK_WAIT = ['-o', 'DPkg::Lock::Timeout=120'];

const SYSTEMCTL_TIMEOUT_MS = 30_000;

export interface InstallOptions {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Only root may install, and only apt-get is supported. */
export function canInstallRedis(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/** The path of `redis-server`. @throws InfraError with the command that installs it, where we may not. */
export async function installRedis({ say, signal }: InstallOptions): Promise<string> {
  const hint = installHint('redis', 'give one with --redis');
  const aptGet = findProgram('apt-get');
  if (aptGet === undefined || !canInstallRedis()) {
    throw new InfraError('expected redis-server or valkey-server on the PATH, found neither', { hint });
  }
  say('Redis: there is no redis-server here, installing it with apt-get, once');
  // It does not end with us: an installation that is cut short must be repaired by hand.
  const whole = new AbortController().signal;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) =>
    runProgram({ command: aptGet, args: [...LOCK_WAIT, ...args], env, signal: whole });
  const update = await apt('update', '-q');
  const install = await withoutServices(() => apt('install', '-q', '-y', '--no-install-recommends', 'redis-server'));
  signal.throwIfAborted();
  const command = findProgram('redis-server');
  if (command !== undefined) return command;
  const output = update.exitCode === 0 ? install.output : `${update.output}\n${install.output}`;
  throw new InfraError(
    `apt-get could not install redis-server (exit code ${install.exitCode}):\n${lastLines(output)}`,
    { hint },
  );
}

/** Debian starts a service while installing it, unless this file forbids it. */
async function withoutServices<T>(install: () => Promise<T>): Promise<T> {
  const hadPolicy = await isThere(POLICY);
  if (!hadPolicy) {
    await writeFile(POLICY, '#!/bin/sh\nexit 101\n');
    await chmod(POLICY, 0o755);
  }
  try {
    const result = await install();
    // Otherwise it would start at the next boot.
    const systemctl = (await isThere('/run/systemd/system')) ? findProgram('systemctl') : undefined;
    const args = ['disable', 'redis-server.service'];
    if (systemctl) await runProgram({ command: systemctl, args, signal: AbortSignal.timeout(SYSTEMCTL_TIMEOUT_MS) });
    return result;
  } finally {
    if (!hadPolicy) await rm(POLICY, { force: true });
  }
}
