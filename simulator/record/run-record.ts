// simulator/record/run-record.ts — The run record: all that a report, or a later judgement, needs to know of a run.
import type { Counts } from '../../contract/rules.js';
import type { FaultResult } from '../history/fault-result.js';
import type { LogCounts } from '../history/log-counts.js';
import type { Naming, SutRecord, TraitVerdict } from '../history/naming.js';
import type { PublicationTimes, StalenessPoint } from '../history/visible-lists.js';

export const RECORD_VERSION = 1;

export type Outcome = 'pass' | 'fail' | 'unknown';

export interface Finding {
  /** What kind of problem it is, from `vocabulary/findings.ts`; absent in old records. */
  readonly code?: string;
  /** One sentence with what was expected and what was found. */
  readonly message: string;
  readonly day?: string;
  readonly articleId?: string;
  readonly expected?: string | number;
  readonly found?: string | number;
}

export interface CheckResult {
  readonly check: string;
  readonly outcome: Outcome;
  /** What the checker looked at, in one sentence: "300,000 acked events over 3 partitions". */
  readonly seen: string;
  /** At most 20; `findingCount` says how many there were. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
  /** Why nothing could be said; only with `unknown`. */
  readonly reason?: string;
  /** What it needs to have seen to say anything: "an unlike of one of the first 20". */
  readonly needs?: readonly { readonly text: string; readonly wasSeen: boolean }[];
}

export interface ThresholdResult {
  /** As written in the scenario: `endToEnd p99 < 250`. */
  readonly threshold: string;
  readonly ok: boolean;
  readonly actual: number | null;
  readonly unit: string;
}

export interface ListRow extends Counts {
  readonly rank: number;
  readonly articleId: string;
  readonly score: number;
}

export interface DayResult {
  readonly day: string;
  readonly expected: readonly ListRow[];
  readonly found: readonly { readonly rank: number; readonly articleId: string; readonly score: number }[];
}

/** Milliseconds; `histogram` is HdrHistogram V2 in base64 (values in microseconds). */
export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  readonly histogram: string;
}

/** `sendDelay`: intended to actual send. `send`: intended send to acknowledgement. `endToEnd`: intended send to Redis. `apply`: one script call. */
export type LatencyName = 'sendDelay' | 'send' | 'endToEnd' | 'apply';

/** What a phase of the load was; days in a row share a phase of one name. */
export interface PhaseResult {
  readonly name: string;
  /** Left out of the latencies of the whole load. */
  readonly warmUp: boolean;
  readonly plannedEvents: number;
  readonly acked: number;
  /** From its first send to its last acknowledgement; null when nothing was sent. */
  readonly eventsPerSecond: number | null;
  readonly latency: Partial<Record<LatencyName, LatencySummary>>;
}

/** One line of series.ndjson; counters are totals since the load began. */
export interface Sample {
  /** Milliseconds since the load began. */
  readonly atMs: number;
  readonly phase: string;
  /** Events whose intended send time has come; equal to `sent` without pacing. */
  readonly due: number;
  readonly sent: number;
  readonly acked: number;
  readonly failed: number;
  readonly unknown: number;
  /** As the consumer says; null when it has no such channel. */
  readonly consumed: number | null;
  /** Latest minus committed offset, in records, over all partitions; null when it could not be read. */
  readonly lag: number | null;
  /** Send latency in this interval, ms. */
  readonly sendP50Ms: number | null;
  readonly sendP99Ms: number | null;
  /** Resident memory of the harness, bytes. */
  readonly harnessRssBytes: number;
}

export interface Server {
  readonly mode: string;
  readonly why: string;
  readonly version?: string;
}

/** One event of an article, in the order in which it was to be sent. */
export interface LedgerRow {
  readonly type: string;
  readonly eventId: string;
  /** `article`, `comment`, `like` or `view`. */
  readonly stream: string;
  readonly partition: number;
  readonly offset: number;
  /** Event time, and the event time at which it was to be sent, ms. */
  readonly timeMs: number;
  readonly dueMs: number;
  /** By the rules, up to here. */
  readonly before: Counts;
  readonly after: Counts;
  /** After it, as the bug counts. */
  readonly withBug?: Counts;
  /** What it did by the rules: "sets likes to 5", "is older than what stands", ... */
  readonly effect: string;
  /** The same for programs, from `vocabulary/ledger-effects.ts`; absent in old records. */
  readonly code?: string;
  /** It decides what is true at the end. */
  readonly stands: boolean;
}

