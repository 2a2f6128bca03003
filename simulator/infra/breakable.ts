// simulator/infra/breakable.ts — What can be broken on purpose and mended: servers of this run, and the links to them.

/** What is wanted to be breakable; servers of `sim up` are not taken then, those of docker compose only when told so. */
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
 * What a Redis has after it was killed and started again. `none`: nothing. `rdb`: its last snapshot, of which one is
 * begun as soon as the last one is a second old and anything was written. `aof`: all that it has acknowledged, as a
 * killed process loses nothing that it gave to the kernel. Told to end, it also saves a last snapshot with `rdb`.
 */
export type Persistence = 'none' | 'rdb' | 'aof';

/** Present when it was asked for, and this run has started both Kafka and Redis or may break their containers. */
export interface Breakable {
  readonly kafka: readonly BreakableServer[];
  readonly redis: BreakableRedis;
  readonly redisReplica?: BreakableRedis;
  /** Present when asked for. The replica has none: `links.redis.retarget(redisReplica.address)` is how a failover reaches clients. */
  readonly links: { readonly kafka: readonly Link[]; readonly redis?: Link };
}

/**
 * A server that can be broken on purpose and mended; each promise settles when the effect was seen. Its death by these
 * methods aborts nothing; any other still aborts `StartedInfra.died`.
 */
export interface BreakableServer {
  /** `Kafka node 2`, `Redis`, `Redis replica`. */
  readonly name: string;
  /** `host:port` of the server itself, behind its link. */
  readonly address: string;
  /** Kafka's `node.id`. */
  readonly nodeId?: number;
  /** Undefined while it is down. A container's is that of its first process, as the engine last said it. */
  pid(): number | undefined;
  /** SIGKILL; settles after the exit. Nothing happens when it is down. */
  kill(): Promise<void>;
  /** SIGTERM, also to a paused one; settles after the exit. @throws InfraError when it had to be killed. */
  terminate(): Promise<void>;
  /** Same ports, same data, and as it was first started: a replica that was promoted is a replica again. Settles when it answers. @throws InfraError */
  start(): Promise<void>;
  /** SIGSTOP of its process group; a container's freezer. */
  pause(): Promise<void>;
  /** SIGCONT. */
  resume(): Promise<void>;
  /** As the kernel or the engine says it. */
  isFrozen(): Promise<boolean>;
}

/** Redis can also lose its memory. */
export interface BreakableRedis extends BreakableServer {
  /** Removes what it has saved; only while it is down. */
  eraseData(): Promise<void>;
}

/** A TCP proxy that clients go through. Everything is off at first; settings may change at any time and hold for connections that exist. */
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
  /** From now on new connections lead there; those that exist are reset. Clients keep their address, so this is how a failover reaches them. */
  retarget(address: string): void;
  /** Since the start: evidence that a fault has happened. */
  counters(): LinkCounters;
}

export interface Toxics {
  /** Of each direction, so that a round trip takes twice as long. */
  readonly latencyMs?: number;
  /** Up to that much is added to or taken from the latency, evenly; order is kept. */
  readonly jitterMs?: number;
  /** Of each direction, shared by all connections. */
  readonly bytesPerSecond?: number;
  /** A black hole, not a reset: bytes and ends of that direction stay in the link, and go on when this is taken back. */
  readonly drop?: 'to-server' | 'to-client' | 'both';
  /** So often from now on: a request that changes something reaches the server, and its connection is reset when the reply arrives. */
  readonly loseReplies?: number;
}

export interface LinkCounters {
  readonly connections: number;
  /** Connections that exist now. */
  readonly open: number;
  /** Connections whose server did not take them. */
  readonly refused: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
  /** Connections that `reset` or `retarget` ended. */
  readonly resets: number;
  /** Bytes that arrived while their direction was a black hole. */
  readonly droppedBytes: number;
  /** Chunks that latency or bandwidth has held back. */
  readonly delayedChunks: number;
  readonly lostReplies: number;
}
