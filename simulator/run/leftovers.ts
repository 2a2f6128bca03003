// simulator/run/leftovers.ts — What runs that were killed have left in Kafka and Redis, told apart from runs that go on.

/** Names as `run-names.ts` makes them: `sim-<runId>.` begins topics and groups, `sim:<runId>:` begins keys. */
const RUN_ID = '(\\d{8}-\\d{6}-[0-9a-f]{4})';
const KAFKA_NAME = new RegExp(`^sim-${RUN_ID}\\.`);
const KEY = new RegExp(`^sim:${RUN_ID}:`);
/** A run that began only now may have no group yet. */
const YOUNG_MS = 600_000;

export interface Found {
  readonly topics: readonly string[];
  readonly groups: readonly { readonly id: string; readonly members: number }[];
  readonly keys: readonly string[];
  /** Wall time, ms since 1970. */
  readonly nowMs: number;
}

export interface Leftover {
  readonly runId: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  /** How many keys there are below `sim:<runId>:`. */
  readonly keys: number;
  /** Why nothing of it may be removed; undefined when the run is over. */
  readonly mayGoOn: 'its group has members' | 'it began less than 10 minutes ago' | undefined;
}

/** By run, the oldest first. Whatever no run of sim has named is left out. */
export function leftoversIn({ topics, groups, keys, nowMs }: Found): readonly Leftover[] {
  const runIds = [
    ...topics.map((topic) => KAFKA_NAME.exec(topic)?.[1]),
    ...groups.map(({ id }) => KAFKA_NAME.exec(id)?.[1]),
    ...keys.map((key) => KEY.exec(key)?.[1]),
  ];
  return [...new Set(runIds.flatMap((runId) => runId ?? []))].sort().map((runId) => {
    const own = groups.filter(({ id }) => id.startsWith(`sim-${runId}.`));
    const isLive = own.some(({ members }) => members > 0);
    const isYoung = nowMs - beginningOf(runId) < YOUNG_MS;
    return {
      runId,
      topics: topics.filter((topic) => topic.startsWith(`sim-${runId}.`)),
      groups: own.map(({ id }) => id),
      keys: keys.filter((key) => key.startsWith(`sim:${runId}:`)).length,
      mayGoOn: isLive ? 'its group has members' : isYoung ? 'it began less than 10 minutes ago' : undefined,
    };
  });
}

/** A run's id begins with its time, in UTC. */
function beginningOf(runId: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
