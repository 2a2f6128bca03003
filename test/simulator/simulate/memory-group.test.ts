// test/simulator/simulate/memory-group.test.ts — The group in memory deals partitions, expels who is silent, and refuses commits of the past.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type GroupMember, type Membership, MemoryGroup } from '../../../simulator/simulate/memory-group.js';

const places = [0, 1, 2].map((partition) => ({ topic: 'likes', partition }));

class Member implements GroupMember {
  isBeating = true;
  rebalances = 0;
  last: Membership | undefined;

  rebalancing(): void {
    this.rebalances += 1;
  }

  joined(membership: Membership): void {
    this.last = membership;
  }

  get partitions(): number[] | undefined {
    return this.last?.places.map(({ partition }) => partition);
  }
}

function grouped(members: number) {
  const clock = { nowMs: 0 };
  const group = new MemoryGroup({ places, sessionTimeoutMs: 1000, now: () => clock.nowMs });
  const all = Array.from({ length: members }, () => new Member());
  const ids = all.map((member) => group.join(member));
  group.deal();
  return { clock, group, all, ids };
}

const offsets = (offset: string) => ({ topics: [{ topic: 'likes', partitions: [{ partition: 0, offset }] }] });

test('every partition has one owner, and a new generation deals them anew', () => {
  const { group, all, ids } = grouped(2);
  assert.equal(
    all.map(({ partitions }) => partitions),
    [[0, 2], [1]],
  );
  assert.is(all[0]?.last?.generation, 1);
  group.leave(ids[0] ?? '');
  assert.not(group.isBalanced);
  assert.is(all[1]?.rebalances, 1);
  group.deal();
  assert.equal([all[1]?.partitions, all[1]?.last?.generation], [[0, 1, 2], 2]);
});

test('who is silent for longer than the session is out, and who beats in time is not', () => {
  const { clock, group, all, ids } = grouped(2);
  const [first] = all;
  assert.ok(first);
  first.isBeating = false;
  clock.nowMs = 1000;
  group.inspect();
  assert.equal(group.memberIds, ids);
  clock.nowMs = 1001;
  group.inspect();
  assert.equal(group.memberIds, ids.slice(1));
  // It does not know yet, and the others are told.
  assert.equal(
    all.map(({ rebalances }) => rebalances),
    [0, 1],
  );
});

test('partitions are dealt only when every member has come back', () => {
  const { group, all } = grouped(2);
  assert.not(group.canDeal);
  group.rebalance();
  assert.ok(group.canDeal);
  for (const member of all) member.isBeating = false;
  assert.not(group.canDeal);
});

test('only a member of this generation commits, also for partitions of another', () => {
  const { group, ids } = grouped(2);
  const [, second = ''] = ids;
  group.commit({ memberId: second, generation: 1 }, offsets('7'));
  assert.equal([...group.committed], [['likes/0', '7']]);
  assert.throws(() => group.commit({ memberId: 'stranger', generation: 1 }, offsets('8')), 'UNKNOWN_MEMBER_ID');
  assert.throws(() => group.commit({ memberId: second, generation: 0 }, offsets('8')), 'ILLEGAL_GENERATION');
  assert.is(group.committed.get('likes/0'), '7');
});

test.run();
