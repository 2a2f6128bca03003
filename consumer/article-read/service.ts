// consumer/article-read/service.ts — One running article-read service: what every service is made of, and the read models.
import { Calendar } from '../../contract/calendar.js';
import { Shards } from '../applying/shards.js';
import { EventService } from '../event-service.js';
import type { ServiceOptions } from '../process.js';
import { ServiceClock } from '../runtime/service-clock.js';
import { ArticleReadKeys } from './article-read-keys.js';
import { ArticleReadStore } from './article-read-store.js';
import { createHttp } from './http.js';
import { ReadModelFold } from './read-model-fold.js';
import { ReadModels } from './read-models.js';

export function createArticleReadService(options: ServiceOptions): EventService {
  const { config, redis, wallMs } = options;
  const keys = new ArticleReadKeys(config.keyPrefix, config.shards);
  const models = new ReadModels(redis, keys);
  return new EventService(options, {
    metricPrefix: 'article_read',
    clock: new ServiceClock(config.clock, new Calendar(config.rules), wallMs),
    fold: new ReadModelFold(),
    shards: new Shards(new ArticleReadStore(redis, keys), keys),
    offsetsKey: keys.offsets(0),
    createHttp: (operation) => createHttp(operation, models),
  });
}
