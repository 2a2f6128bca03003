// consumer/article-read/config.ts — The settings of the article-read service: those of the ranking but for its rules, and another group.
import { type ConfigResult, readConfig, SETTINGS } from '../settings/config.js';

const GROUP_ID = 'article-read-service';
const { RULES: _rules, ...shared } = SETTINGS;

export const ARTICLE_READ_SETTINGS = { ...shared, KAFKA_GROUP_ID: `consumer group (${GROUP_ID})` };

/** @param args flags; they win over the environment */
export function readArticleReadConfig(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): ConfigResult {
  const { RULES: _others, ...ours } = environment;
  return readConfig({ KAFKA_GROUP_ID: GROUP_ID, ...ours }, args, Object.keys(ARTICLE_READ_SETTINGS));
}
