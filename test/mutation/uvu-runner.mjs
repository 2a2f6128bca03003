// test/mutation/uvu-runner.mjs — Lets Stryker run the compiled tests of the judge in its own process, file by file: starting a process for each mutant would take fifty times as long.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';

const FOLDER = 'coverage/tests/test/simulator/judge';
const NAMESPACE = '__stryker__';

class UvuRunner {
  #suites;

  // Modules stay as they were loaded: for a mutant in what runs while they load, Stryker starts a process.
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const context = stryker();
    const tests = [];
    for (const [name, suite] of await this.#loaded()) {
      context.currentTestId = name;
      const startedAt = performance.now();
      const failure = await failureOf(suite);
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

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    const context = stryker();
    if (mutantActivation === 'static') context.activeMutant = activeMutant.id;
    const suites = await this.#loaded();
    Object.assign(context, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    let nrOfTests = 0;
    for (const name of testFilter ?? suites.keys()) {
      nrOfTests += 1;
      const failureMessage = await failureOf(suites.get(name));
      if (hitLimit !== undefined && context.hitCount > hitLimit) return { status: 'timeout', reason: 'endless loop' };
      if (failureMessage !== undefined) return { status: 'killed', killedBy: [name], failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  async #loaded() {
    this.#suites ??= await load();
    return this.#suites;
  }
}

/** What the mutated code reads, and tells. */
function stryker() {
  globalThis[NAMESPACE] ??= {};
  return globalThis[NAMESPACE];
}

/** By file: uvu leaves its suites in a queue. */
async function load() {
  Object.assign(globalThis, { UVU_DEFER: 1, UVU_QUEUE: [] });
  // The same cases for every mutant, and no search for a smaller one.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  // Stryker changes into its sandbox after it has loaded this file.
  const folder = resolve(FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
  for (const [index, name] of names.entries()) {
    globalThis.UVU_INDEX = index;
    globalThis.UVU_QUEUE[index] = [];
    await import(pathToFileURL(join(folder, name)).href);
  }
  return new Map(names.map((name, index) => [name, globalThis.UVU_QUEUE[index]]));
}

/** What the first suite that failed says. */
async function failureOf(suites) {
  for (const suite of suites) {
    const [errors] = await suite();
    if (errors !== true) return errors;
  }
  return undefined;
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'uvu', injectableClass: UvuRunner }];
