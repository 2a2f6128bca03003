// scripts/build.mjs — Compiles the programs to dist/ and copies what is not TypeScript beside them.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ASSET_FOLDERS = ['consumer', 'simulator'];
const ASSET = /\.(?:lua|mjs|css)$/;
const STAGING = /^\.dist-(?:new|old)-(\d+)$/;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const startedAt = new Date();

// Built beside dist and then swapped in: a failed or killed build leaves the last good one in place.
const staged = join(root, `.dist-new-${process.pid}`);
const replaced = join(root, `.dist-old-${process.pid}`);

removeAbandoned();
try {
  if (compile()) {
    // The image of the consumer is built without the simulator.
    for (const folder of ASSET_FOLDERS) if (existsSync(join(root, folder))) copyAssets(folder);
    stampAndSwap();
  } else {
    process.exitCode = 1;
  }
} finally {
  rmSync(staged, { recursive: true, force: true });
  rmSync(replaced, { recursive: true, force: true });
}

function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--outDir', staged, '--noEmitOnError'], {
    cwd: root,
    stdio: 'inherit',
  });
  return status === 0;
}

function copyAssets(folder) {
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ASSET.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  for (const name of names) {
    mkdirSync(dirname(join(staged, name)), { recursive: true });
    cpSync(join(root, name), join(staged, name));
  }
}

function stampAndSwap() {
  const dist = join(root, 'dist');
  const stamp = join(staged, '.built');
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
  if (existsSync(dist)) renameSync(dist, replaced);
  renameSync(staged, dist);
}

function removeAbandoned() {
  for (const name of readdirSync(root)) {
    const pid = Number(STAGING.exec(name)?.[1] ?? 0);
    if (pid > 0 && !isAlive(pid)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
