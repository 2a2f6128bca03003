// simulator/infra/remove-directory.ts — Removes a data directory of a server that has ended.
import { rm } from 'node:fs/promises';
import type { Guardian } from './guardian.js';

export async function removeDirectory(path: string, guardian: Guardian): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
  guardian.forgetDirectory(path);
}
