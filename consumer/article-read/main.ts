// consumer/article-read/main.ts — The article-read service as a program.
import { runProgram } from '../process.js';
import { helpText } from '../settings/usage.js';
import { ARTICLE_READ_SETTINGS, readArticleReadConfig } from './config.js';
import { createArticleReadService } from './service.js';

const usage = {
  what: 'The article-read service: Kafka -> a read model of each article in Redis -> HTTP.',
  main: 'dist/consumer/article-read/main.js',
  settings: ARTICLE_READ_SETTINGS,
};
const program = {
  name: 'article-read',
  help: () => helpText(usage),
  create: createArticleReadService,
  exit: (code: number) => process.exit(code),
};
await runProgram(program, readArticleReadConfig(process.env, process.argv.slice(2)));
