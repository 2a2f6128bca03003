// simulator/workload/content.ts — Pools of titles, bodies and comments as JSON-escaped UTF-8: faker is too slow to be asked for each event.
// All locales together would take a quarter of a second to load, in each thread.
import { faker as en } from '@faker-js/faker/locale/en';
import { faker as ko } from '@faker-js/faker/locale/ko';
import type { GeneratedScenario } from '../scenario/schema.js';
import { mix32 } from './random.js';

export interface ContentPools {
  readonly titles: readonly Buffer[];
  readonly bodies: readonly Buffer[];
  readonly comments: readonly Buffer[];
}

/** The last pools that were made: a plan is drawn for each reading of the log. */
let last: { readonly of: string; readonly pools: ContentPools } | undefined;

/** The same pools for the same seed; equal on every machine for one version of faker. */
export function contentPools({ seed, content }: Pick<GeneratedScenario, 'seed' | 'content'>): ContentPools {
  const { locale, poolSize, bodySentences } = content;
  const of = JSON.stringify([seed, locale, poolSize, bodySentences]);
  if (last?.of !== of) last = { of, pools: drawn(seed, content) };
  return last.pools;
}

function drawn(
  seed: number,
  { locale, poolSize, bodySentences }: Omit<GeneratedScenario['content'], 'dates'>,
): ContentPools {
  const faker = locale === 'ko' ? ko : en;
  faker.seed(seed);
  const pool = (make: () => string) =>
    Array.from({ length: poolSize }, () => Buffer.from(JSON.stringify(make()).slice(1, -1)));
  return {
    titles: pool(() => faker.lorem.sentence({ min: 3, max: 7 })),
    bodies: pool(() => faker.lorem.sentences(bodySentences)),
    comments: pool(() => faker.lorem.sentence({ min: 2, max: 8 })),
  };
}

/** Which article of which lane, and the version of its last update; 0 before the first. */
export interface Edition {
  readonly lane: number;
  readonly article: number;
  readonly edition: number;
}

/** Position of an article's title in a pool of this size. Each update gives it another title. */
export function titleAt(titles: number, { lane, article, edition }: Edition): number {
  return mix32(edition === 0 ? article : mix32(article, edition), lane) % titles;
}
