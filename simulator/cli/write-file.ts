// simulator/cli/write-file.ts — Writes the file that a user named, as users expect of it: links are followed, devices written to, and nothing is lost.
import { randomBytes } from 'node:crypto';
import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { InfraError, UsageError } from '../errors.js';

/** `/dev/stdout` leads to whatever the shell has put there, also to a file that was just made. */
const DEVICE = /^\/(?:dev|proc)\//;
/** The superuser may write to it, too, and still should not. */
const ANY_WRITE = 0o222;
const DISK_FULL = ['ENOSPC', 'EDQUOT'];

export interface NamedFile {
  readonly path: string;
  /** The option or argument that names it. */
  readonly from: string;
  /** Writes over a file that is there. */
  readonly force: boolean;
}

/** A file is replaced at once or not at all. @throws UsageError, InfraError when the disk is full */
export async function writeNamedFile({ path, from, force }: NamedFile, text: string): Promise<void> {
  try {
    const there = await stat(path).catch(whenMissing);
    if (there?.isDirectory()) throw new UsageError(`${from}: ${path} is a folder; name a file`);
    if (there?.isFile() && !DEVICE.test(path)) {
      if (!force) throw new UsageError(`${from}: ${path} is there already; --force writes over it`);
      // A rename asks the folder alone; whoever made a file read-only wants to keep it.
      await access(path, constants.W_OK);
      if ((there.mode & ANY_WRITE) === 0)
        throw new UsageError(`${from}: ${path} is read-only; allow writing (chmod u+w), or name another file`);
      return await replace(await realpath(path), text);
    }
    // A device or a pipe takes the text; a link to nothing makes its target.
    if (there || DEVICE.test(path)) return await writeFile(path, text);
    await create(path, text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!DISK_FULL.includes(code))
      throw new UsageError(`${from}: ${path} cannot be written: ${message}`, { cause: error });
    throw new InfraError(`${from}: ${path} cannot be written: ${message}`, {
      hint: 'make room on the disk',
      cause: error,
    });
  }
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

/** Nothing is left where the disk takes a part alone. */
async function create(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const made = await realpath(path).catch(() => undefined);
    if (made !== undefined) await rm(made, { force: true });
    throw error;
  }
}

/** With the rights of the file that was there. @param path without links */
async function replace(path: string, text: string): Promise<void> {
  const { mode } = await stat(path);
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx', mode });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
