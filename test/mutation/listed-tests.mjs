// test/mutation/listed-tests.mjs — Stands in for uvu: lists the tests instead of running them, so that a mutant is over with the first one that fails.

/** Since they were last taken. */
export const listed = [];

export function test(name, run) {
  listed.push({ name, run });
}

test.run = () => {};
