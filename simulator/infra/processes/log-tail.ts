// simulator/infra/processes/log-tail.ts — The last lines of a program's output, which tell why it failed.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { foreignLines } from '../../vocabulary/foreign-text.js';

const LINES = 12;
/** Logs of a long run have gigabytes. */
const TAIL_BYTES = 256 * 1024;

/** Without colours, blank lines and Java's stack frames, which push the reason out of sight. */
export function lastLines(output: string, lines = LINES): string {
  const last = output
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character.
    .replaceAll(/\u001b\[[\d;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+(?:at |\.\.\. \d+ more)/.test(line))
    .slice(-lines);
  return foreignLines(last.join('\n'));
}

export function lastLinesOf(logFile: string): string {
  try {
    return lastLines(tailOf(logFile)) || '(nothing was logged)';
  } catch {
    return '(no log)';
  }
}

function tailOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(handle, tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8', 0, read);
  } finally {
    closeSync(handle);
  }
}
