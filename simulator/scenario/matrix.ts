// simulator/scenario/matrix.ts — The same scenario under several settings, one run each.
import { z } from 'zod';
import type { Issue } from './issue.js';

export const matrixSchema = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[\w=.+ -]{1,60}$/, {
          error: 'expected up to 60 letters, digits, blanks and =.+-_, such as acks=1',
        })
        .describe('Name of its row in the table, and of its folder.'),
      set: z
        .record(z.string(), z.unknown())
        .describe('Values by their paths, as with --set: { "producer.acks": 1, "faults.0.forSeconds": 3 }.'),
    }),
  )
  .max(50)
  .superRefine((matrix, context) => {
    checkMatrix(matrix, (path, message) => context.addIssue({ code: 'custom', path, message }));
  })
  .default([])
  .describe('Settings. Each is run in turn on servers of its own; one table compares them.');

export type Matrix = z.infer<typeof matrixSchema>;

function checkMatrix(matrix: Matrix, issue: Issue): void {
  const folders = matrix.map(({ name }) => folderOf(name));
  folders.forEach((folder, index) => {
    if (folders.indexOf(folder) < index) issue([index, 'name'], `is like that of another: both run in ${folder}`);
  });
  matrix.forEach(({ set }, index) => {
    const path = Object.keys(set).find((one) => /^(?:matrix|extends)\b/.test(one));
    if (path !== undefined) issue([index, 'set', path], 'cannot be set: a setting is one run');
  });
}

/** The folder of a setting's run, inside that of the matrix. */
export function folderOf(name: string): string {
  return name.replaceAll(' ', '-');
}

/** The patches, as `--set` takes them, that make the scenario this one run. */
export function settingsOf({ set }: Matrix[number]): string[] {
  return ['matrix=[]', ...Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`)];
}
