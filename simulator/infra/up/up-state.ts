// simulator/infra/up/up-state.ts — The file that says what `sim up` keeps running.
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { calledAs, InfraError } from '../../errors.js';
import { stateDirectory } from '../machine/cache.js';

const upStateSchema = z.strictObject({
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  nodes: z.union([z.literal(1), z.literal(3)]),
  kafka: z.strictObject({ brokers: z.array(z.string()), version: z.string().optional() }),
  redis: z.strictObject({ url: z.string(), version: z.string().optional() }),
  /** `identity` tells the process from a later one with the same number. */
  processes: z.array(z.strictObject({ pid: z.int().min(2), identity: z.string() })),
  directories: z.array(z.string()),
});
export type UpState = z.infer<typeof upStateSchema>;

export function upStateFile(): string {
  return join(stateDirectory(), 'up.json');
}

export function upLogDirectory(): string {
  return join(stateDirectory(), 'logs');
}

/** @throws InfraError when the file is not one of ours. */
export async function readUpState(): Promise<UpState | undefined> {
  const file = upStateFile();
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return upStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new InfraError(`expected ${file} to say what \`${calledAs()} up\` started, found something else`, {
      hint: `look into it, end what it names, and remove it: rm ${file}`,
      cause,
    });
  }
}

/** Writes the whole file or nothing. @returns false when there is one already */
export async function createUpState(state: UpState): Promise<boolean> {
  const file = upStateFile();
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, `${JSON.stringify(upStateSchema.parse(state), null, 2)}\n`, { mode: 0o600 });
  try {
    // Unlike a rename, a link does not replace a file that another `sim up` wrote meanwhile.
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export async function removeUpState(): Promise<void> {
  await rm(upStateFile(), { force: true });
}
