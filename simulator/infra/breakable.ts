// simulator/infra/breakable.ts — What can be broken on purpose and healed: servers of this run, and the links to them.

/** What must be breakable. Servers of `sim up` are not used then, and those of docker compose only on request. */
export interface BreakableOptions {
  /** Clients reach every server through a link. */
  readonly links: boolean;
  readonly redis: {
    readonly persistence: Persistence;
    readonly replica: boolean;
    /** As Redis writes sizes: `64mb`. Writes are refused beyond it; nothing is evicted. */
    readonly maxmemory?: string;
  };
}

/**
 * What a Redis has after it was killed and started again. `none`: nothing. `rdb`: its last snapshot; a new one begins
 * when the last is a second old and something was written. A graceful end saves one more. `aof`: everything that it
 * acknowledged, as a killed process loses nothing that it gave to the kernel.
 */
export type Persistence = 'none' | 'rdb' | 'aof';

/** Present on request, when this run started both Kafka and Redis or may break their containers. */
export interface Breakable {
  readonly kafka: readonly BreakableServer[];
  readonly redis: BreakableRedis;
  readonly redisReplica?: BreakableRedis;
  /** Present on request. The replica has no link; a failover reaches clients by `links.redis.retarget(redisReplica.address)`. */
  readonly links: { readonly kafka: readonly Link[]; readonly redis?: Link };
}

/**
 * A server that can be broken on purpose and healed. Each promise settles when the effect was seen. Only a death that
 * these methods did not cause aborts `StartedInfra.died`.
 */
export interface BreakableServer {
  /** `Kafka node 2`, `Redis`, `Redis replica`. */
  readonly name: string;
  /** `host:port` of the server itself, behind its link. */
  readonly address: string;
  /** Kafka's `node.id`. */
  readonly nodeId?: number;
  /** Undefined while it is down. For a container, the number of its first process, as the engine last said. */
  pid(): number | undefined;
  /** SIGKILL; settles after the exit. Does nothing when it is down. */
  kill(): Promise<void>;
  /** SIGTERM, also to a paused one; settles after the exit. @throws InfraError when it had to be killed. */
  terminate(): Promise<void>;
  /** Starts it as the first time, with the same ports and data: a promoted replica is a replica again. Settles when it answers. @throws InfraError */
  start(): Promise<void>;
  /** SIGSTOP of its process group; a container's freezer. */
  pause(): Promise<void>;
  /** SIGCONT. */
  resume(): Promise<void>;
  /** What the kernel or the engine says. */
  isFrozen(): Promise<boolean>;
}

/** Redis can also lose its memory. */
export interface BreakableRedis extends BreakableServer {
  /** Removes what it has saved. Call it only while the server is down. */
  eraseData(): Promise<void>;
}

/** A TCP proxy that clients go through. Everything is off at first. Settings may change at any time, also for existing connections. */
export interface Link {
  /** `link to Kafka node 2`. */
  readonly name: string;
  /** `host:port` where clients connect. */
  readonly address: string;
  /** `host:port` where new connections lead. */
  readonly target: string;
  /** Replaces the former settings. */
  set(toxics: Toxics): void;
  /** Resets every connection now. */
  reset(): void;
  /** Leads new connections there and resets existing ones. Clients keep their address, so a failover reaches them this way. */
  retarget(address: string): void;
  /** Totals since the start, which prove that a fault happened. */
  counters(): LinkCounters;
}

export interface Toxics {
  /** For each direction, so a round trip takes twice as long. */
  readonly latencyMs?: number;
  /** The latency varies evenly by up to this much; order is kept. */
  readonly jitterMs?: number;
  /** For each direction, shared by all connections. */
  readonly bytesPerSecond?: number;
  /** A black hole, not a reset: bytes and ends of that direction stay in the link, and go on when it is lifted. */
  readonly drop?: 'to-server' | 'to-client' | 'both';
  /** How many replies to lose from now on. A request that changes something reaches the server; its connection is reset when the reply arrives. */
  readonly loseReplies?: number;
}

export interface LinkCounters {
  readonly connections: number;
  /** Connections that exist now. */
  readonly open: number;
  /** Connections that the server refused. */
  readonly refused: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
  /** Connections that `reset` or `retarget` ended. */
  readonly resets: number;
  /** Bytes that arrived while their direction was a black hole. */
  readonly droppedBytes: number;
  /** Chunks that latency or bandwidth delayed. */
  readonly delayedChunks: number;
  readonly lostReplies: number;
}
