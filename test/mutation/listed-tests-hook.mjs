// test/mutation/listed-tests-hook.mjs — Gives tests that import uvu its stand-in.

export function resolve(specifier, context, next) {
  if (specifier !== 'uvu') return next(specifier, context);
  return { url: new URL('./listed-tests.mjs', import.meta.url).href, shortCircuit: true };
}
