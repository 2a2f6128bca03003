// test/simulator/run/named-things.ts — Topics and groups by their names, as a broker lists and deletes them.

export class NamedThings {
  topics: string[];
  /** How many members each has. */
  readonly groups: Map<string, number>;
  /** A broker that refuses says why; what comes before the topic it refuses is gone. */
  refused: { readonly topic: string; readonly error: Error } | undefined;

  constructor(topics: readonly string[], groups: Readonly<Record<string, number>> = {}) {
    this.topics = [...topics];
    this.groups = new Map(Object.entries(groups));
  }

  async listTopics(): Promise<string[]> {
    return [...this.topics];
  }

  async deleteTopics({ topics }: { topics: string[] }): Promise<void> {
    for (const topic of topics) {
      if (topic === this.refused?.topic) throw this.refused.error;
      this.topics = this.topics.filter((one) => one !== topic);
    }
  }

  async listGroups() {
    return { groups: [...this.groups.keys()].map((groupId) => ({ groupId, protocolType: 'consumer' })) };
  }

  async describeGroups(groupIds: string[]) {
    const member = {
      clientHost: '/127.0.0.1',
      clientId: 'a',
      memberId: 'a-1',
      memberAssignment: Buffer.alloc(0),
      memberMetadata: Buffer.alloc(0),
    };
    const groups = groupIds.map((groupId) => {
      const members = Array.from({ length: this.groups.get(groupId) ?? 0 }, () => member);
      return { groupId, members, protocol: 'range', protocolType: 'consumer', state: 'Stable' as const };
    });
    return { groups };
  }

  async deleteGroups(groupIds: string[]) {
    for (const id of groupIds) this.groups.delete(id);
    return groupIds.map((groupId) => ({ groupId }));
  }
}
