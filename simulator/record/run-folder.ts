// simulator/record/run-folder.ts — A run's own folder: reports/<scenario>/<run id>/, with `latest` beside it.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordError, writeError } from '../errors.js';
import { makeFolder } from './make-folder.js';

/** A large run's record, logs and report stay well below this. */
const NEEDED_BYTES = 50_000_000;
const MAX_ATTEMPTS = 5;

export interface RunFolder {
  readonly runId: string;
  readonly dir: string;
  readonly logDir: string;
}

/** @throws RecordError when the run could not be recorded there: better before the load than after it */
export async function createRunFolder(reportsDir: string, scenario: string): Promise<RunFolder> {
  const parent = join(reportsDir, pathSegment(scenario));
  const runId = await claim(parent);
  const dir = join(parent, runId);
  const logDir = join(dir, 'logs');
  try {
    await mkdir(logDir);
    // A folder may exist and still refuse files.
    await writeFile(join(logDir, '.write-test'), 'x');
    await rm(join(logDir, '.write-test'));
  } catch (cause) {
    throw writeError(dir, cause);
  }
  await expectRoom(dir);
  await linkLatest(parent, runId);
  return { runId, dir, logDir };
}

const MAX_SEGMENT_LETTERS = 100;

/** A name from a file as one folder's name, so that no report can lie outside the folder of reports. */
export function pathSegment(name: string): string {
  const plain = name.replaceAll(/[/\\\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '-').slice(0, MAX_SEGMENT_LETTERS);
  return /^\.*$/.test(plain) ? 'run' : plain;
}

/** Makes the folder under an id that no other run has. */
async function claim(parent: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const runId = newRunId(new Date());
    try {
      await makeFolder(parent);
      await mkdir(join(parent, runId));
      return runId;
    } catch (cause) {
      const isTaken = (cause as NodeJS.ErrnoException).code === 'EEXIST' && attempt < MAX_ATTEMPTS;
      if (!isTaken) throw writeError(join(parent, runId), cause);
    }
  }
}

/** `20261123-153012-a1b2`, in UTC: sorts by time, and runs of one second differ. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split(/[T.]/);
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
}

async function expectRoom(dir: string): Promise<void> {
  // Not every file system tells; then the writes themselves will.
  const room = await statfs(dir).catch(() => undefined);
  if (!room || room.bavail * room.bsize >= NEEDED_BYTES) return;
  const free = Math.floor((room.bavail * room.bsize) / 1e6);
  await rm(dir, { recursive: true, force: true });
  throw new RecordError(
    `${dir}: expected at least ${NEEDED_BYTES / 1e6} MB free for the run's record, found ${free} MB`,
    { kind: 'disk-full', hint: 'make room on the disk, or name another folder by --reports DIR' },
  );
}

/** Replaced at once, so it always points at a run. A file system without links does without: nothing but people reads it. */
async function linkLatest(parent: string, runId: string): Promise<void> {
  const link = join(parent, `.latest-${runId}`);
  try {
    await symlink(runId, link, 'dir');
    await rename(link, join(parent, 'latest'));
  } catch {
    await rm(link, { force: true }).catch(() => undefined);
  }
}
