// simulator/simulate/memory-group.ts — The coordinator of a consumer group, in memory: members, generations, partitions, committed offsets.

import type { Offsets } from 'kafkajs';
import { partitionName, type TopicPartition } from '../../contract/topic-partition.js';

export interface GroupMember {
  /** False while the process is frozen or dead: it sends no heartbeat. */
  readonly isBeating: boolean;
  rebalancing(): void;
  joined(membership: Membership): void;
}

export interface Membership {
  readonly memberId: string;
  readonly generation: number;
  readonly places: readonly TopicPartition[];
}

interface Seat {
  readonly member: GroupMember;
  beatAtMs: number;
}

export interface GroupOptions {
  readonly places: readonly TopicPartition[];
  readonly sessionTimeoutMs: number;
  readonly now: () => number;
}

export class MemoryGroup {
  /** Next offsets by `topic/partition`. */
  readonly committed = new Map<string, string>();
  readonly #options: GroupOptions;
  readonly #seats = new Map<string, Seat>();
  #generation = 0;
  #ids = 0;
  #isBalanced = true;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  get memberIds(): readonly string[] {
    return [...this.#seats.keys()];
  }

  get isBalanced(): boolean {
    return this.#isBalanced;
  }

  has(memberId: string): boolean {
    return this.#seats.has(memberId);
  }

  join(member: GroupMember): string {
    this.#ids += 1;
    const memberId = `member-${this.#ids}`;
    this.rebalance();
    this.#seats.set(memberId, { member, beatAtMs: this.#options.now() });
    return memberId;
  }

  leave(memberId: string): void {
    if (this.#seats.delete(memberId)) this.rebalance();
  }

  /** Partitions are to be dealt anew; who is in the group finds out. */
  rebalance(): void {
    if (!this.#isBalanced) return;
    this.#isBalanced = false;
    for (const { member } of this.#seats.values()) if (member.isBeating) member.rebalancing();
  }

  /** To be called now and then: who is silent for too long is out. */
  inspect(): void {
    const now = this.#options.now();
    for (const [memberId, seat] of this.#seats) {
      if (seat.member.isBeating) seat.beatAtMs = now;
      else if (now - seat.beatAtMs > this.#options.sessionTimeoutMs) this.leave(memberId);
    }
  }

  /** Every member has come back for its part. */
  get canDeal(): boolean {
    return !this.#isBalanced && [...this.#seats.values()].every(({ member }) => member.isBeating);
  }

  deal(): void {
    const seats = [...this.#seats];
    this.#isBalanced = true;
    this.#generation += 1;
    for (const [index, [memberId, { member }]] of seats.entries()) {
      const places = this.#options.places.filter((_, at) => at % seats.length === index);
      member.joined({ memberId, generation: this.#generation, places });
    }
  }

  /** Also of partitions that are another's: a coordinator asks only who commits, and as of when. */
  commit({ memberId, generation }: Pick<Membership, 'memberId' | 'generation'>, offsets: Offsets): void {
    if (!this.has(memberId)) throw new Error('UNKNOWN_MEMBER_ID');
    if (generation !== this.#generation) throw new Error('ILLEGAL_GENERATION');
    for (const { topic, partitions } of offsets.topics)
      for (const { partition, offset } of partitions) this.committed.set(partitionName({ topic, partition }), offset);
  }
}
