// test/simulator/cli/handlers/init.test.ts — The scenario to start from is commented, valid, and never written over another.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { init } from '../../../../simulator/cli/handlers/init.js';
import { UsageError } from '../../../../simulator/errors.js';
import { loadScenario } from '../../../../simulator/scenario/load.js';
import { startSim, temporaryFolder } from '../../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

const refused = (name: string, message: string) =>
  init(name, { force: false }).then(
    () => assert.unreachable(),
    (error: unknown) => {
      assert.instance(error, UsageError);
      assert.match((error as Error).message, message);
    },
  );

test('init writes a file with comments that is a scenario', async () => {
  const file = join(folder.path, 'new', 'mine.json');
  const { exitCode, stdout } = await startSim(['init', file]).ended;
  assert.is(exitCode, 0);
  assert.match(stdout, `./sim run ${file}`);
  assert.match(readFileSync(file, 'utf8'), '// ');
  assert.is((await loadScenario(file)).name, 'mine');
});

test('a file that is there, no name, and a place where nothing can be written are refused', async () => {
  const file = join(folder.path, 'there.json');
  writeFileSync(file, '{}');
  await refused(file, 'is there already');
  for (const name of ['', '.', '..', '/', 'folder/']) await refused(name, 'name the scenario');
  await refused(join(file, 'below', 'x'), 'cannot be written');
});

test.run();
