// simulator/record/run-folder.ts — A run's own folder: reports/<scenario>/<run id>/, with `latest` beside it.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError } from './record-error.js';

/** A large run's record, logs and report stay well below this. */
const NEEDED_BYTES = 50_000_000;

export interface RunFolder {
  readonly runId: string;
  readonly dir: string;
  readonly logDir: string;
}

/** @throws RecordError when the run could not be recorded there */
export async function createRunFolder(reportsDir: string, scenario: string): Promise<RunFolder> {
  const runId = newRunId(new Date());
  const parent = join(reportsDir, scenario);
  const dir = join(parent, runId);
  const logDir = join(dir, 'logs');
  try {
    await mkdir(logDir, { recursive: true });
    await writeFile(join(logDir, '.write-test'), '');
    await rm(join(logDir, '.write-test'));
    const { bavail, bsize } = await statfs(dir);
    if (bavail * bsize < NEEDED_BYTES) {
      throw new Error(`${Math.floor((bavail * bsize) / 1e6)} MB are free, expected at least ${NEEDED_BYTES / 1e6} MB`);
    }
    await linkLatest(parent, runId);
  } catch (cause) {
    throw new RecordError(`the run cannot be recorded in ${dir}: ${cause instanceof Error ? cause.message : cause}`, {
      hint: 'name a folder that can be written, with room, by --reports DIR',
      cause,
    });
  }
  return { runId, dir, logDir };
}

/** Sorts by time; unique also for runs of the same second. */
function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split(/[T.]/);
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

/** Replaced at once, so it always points at a run. */
async function linkLatest(parent: string, runId: string): Promise<void> {
  const link = join(parent, `.latest-${runId}`);
  await symlink(runId, link, 'dir');
  await rename(link, join(parent, 'latest'));
}
