// simulator/infra/processes/log-tail.ts — The last lines of a program's output, which tell why it failed.
import { readFileSync } from 'node:fs';

const LINES = 12;

/** Without colours, blank lines and Java's stack frames, which push the reason out of sight. */
export function lastLines(output: string, lines = LINES): string {
  return (
    output
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with the escape character.
      .replaceAll(/\u001b\[[\d;]*m/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^\s+(?:at |\.\.\. \d+ more)/.test(line))
      .slice(-lines)
      .join('\n')
  );
}

export function lastLinesOf(logFile: string): string {
  try {
    return lastLines(readFileSync(logFile, 'utf8')) || '(nothing was logged)';
  } catch {
    return '(no log)';
  }
}