/** Why one article's row is wrong. */
export interface Proof {
  readonly day: string;
  readonly articleId: string;
  /** Rank null: not in the list. */
  readonly expected: Counts & { readonly rank: number | null; readonly score: number };
  /** `3 x 12 + 2 x 4 + 1 x 310 = 354` */
  readonly arithmetic: string;
  /** Why it must not be listed, when it must not. */
  readonly barred?: string;
  /** Null: not in the list. */
  readonly found: { readonly rank: number; readonly score: number } | null;
  /** Events of the article in all. */
  readonly events: number;
  /** Those around the place where it went wrong. */
  readonly ledger: readonly LedgerRow[];
  /** The bug whose counts stand beside those by the rules. */
  readonly bugOfLedger?: string;
  /** Where what was found and what is true part ways, in one sentence. */
  readonly divergence?: string;
  /** The event at which they do, if it is one of this article. */
  readonly divergedAt?: { readonly stream: string; readonly partition: number; readonly offset: number };
}

/** Of a ranking that is wrong: which bug it shows, and the proof for the first wrong article. */
export interface Diagnosis {
  readonly naming: Naming;
  /** Only where traits are declared. */
  readonly butForTraits?: TraitVerdict;
  readonly proof?: Proof;
}

export interface RunRecord {
  readonly recordVersion: typeof RECORD_VERSION;
  readonly simVersion: string;
  readonly runId: string;
  /** ISO instants. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: 'completed' | 'interrupted' | 'failed';
  /** With `interrupted` and `failed`: what ended the run. */
  readonly error?: { readonly message: string; readonly hint?: string };
  readonly exitCode: number;
  /** Absent when the run ended before it could be judged. */
  readonly verdict?: {
    readonly outcome: Outcome;
    readonly checks: readonly CheckResult[];
    readonly thresholds: readonly ThresholdResult[];
  };
  readonly scenario: {
    readonly name: string;
    readonly description: string;
    readonly file: string;
    readonly seed: number;
    /** `--set` patches, already applied in `resolved`. */
    readonly settings: readonly string[];
    /** The complete scenario, defaults filled in. */
    readonly resolved: unknown;
  };
  /** Absent when it was the consumer that comes with sim. */
  readonly sut?: SutRecord;
  /** The command that plays the same events again. */
  readonly replay?: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpus: number;
    readonly cpuModel: string;
    readonly memoryBytes: number;
  };
  readonly servers?: { readonly kafka: Server; readonly redis: Server };
  readonly load?: {
    readonly plannedEvents: number;
    readonly eventsByType: Readonly<Record<string, number>>;
    readonly articles: number;
    readonly ok: number;
    readonly fail: number;
    readonly info: number;
    /** Bytes of record values. */
    readonly bytes: number;
    readonly eventsByPartition: readonly number[];
    /** First intended send to last acknowledgement. */
    readonly loadMs: number;
    /** Last acknowledgement to lag 0. */
    readonly drainMs: number | null;
    /** Events per second from the first send to lag 0. */
    readonly eventsPerSecond: number;
    readonly pace: 'paced' | 'max';
    readonly harnessRssBytesMax: number;
  };
  /** Of the whole load without warm-ups. */
  readonly latency?: Partial<Record<LatencyName, LatencySummary>>;
  readonly phases?: readonly PhaseResult[];
  readonly days: readonly DayResult[];
  /** Absent when the topics were not read again. */
  readonly log?: LogCounts;
  /** Absent without pacing, or when the topics were not read again. */
  readonly staleness?: readonly StalenessPoint[];
  /** Absent when no day was published in the run. */
  readonly publications?: readonly PublicationTimes[];
  /** Absent when the scenario has none. */
  readonly faults?: readonly FaultResult[];
  /** Only when lists or counts are wrong, and the topics were read again. */
  readonly diagnosis?: Diagnosis;
  /** What makes the figures less than they seem, one sentence each. */
  readonly warnings?: readonly string[];
}
