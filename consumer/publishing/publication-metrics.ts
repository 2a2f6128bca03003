// consumer/publishing/publication-metrics.ts — How long publications take, as metrics.
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { ServiceClock } from '../runtime/service-clock.js';

const SECONDS = [1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600];

export class PublicationMetrics {
  readonly #delay: Histogram;
  #waitingSinceMs: number | undefined;

  constructor(registry: Registry, clock: ServiceClock) {
    const registers = [registry];
    this.#delay = new Histogram({
      name: 'hot_article_publication_delay_seconds',
      help: 'Event time from when a day was to be published to when it was.',
      buckets: SECONDS,
      registers,
    });
    const waitingSeconds = () =>
      Math.max(0, (clock.now() ?? 0) - (this.#waitingSinceMs ?? Number.POSITIVE_INFINITY)) / 1000;
    new Gauge({
      name: 'hot_article_publication_waiting_seconds',
      help: 'Event time since a publication was due that waits for records to be applied; 0 when none waits.',
      registers,
      collect() {
        this.set(waitingSeconds());
      },
    });
  }

  /** @param delayMs event time between the time of publication and the publication */
  published(delayMs: number): void {
    this.#delay.observe(delayMs / 1000);
  }

  /** @param dueMs event time of the oldest publication that waits; undefined when none does */
  waitingSince(dueMs: number | undefined): void {
    this.#waitingSinceMs = dueMs;
  }
}
