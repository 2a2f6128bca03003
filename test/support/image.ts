// test/support/image.ts — A Dockerfile as data, and its building in a folder: what can be had of an image where no engine is.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Copy, DockerfileParser } from 'dockerfile-ast';

export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly keyword: string;
  /** As it is written, without the keyword. */
  readonly text: string;
  /** Without the flags. */
  readonly words: readonly string[];
  /** The stage that a COPY copies from; without it, the project. */
  readonly from: string | undefined;
}

export function stagesOf(dockerfile: string): Stage[] {
  const stages: { image: string; name: string | undefined; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const keyword = instruction.getKeyword();
    const text = instruction.getRawArgumentsContent() ?? '';
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const from = instruction instanceof Copy ? (instruction.getFromFlag()?.getValue() ?? undefined) : undefined;
    if (keyword === 'FROM') stages.push({ image: words[0] ?? '', name: words[2], steps: [] });
    else stages.at(-1)?.steps.push({ keyword, text, words, from });
  }
  return stages;
}

/** The words of `["node", "x.js"]`, which may follow others. */
export function execForm(stage: Stage, keyword: string): string[] {
  const text = stage.steps.find((step) => step.keyword === keyword)?.text ?? '';
  return JSON.parse(text.slice(text.indexOf('[')));
}

export function environmentOf({ steps }: Stage): Record<string, string> {
  const pairs = steps.filter(({ keyword }) => keyword === 'ENV').flatMap(({ words }) => words);
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/**
 * Carries out WORKDIR, COPY and RUN of every stage, each stage in a folder of its own in `folder`, with the Node.js that
 * runs this.
 * @returns the working directory of the last stage
 */
export function build(dockerfile: string, folder: string): string {
  const isIgnored = ignoring(readFileSync('.dockerignore', 'utf8'));
  const roots = new Map<string | undefined, string>();
  let last = '';
  for (const [index, { name, steps }] of stagesOf(dockerfile).entries()) {
    const root = join(folder, `stage-${index}`);
    let at = root;
    for (const { keyword, text, words, from } of steps) {
      if (keyword === 'WORKDIR') {
        at = join(root, text);
        mkdirSync(at, { recursive: true });
      }
      if (keyword === 'COPY') copy(words, { at, from: from === undefined ? undefined : roots.get(from), isIgnored });
      if (keyword === 'RUN') run(text, at);
    }
    roots.set(name, root);
    last = at;
  }
  return last;
}

interface CopyOptions {
  readonly at: string;
  /** Root of another stage; without it, the project. */
  readonly from: string | undefined;
  readonly isIgnored: (path: string) => boolean;
}

/** As Docker does: of a folder its content is copied, of a file the file itself. */
function copy(words: readonly string[], { at, from, isIgnored }: CopyOptions): void {
  const target = join(at, words.at(-1) ?? '');
  for (const source of words.slice(0, -1).map((word) => join(from ?? '.', word, '.'))) {
    if (from === undefined && isIgnored(source)) throw new Error(`expected ${source} not to be in .dockerignore`);
    const isFolder = statSync(source).isDirectory();
    cpSync(source, isFolder ? target : join(target, basename(source)), {
      recursive: true,
      filter: (path) => from !== undefined || !isIgnored(path),
    });
  }
}

function run(command: string, cwd: string): void {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, npm_config_prefer_offline: 'true' };
  execFileSync('sh', ['-ec', command], { cwd, env, stdio: 'pipe' });
}

/** The last rule that fits decides. Rules are a path, all that lies below it, or `*`. */
export function ignoring(rules: string): (path: string) => boolean {
  const all = rules.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => {
    const fits = (rule: string) => rule === '*' || path === rule || path.startsWith(`${rule}/`);
    const last = all.filter((rule) => fits(rule.replace(/^!/, ''))).at(-1);
    return last !== undefined && !last.startsWith('!');
  };
}
