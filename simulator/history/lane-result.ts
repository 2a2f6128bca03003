// simulator/history/lane-result.ts — What a producer tells about a lane that it has played: its articles, and how the sends of their events ended.

/** What is known of the end of a send. */
export type SendEnd = 'ok' | 'fail' | 'info';

/** An event whose send ended unknown: it may count or not. */
export interface Maybe {
  readonly article: number;
  readonly kind: number;
  readonly count: number;
  readonly version: number;
}

/** Users with a comment that stands, by article. */
export interface Commented {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** What a lane's producer hands to the judge. */
export interface LaneResult {
  readonly lane: number;
  readonly articles: number;
  /** For each article, in order of creation; Infinity when no event tells of the creation. */
  readonly createdMs: Float64Array;
  readonly ids: BigUint64Array;
  readonly truth: {
    readonly created: Uint8Array;
    readonly deleted: Uint8Array;
    readonly withdrawn: Uint8Array;
    readonly counts: readonly Uint32Array[];
    readonly versions: readonly Uint32Array[];
    readonly maybes: readonly Maybe[];
    /** Only where commenters have a weight. */
    readonly commenters?: Commented | undefined;
  };
  readonly lateCompletions?: readonly LateCompletion[];
  /** Versions of the events whose sends were not acknowledged; negated for records that cannot be decoded. */
  readonly unacknowledged?: readonly number[];
  /** Only where the scenario has an article-read service. */
  readonly readModels?: ReadModelsTruth;
}

/** What must be true of each read model: as above, but over all days and events, and with titles. */
export interface ReadModelsTruth {
  readonly truth: LaneResult['truth'];
  /** Version of the newest acknowledged update; 0: none. */
  readonly editions: Uint32Array;
  /** Updates whose sends ended unknown. */
  readonly maybeEditions: readonly { readonly article: number; readonly edition: number }[];
}

export interface LateCompletion {
  /** Version of the lane's event. */
  readonly version: number;
  readonly dueMs: number;
  /** Event time at which the send ended. */
  readonly endedMs: number;
}
