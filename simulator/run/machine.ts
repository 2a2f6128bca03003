// simulator/run/machine.ts — What ran the run: for the record.
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../record/run-record.js';

export function describeMachine(): RunRecord['machine'] {
  const all = cpus();
  return {
    node: process.version,
    platform: `${type()} ${release()} ${process.arch}`,
    cpus: all.length,
    cpuModel: all[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
  };
}

/** From the package file, wherever the code was compiled to. */
export function simVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      if (name === 'hot-article-sim' && version) return version;
    } catch {
      // Not this folder.
    }
  }
  return 'unknown';
}
