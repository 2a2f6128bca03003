// test/support/json-texts.ts — Random JSON objects as text: names repeated, escaped and nested, with white space anywhere.
import fc from 'fast-check';

const space = fc.constantFrom('', '', '', ' ', '\n\t', '\r ');
const number = fc.oneof(
  fc.constantFrom('0', '-0', '7', '1.5', '1e3', '9007199254740991', '9223372036854775807', '9223372036854775808'),
  fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }).map(String),
);

/** As JSON may spell it: some letters as escapes. */
function spelt(text: string): fc.Arbitrary<string> {
  const escaped = [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const letters = [...text].map((letter, index) => fc.constantFrom(letter, letter, letter, escaped[index] ?? letter));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(text) },
    fc.tuple(...letters).map((all) => all.join('')),
  );
}

/** @param names of members, at every depth; they also stand in texts */
export function jsonObject(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names).chain(spelt);
  const texts = fc.oneof(
    fc.constantFrom(...names).map((one) => `"${one}"`),
    fc.constantFrom(...names).map((one) => JSON.stringify(`"${one}":5,\\`)),
    fc.string().map((one) => JSON.stringify(one)),
  );
  const { object } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: number },
      { weight: 2, arbitrary: texts },
      { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null') },
      { weight: 2, arbitrary: tie('object') as fc.Arbitrary<string> },
      {
        weight: 1,
        arbitrary: fc.array(tie('value') as fc.Arbitrary<string>, { maxLength: 3 }).map((all) => `[${all}]`),
      },
    ),
    object: fc
      .array(fc.tuple(space, name, space, space, tie('value') as fc.Arbitrary<string>, space), { maxLength: 5 })
      .map((members) => objectOf(members)),
  }));
  return fc.tuple(space, object as fc.Arbitrary<string>, space).map((parts) => parts.join(''));
}

type Member = readonly [string, string, string, string, string, string];

function objectOf(members: readonly Member[]): string {
  const texts = members.map(([a, name, b, c, value, d]) => `${a}"${name}"${b}:${c}${value}${d}`);
  return `{${texts.join(',')}}`;
}
