// simulator/sut/text-checks.ts — The texts of a SUT file as the system, Kafka and HTTP take them: names, paths and addresses.
import { z } from 'zod';
import { filled } from './template.js';

/** Kafka takes 249 characters, and the name of a stream follows. */
const MAX_PREFIX_LETTERS = 240;
/** The longest that a run puts in. */
const LONGEST: Readonly<Record<string, string>> = {
  run: 'sim-20261123-153012-a1b2',
  prefix: 'p'.repeat(100),
  keyPrefix: 'sim:20261123-153012-a1b2:',
};
const MAX_GROUP_LETTERS = 200;
/** Any placeholder; those that nothing fills are told elsewhere. */
const UNKNOWN = /\{[a-z][A-Za-z]*\}/g;

/** A text that programs can be given: they end it at a NUL character. */
export const programText = z.string().refine((text) => !text.includes('\0'), {
  error: 'expected a text without NUL characters, which no program can be given',
});

export const variableName = z.string().refine((name) => name !== '' && !/[=\0]/.test(name), {
  error: 'expected the name of a variable: not empty, without = and NUL',
});

export const topicPrefixText = z
  .string()
  .refine((text) => /^[A-Za-z0-9._-]+$/.test(filled(text, LONGEST).replaceAll(UNKNOWN, '1')), {
    error: 'expected letters, digits and ._- alone, as Kafka takes no others in the name of a topic',
    abort: true,
  })
  .refine((text) => filled(text, LONGEST).length <= MAX_PREFIX_LETTERS, {
    error: `expected at most ${MAX_PREFIX_LETTERS} characters with what its placeholders stand for, as Kafka takes no longer names`,
  });

export const groupText = z
  .string()
  .max(MAX_GROUP_LETTERS)
  .refine((text) => text.trim() !== '' && !/\p{Cc}/u.test(text), {
    error: 'expected the name of a consumer group, which is not empty and holds no control characters',
  });

export const httpAddress = z.string().refine(isHttpAddress, {
  error: 'expected an address such as http://127.0.0.1:{port}/health',
});

function isHttpAddress(text: string): boolean {
  const address = withoutPlaceholders(text);
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  const isHttp = (protocol === 'http:' || protocol === 'https:') && hostname !== '' && port !== '0';
  // Node.js asks no address that holds a login.
  return isHttp && username === '' && password === '';
}

/** Each placeholder becomes a digit, which may stand anywhere. */
function withoutPlaceholders(text: string): string {
  return text.replaceAll(UNKNOWN, '1');
}
