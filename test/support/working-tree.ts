// test/support/working-tree.ts — What git sees in the working tree, so that tests that leave something there are noticed.
import { execFileSync } from 'node:child_process';

/** Changed and new files, as git names them with their state; undefined where there is no git or no repository. */
export function workingTree(folder: string): readonly string[] | undefined {
  const show = ['--porcelain', '--untracked-files=all', '--no-renames', '-z'];
  try {
    return entriesOf(
      execFileSync('git', ['--no-optional-locks', 'status', ...show], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: Number.POSITIVE_INFINITY,
      }),
    );
  } catch {
    return undefined;
  }
}

/** @param status two letters of state, a blank and a path, ended by a zero byte each */
export function entriesOf(status: string): readonly string[] {
  return status.split('\0').filter((entry) => entry !== '');
}

/** Problems for the runner; none where git cannot tell. */
export function leftInTree(before: readonly string[] | undefined, after: readonly string[] | undefined): string[] {
  if (!before || !after) return [];
  const known = new Set(before);
  return after.filter((entry) => !known.has(entry)).map((entry) => `changed while the tests ran: ${entry}`);
}
