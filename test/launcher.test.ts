// test/launcher.test.ts — `./sim` installs and builds when it must, once, and says what it needs when it cannot.
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ended, launch, makeTree, setAge, start, untilInstalling, writeExecutable } from './support/launcher-tree.js';

const INSTALLING = 'sim: installing dependencies and building (once)…\n';
const BUILDING = 'sim: sources changed: building…\n';

test('the first launch installs and builds, saying so in one line; the second does neither', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  const env = { NODE_ENV: 'production', npm_config_omit: 'dev' };
  assert.equal(await launch(sim, { args: ['run', 'a b'], env }), {
    code: 0,
    stdout: '["run","a b"]\n',
    stderr: INSTALLING,
  });
  assert.equal(await launch(sim), { code: 0, stdout: '[]\n', stderr: '' });
  assert.equal(tree.calls(), ['npm ci --include=dev --include=optional --no-audit --no-fund', 'tsc']);
  assert.is(readFileSync(join(tree.root, 'dist/consumer/applying/lua/apply.lua'), 'utf8'), 'return 1');
  assert.not(existsSync(join(tree.root, '.sim-prepare.lock')));
});

test('it works through a chain of links, relative ones too', async () => {
  using tree = makeTree();
  symlinkSync('../sim', join(tree.root, 'bin/sim'));
  symlinkSync(join(tree.root, 'bin/sim'), join(tree.root, 'contract/link'));
  const path = `${join(tree.root, 'bin')}:${process.env.PATH}`;
  assert.equal(await launch(join(tree.root, 'contract/link'), { path }), {
    code: 0,
    stdout: '[]\n',
    stderr: INSTALLING,
  });
});

test('a newer source builds again, a removed one too, and a newer lock file installs again', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  await launch(sim);
  setAge(join(tree.root, 'simulator/cli/main.ts'), -1);
  assert.is((await launch(sim)).stderr, BUILDING);
  setAge(join(tree.root, 'simulator/cli/main.ts'), 100);
  await launch(sim);
  rmSync(join(tree.root, 'consumer/applying/lua/apply.lua'));
  assert.is((await launch(sim)).stderr, BUILDING);
  assert.not(existsSync(join(tree.root, 'dist/consumer/applying/lua/apply.lua')));
  setAge(join(tree.root, 'node_modules/.package-lock.json'), 100);
  assert.is((await launch(sim)).stderr, INSTALLING);
  assert.is(tree.calls().filter((call) => call.startsWith('npm')).length, 2);
});

test('a failed installation shows the end of its log and where the log is, with exit code 69', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  const log = join(tree.root, '.sim-prepare.log');
  const stderr = `${INSTALLING}no such package\nsim: the install failed; all of its output is in ${log}\n`;
  assert.equal(await launch(sim, { env: { NPM_FAILS: '1' } }), { code: 69, stdout: '', stderr });
  assert.equal(await launch(sim), { code: 0, stdout: '[]\n', stderr: INSTALLING });
  assert.not(existsSync(log));
});

test('launches at the same time install once', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  const launches = await Promise.all([1, 2, 3].map(() => launch(sim, { env: { NPM_TENTHS: '3' } })));
  assert.equal(
    launches.map(({ code, stdout }) => [code, stdout]),
    [
      [0, '[]\n'],
      [0, '[]\n'],
      [0, '[]\n'],
    ],
  );
  assert.is(tree.calls().length, 2);
});

test('a launch that was killed leaves a lock that the next one takes over', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  const killed = start(sim, { env: { NPM_TENTHS: '6' } });
  await untilInstalling(tree);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  assert.ok(existsSync(join(tree.root, '.sim-prepare.lock')));
  assert.is((await launch(sim)).stdout, '[]\n');
  assert.is(
    tree.calls().filter((call) => call.startsWith('npm')).length,
    1,
    'the install that outlived its launch is waited for',
  );
});

test('an interrupted launch stops the installation and frees the lock', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    using tree = makeTree();
    const child = start(join(tree.root, 'sim'), { env: { NPM_TENTHS: '200' } });
    await untilInstalling(tree);
    child.kill(signal);
    assert.is((await ended(child)).code, 130);
    assert.not(existsSync(join(tree.root, '.sim-prepare.lock')));
  }
});

test('the wait for another launch has a bound', async () => {
  using tree = makeTree();
  const lock = join(tree.root, '.sim-prepare.lock');
  mkdirSync(lock);
  writeFileSync(join(lock, 'pids'), `${process.pid}\n`);
  const { code, stderr } = await launch(join(tree.root, 'sim'), { env: { SIM_PREPARE_WAIT_SECONDS: '1' } });
  assert.is(code, 69);
  assert.match(stderr, `another launch holds ${lock} for more than 1 s`);
});

test('a missing or too old Node.js is named with the version that is needed', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  for (const [version, ok] of [
    ['v18.20.4', false],
    ['v20.18.3', false],
    ['v20.19.0', true],
    ['v26.0.0', true],
  ] as const) {
    writeExecutable(
      join(tree.root, 'bin/node'),
      `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\nexec "${process.execPath}" "$@"\n`,
    );
    const { code, stderr } = await launch(sim);
    assert.is(code, ok ? 0 : 69, version);
    if (!ok)
      assert.match(
        stderr,
        `sim: Node.js >= 20.19 is needed, found ${version.slice(1)} at ${join(tree.root, 'bin/node')}.`,
      );
  }
  writeExecutable(join(tree.root, 'bin/node'), '#!/bin/sh\necho "node: bad option" >&2\nexit 9\n');
  const broken = await launch(sim);
  assert.is(broken.code, 69);
  assert.match(broken.stderr, `sim: ${join(tree.root, 'bin/node')} does not run: node: bad option`);
  rmSync(join(tree.root, 'bin/node'));
  for (const name of ['dirname', 'readlink']) symlinkSync(`/usr/bin/${name}`, join(tree.root, 'bin', name));
  const without = await launch(sim, { path: join(tree.root, 'bin') });
  assert.is(without.code, 69);
  assert.match(without.stderr, 'sim: Node.js >= 20.19 is needed, and no node was found on PATH');
});

test('an installed package has dist and no sources, and is launched as it is', async () => {
  using tree = makeTree();
  const sim = join(tree.root, 'sim');
  await launch(sim);
  for (const name of ['simulator', 'contract', 'consumer', 'node_modules'])
    rmSync(join(tree.root, name), { recursive: true });
  assert.equal(await launch(sim), { code: 0, stdout: '[]\n', stderr: '' });
});

test.run();
