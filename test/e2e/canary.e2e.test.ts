// test/e2e/canary.e2e.test.ts — A run of a consumer with a planted bug must fail and name it, and so must what is extracted of it: if it passes, the judge is blind.
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingNames } from '../../simulator/report/finding-names.js';
import { MUTANTS } from '../mutants/mutants.js';
import { plant } from '../mutants/planting.js';
import { callSim } from '../support/call-sim.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const CANARIES = ['swapped-weights'];

const canary = suite<{ started: TestServers }>('canary');

canary.before(async (context) => {
  context.started = await startServers();
});

canary.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

for (const mutant of MUTANTS.filter(({ name }) => CANARIES.includes(name))) {
  canary(`${mutant.name}: ${mutant.does}`, async ({ started: { folder, flags } }) => {
    using planted = plant(mutant, folder);
    const { scenario, finding } = mutant;
    // Unpaced: on a slow machine events would come after their day, and then no bug alone explains the list.
    const options = ['--reports', folder, '--set', 'pace=max', ...flags];
    const args = ['run', `scenarios/${scenario}.json`, ...options];
    const { exitCode, stdout } = await startSim(args, {}, planted.root).ended;
    assert.is(exitCode, 1, stdout);
    const { verdict, diagnosis } = latestRecord(folder, scenario);
    const names = findingNames(verdict?.checks ?? [], diagnosis);
    assert.ok(names.includes(finding), stdout);
    assert.match(stdout, finding);

    const file = join(folder, 'extracted.json');
    const extracted = await callSim(['extract', join(folder, scenario, 'latest'), '-o', file]);
    assert.is(extracted.exitCode, 0, extracted.stderr);
    const again = ['run', file, ...options];
    const withBug = await startSim(again, {}, planted.root).ended;
    assert.is(withBug.exitCode, 1, withBug.stdout);
    assert.match(withBug.stdout, finding);
    const healed = await startSim(again).ended;
    assert.is(healed.exitCode, 0, healed.stdout);
  });
}

canary.run();
