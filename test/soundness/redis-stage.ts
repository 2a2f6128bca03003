// test/soundness/redis-stage.ts — What happens to the Redis of a simulated run: it is emptied, set back, full, or away; and what has expired by virtual time goes.
import type { Redis } from 'ioredis';

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
  /** Above 0, nobody is answered. */
  away = 0;
  /** How often somebody had to wait for that. */
  waits = 0;
  /** Of each fault that loses answers of scripts: how many it is still to lose. */
  readonly losses = new Set<{ left: number }>();

  constructor(redis: Redis) {
    this.redis = redis;
  }

  /** What is sent until the end is called goes in one piece: a call of the system each would take longer than all else. */
  together(): () => void {
    const { stream } = this.redis;
    stream.cork();
    return () => stream.uncork();
  }

  async empty(): Promise<number> {
    const keys = await this.redis.dbsize();
    await this.redis.flushdb();
    return keys;
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
  async keep(): Promise<void> {
    await this.redis.pipeline().select(1).flushdb().select(0).exec();
    await this.redis.eval(KEEP, 0);
  }

  /** To what was kept. */
  async setBack(): Promise<void> {
    await this.redis.swapdb(0, 1);
  }

  async setFull(isFull: boolean): Promise<void> {
    await this.redis.config('SET', 'maxmemory', isFull ? TOO_LITTLE : '0');
  }

  /** Of writes, for want of memory. */
  async refusals(): Promise<number> {
    const found = /errorstat_OOM:count=(\d+)/.exec(await this.redis.info('errorstats'));
    return Number(found?.[1] ?? 0);
  }

  async expire(nowMs: number): Promise<void> {
    await this.redis.eval(EXPIRE, 0, nowMs);
  }
}
