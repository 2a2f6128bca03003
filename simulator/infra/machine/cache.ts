// simulator/infra/machine/cache.ts — What is kept between runs on this machine, made once and whole.
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { InfraError } from '../../errors.js';
import type { Guardian } from '../processes/guardian.js';

const APPLICATION = 'hot-article-sim';

export function cacheDirectory(): string {
  return join(baseDirectory('XDG_CACHE_HOME', '.cache'), APPLICATION);
}

export function stateDirectory(): string {
  return join(baseDirectory('XDG_STATE_HOME', join('.local', 'state')), APPLICATION);
}

export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder of the cache unless it is there. It is made under another name and then renamed, so a folder that is
 * there is complete. When several processes make it at once, one wins and all use it.
 */
export async function cachedFolder(
  name: string,
  guardian: Guardian,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const cache = cacheDirectory();
  const folder = join(cache, name);
  if (await isThere(folder)) return folder;
  const draft = await newDraft(cache, name);
  guardian.watchDirectory(draft);
  try {
    await make(draft);
    await rename(draft, folder).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    guardian.forgetDirectory(draft);
  }
  return folder;
}

async function newDraft(cache: string, name: string): Promise<string> {
  try {
    await mkdir(cache, { recursive: true });
    return await mkdtemp(join(cache, `.${name}-`));
  } catch (cause) {
    throw new InfraError(`expected a cache folder that can be written to, found none at ${cache}`, {
      hint: 'name another with XDG_CACHE_HOME=<folder>',
      cause,
    });
  }
}

// Relative paths in these variables are to be ignored, says the XDG base directory specification.
function baseDirectory(variable: string, fallback: string): string {
  const value = process.env[variable];
  return value !== undefined && isAbsolute(value) ? value : join(homeDirectory(variable), fallback);
}

/** A user id without an entry in /etc/passwd and without HOME has none; containers and cron give such ids. */
function homeDirectory(variable: string): string {
  try {
    return homedir();
  } catch (cause) {
    throw new InfraError('expected a home folder, found none: HOME is not set, and this user has no entry', {
      hint: `name a folder that you may write to with ${variable}=<folder>`,
      cause,
    });
  }
}
