// simulator/simulate/redis-stage.ts — What happens to the Redis of a simulated run: it is emptied, set back, full, or away; and what has expired by virtual time goes.

import type { Redis } from 'ioredis';
import { nextTurn } from '../../contract/waiting.js';

/** KEYS: none; ARGV: virtual time, ms. */
const EXPIRE = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local at = redis.call('PEXPIRETIME', key)
  if at >= 0 and at <= tonumber(ARGV[1]) then redis.call('DEL', key) end
end`;
/** Copies every key into database 1. */
const KEEP = `
for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', 1) end`;

/** Less than an empty Redis takes. */
const TOO_LITTLE = '100kb';

export class RedisStage {
  readonly redis: Redis;
  /** Above 0, no client gets an answer. */
  away = 0;
  /** How often somebody had to wait for that. */
  waits = 0;
  /** For each fault that loses answers of scripts: how many it still has to lose. */
  readonly losses = new Set<{ left: number }>();

  #pending = 0;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /** What is sent until the end is called goes in one piece: a call of the system each would take longer than all else. */
  together(): () => void {
    const { stream } = this.redis;
    stream.cork();
    return () => stream.uncork();
  }

  /** @returns how many keys there were */
  empty(): Promise<number> {
    return this.#counted(async () => {
      const keys = await this.redis.dbsize();
      await this.redis.flushdb();
      return keys;
    });
  }

  /** Settles when all that was asked for here is done, and what followed from it: or the order would be left to chance. */
  async rest(): Promise<void> {
    do await nextTurn();
    while (this.#pending > 0);
  }

  /** Whether the answer of the script that is carried out now is lost. */
  losesAnswer(): boolean {
    const loss = [...this.losses].find(({ left }) => left > 0);
    if (!loss) return false;
    loss.left -= 1;
    return true;
  }

  /** Everything is gone from both, as of a run before. */
  async clear(): Promise<void> {
    await this.setFull(false);
    await this.redis.flushall();
  }

  /** Keeps what is there now, for `setBack`. */
  keep(): Promise<void> {
    return this.#counted(async () => {
      await this.redis.pipeline().select(1).flushdb().select(0).exec();
      await this.redis.eval(KEEP, 0);
    });
  }

  /** To what was kept. */
  async setBack(): Promise<void> {
    await this.#counted(() => this.redis.swapdb(0, 1));
  }

  async setFull(isFull: boolean): Promise<void> {
    await this.#counted(() => this.redis.config('SET', 'maxmemory', isFull ? TOO_LITTLE : '0'));
  }

  /** Writes that were refused for lack of memory. */
  async refusals(): Promise<number> {
    const text = await this.#counted(() => this.redis.info('errorstats'));
    const found = /errorstat_OOM:count=(\d+)/.exec(text);
    return Number(found?.[1] ?? 0);
  }

  async expire(nowMs: number): Promise<void> {
    await this.redis.eval(EXPIRE, 0, nowMs);
  }

  async #counted<Reply>(ask: () => Promise<Reply>): Promise<Reply> {
    this.#pending += 1;
    try {
      return await ask();
    } finally {
      this.#pending -= 1;
    }
  }
}
