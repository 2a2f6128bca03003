// test/e2e/canary.e2e.test.ts — A run of a consumer with a planted bug must fail and name it: if it passes, the judge is blind.
// runs beside others
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingNames } from '../../simulator/report/finding-names.js';
import { MUTANTS } from '../mutants/mutants.js';
import { plant } from '../mutants/planting.js';
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
    const args = ['run', `scenarios/${scenario}.json`, '--reports', folder, ...flags];
    const { exitCode, stdout } = await startSim(args, {}, planted.root).ended;
    assert.is(exitCode, 1, stdout);
    const { verdict, diagnosis } = latestRecord(folder, scenario);
    const names = findingNames(verdict?.checks ?? [], diagnosis);
    assert.ok(names.includes(finding), names.join());
    assert.match(stdout, finding);
  });
}

canary.run();
