// test/support/imports.ts — Which of our files import which: static, type-only and dynamic imports alike.
import { posix } from 'node:path';
import type { ProjectFile } from './project-files.js';

export interface Import {
  readonly from: string;
  /** The imported file of ours. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s)?([^;'"]*?)\bfrom\s*['"](\.[^'"]+)['"]/gm;
const BARE = /^import\s*['"](\.[^'"]+)['"]/gm;
const DYNAMIC = /^(?!\s*(?:\/\/|\*)).*\bimport\(\s*['"](\.[^'"]+)['"]/gm;

export function importsOf(file: ProjectFile): readonly Import[] {
  const to = (specifier: string) => posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
  return [
    ...[...file.text.matchAll(STATIC)].map(([, type, names = '', specifier = '']) => ({
      from: file.path,
      to: to(specifier),
      typeOnly: type !== undefined || namesOnlyTypes(names),
    })),
    ...[...file.text.matchAll(BARE), ...file.text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({
      from: file.path,
      to: to(specifier),
      typeOnly: false,
    })),
  ];
}

/** `{ type A, type B }` */
function namesOnlyTypes(names: string): boolean {
  const list =
    /^\{([^}]*)\}\s*$/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const named = list.filter((name) => name !== '');
  return named.length > 0 && named.every((name) => name.startsWith('type '));
}

/** The cycles, each as the path that closes it; none when the list is empty. */
export function cyclesIn(imports: readonly Import[]): readonly string[] {
  const targets = groupByFrom(imports);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}

function groupByFrom(imports: readonly Import[]): ReadonlyMap<string, readonly Import[]> {
  const groups = new Map<string, Import[]>();
  for (const one of imports) groups.set(one.from, [...(groups.get(one.from) ?? []), one]);
  return groups;
}
