// test/mutation/uvu-runner.mjs — Lets Stryker run the compiled tests of the judge in its own process, test by test: starting a process for each mutant would take fifty times as long.
import { readdirSync } from 'node:fs';
import { register } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { listed } from './listed-tests.mjs';

const TESTS = 'coverage/tests/test/simulator';
const FOLDERS = ['judge/checks', 'judge/log', 'judge/oracle', 'produce/account'];
/** Stryker takes a mutant for an endless loop when it is reached 100 times as often as without; here, 20 times as often: some are reached millions of times. */
const PATIENCE = 5;
const NAMESPACE = '__stryker__';

class UvuRunner {
  #tests;

  // Modules stay as they were loaded: for a mutant in what runs while they load, Stryker starts a process.
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const context = stryker();
    const tests = [];
    for (const [name, run] of await this.#loaded()) {
      context.currentTestId = name;
      const startedAt = performance.now();
      const failure = await failureOf(run);
      const timeSpentMs = performance.now() - startedAt;
      const result = failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure };
      tests.push({ id: name, name, timeSpentMs, ...result });
    }
    context.currentTestId = undefined;
    // Mutants are run against the tests in this order: most fall to a quick one.
    tests.sort((a, b) => a.timeSpentMs - b.timeSpentMs);
    const { static: whileLoading, perTest } = context.mutantCoverage;
    const byTest = tests.filter(({ id }) => id in perTest).map(({ id }) => [id, perTest[id]]);
    return { status: 'complete', tests, mutantCoverage: { static: whileLoading, perTest: Object.fromEntries(byTest) } };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit: allowed }) {
    const context = stryker();
    const hitLimit = allowed && Math.ceil(allowed / PATIENCE);
    if (mutantActivation === 'static') context.activeMutant = activeMutant.id;
    const tests = await this.#loaded();
    Object.assign(context, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    let nrOfTests = 0;
    for (const name of testFilter ?? tests.keys()) {
      nrOfTests += 1;
      const failureMessage = await failureOf(tests.get(name));
      if (hitLimit !== undefined && context.hitCount > hitLimit) return { status: 'timeout', reason: 'endless loop' };
      if (failureMessage !== undefined) return { status: 'killed', killedBy: [name], failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  async #loaded() {
    this.#tests ??= await load();
    return this.#tests;
  }
}

/** What the mutated code reads, and tells. */
function stryker() {
  globalThis[NAMESPACE] ??= {};
  return globalThis[NAMESPACE];
}

/** By file and name. */
async function load() {
  register('./listed-tests-hook.mjs', import.meta.url);
  // The same cases for every mutant, and no search for a smaller one.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  // Stryker changes into its sandbox after it has loaded this file.
  const folders = FOLDERS.map((folder) => resolve(TESTS, folder));
  const tests = new Map();
  // What everything passes through a million times is soon enough tested by its own tests.
  const only = process.env.SIM_MUTATION_TESTS?.split(',').map((name) => `${name}.test.js`);
  const isMeant = (name) => (only ? only.includes(name) : name.endsWith('.test.js'));
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter(isMeant)) {
      await import(pathToFileURL(join(folder, file)).href);
      for (const { name, run } of listed.splice(0)) tests.set(`${file}: ${name}`, run);
    }
  }
  return tests;
}

async function failureOf(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'uvu', injectableClass: UvuRunner }];
