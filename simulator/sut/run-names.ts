// simulator/sut/run-names.ts — What a run calls its topics, its groups and its keys in Redis.
import type { Day } from '../../contract/events.js';
import type { Scenario } from '../scenario/schema.js';
import type { Sut } from './load.js';
import { filled } from './template.js';

export interface RunNames {
  readonly run: string;
  readonly topicPrefix: string;
  readonly keyPrefix: string;
  readonly groupId: string;
  /** Group of the article-read service. Its keys have the same prefix and other names. */
  readonly articleReadGroupId: string;
  /** Redis key of a day's list. */
  readonly listKeyOf: (day: Day) => string;
}

/** The consumers under test. */
export interface Suts {
  /** It makes the ranking. */
  readonly sut: Sut;
  readonly articleRead: Sut;
}

export function namesOf(runId: string, scenario: Scenario, { sut, articleRead }: Suts): RunNames {
  const run = `sim-${runId}`;
  const keyPrefix = `sim:${runId}:`;
  const values = { run, keyPrefix, prefix: scenario.topics.prefix };
  return {
    run,
    keyPrefix,
    topicPrefix: filled(sut.topicPrefix, values),
    groupId: filled(sut.group, values),
    articleReadGroupId: filled(articleRead.group, values),
    listKeyOf: (day) => filled(sut.listKey, { ...values, day }),
  };
}
