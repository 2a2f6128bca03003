// simulator/record/make-folder.ts — A folder with all above it. Node's own recursive mkdir never ends where the system denies that a folder can be, as below /proc.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @throws what the system says of the first folder that cannot be made */
export async function makeFolder(path: string): Promise<void> {
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    // What is there and is no folder shows as soon as something is put into it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
