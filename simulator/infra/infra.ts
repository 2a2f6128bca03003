// simulator/infra/infra.ts — Only a started infrastructure has addresses, and it must be disposed of.
import type { KafkaConnection, RedisConnection } from '../../contract/connection.js';
import type { Breakable, BreakableOptions } from './breakable.js';

/** `up`: kept running by `sim up`; `local`: processes of this run, stopped when it ends. */
export type Mode = 'external' | 'up' | 'compose' | 'local';

export interface Found {
  readonly mode: Mode;
  /** One sentence for people: which one was taken and why. */
  readonly why: string;
  /** What the server says, when it does. */
  readonly version?: string;
}

export interface InfraOptions {
  /** From `--brokers` or `SIM_BROKERS`. */
  readonly kafka?: KafkaConnection;
  /** From `--redis` or `SIM_REDIS`. */
  readonly redis?: RedisConnection;
  /** Brokers wanted when processes are started here. */
  readonly nodes: 1 | 3;
  /** What the run will break; servers are started for it unless addresses are given. */
  readonly breakable?: BreakableOptions;
  /** Whether faults may break the containers of docker-compose.yml, which must then run. */
  readonly breakContainers?: boolean;
  /** Folder for the logs of the processes started here. */
  readonly logDir: string;
  /** Prints one line of progress. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface StartedInfra extends AsyncDisposable {
  /** `connection` is for the consumers under test, and leads through links if there are any. `direct` leads around them. */
  readonly kafka: Found & { readonly connection: KafkaConnection; readonly direct: KafkaConnection };
  /** `direct` leads to the first Redis, even after clients were sent to its replica. */
  readonly redis: Found & { readonly connection: RedisConnection; readonly direct: RedisConnection };
  readonly breakable?: Breakable;
  /** Aborts, with an `InfraError` as its reason, when a server that was started here dies before it is disposed of. */
  readonly died: AbortSignal;
}
