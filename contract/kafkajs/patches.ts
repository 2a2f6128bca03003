// contract/kafkajs/patches.ts — What kafkajs 2.2.4 does wrong in its connections, healed in the running process.
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { registerCodecs } from './codecs.js';
import { isPermanent } from './failures.js';
import { handOverOffsetsWithoutRecords } from './offsets-without-records.js';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

interface Connection {
  /** What has come of a response that is not whole yet. */
  chunks: readonly Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  readonly socket?: Socket;
  isConnected(): boolean;
  connect(): Promise<boolean>;
}

interface ConsumerGroup {
  readonly groupId: string;
  readonly cluster: { findGroupCoordinator(of: { readonly groupId: string }): Promise<unknown> };
  coordinator: unknown;
  offsetManager: { coordinator: unknown } | null;
  heartbeat(options: { readonly interval: number }): Promise<void>;
}

interface GroupOf {
  readonly groupId: string;
}

interface Cluster {
  readonly brokerPool: {
    withBroker<Found>(
      ask: (one: { readonly broker: { findGroupCoordinator(of: GroupOf): Promise<unknown> } }) => Promise<Found>,
    ): Promise<Found | null>;
  };
  findGroupCoordinatorMetadata(of: GroupOf): Promise<unknown>;
}

/** Length of the size field, which comes first in a response. */
const SIZE_BYTES = 4;

const require = createRequire(import.meta.url);
let isHealed = false;

/** Once for all clients of the process. */
export function patchKafkajs(): void {
  if (isHealed) return;
  isHealed = true;
  registerCodecs();
  stopIdleTimers((require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue }).prototype);
  findCoordinatorAgain((require('kafkajs/src/consumer/consumerGroup.js') as { prototype: ConsumerGroup }).prototype);
  const connections = (require('kafkajs/src/network/connection.js') as { prototype: Connection }).prototype;
  forgetPartialResponses(connections);
  letGoOnce(connections);
  sayWhyNoCoordinator((require('kafkajs/src/cluster/index.js') as { prototype: Cluster }).prototype);
  handOverOffsetsWithoutRecords();
}

/**
 * It re-arms a timer per connection for ever, also when nothing is pending, with a delay that is negative:
 * a tenth of a core for a few idle connections, and a warning on newer Node versions.
 * https://github.com/tulios/kafkajs/issues/1751
 */
function stopIdleTimers(prototype: RequestQueue): void {
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/**
 * A connection that breaks in the middle of a response keeps the part that has come, and puts what the next one brings behind it. From
 * then on nothing it receives makes sense: every request times out, also those that are sent again, for minutes.
 */
function forgetPartialResponses(prototype: Connection): void {
  const connect = prototype.connect;
  prototype.connect = function (this: Connection) {
    if (!this.isConnected()) Object.assign(this, { chunks: [], bytesBuffered: 0, bytesNeeded: SIZE_BYTES });
    return connect.call(this);
  };
}

/**
 * It lets go of the same socket again with every failure of its broker, also long after that is closed: each time one more listener waits
 * for it to connect, and Node warns of a leak.
 */
function letGoOnce(prototype: Connection): void {
  const connect = prototype.connect;
  prototype.connect = function (this: Connection) {
    const before = this.socket;
    const connected = connect.call(this);
    const { socket } = this;
    if (!socket || socket === before) return connected;
    const unref = socket.unref.bind(socket);
    socket.unref = () => (socket.destroyed ? socket : unref());
    return connected;
  };
}

/**
 * A member asks the broker that coordinated its group when it joined, also when that broker is gone and another does: after a few attempts
 * it starts anew, as a new member, and the group waits for the old one until its session is over.
 */
function findCoordinatorAgain(prototype: ConsumerGroup): void {
  const heartbeat = prototype.heartbeat;
  prototype.heartbeat = async function (this: ConsumerGroup, options) {
    try {
      await heartbeat.call(this, options);
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('KafkaJSConnection')) {
        const { groupId, cluster, offsetManager } = this;
        const coordinator = await cluster.findGroupCoordinator({ groupId }).catch(() => this.coordinator);
        this.coordinator = coordinator;
        if (offsetManager) offsetManager.coordinator = coordinator;
      }
      // It is tried again in any case.
      throw error;
    }
  };
}

/**
 * It drops what the brokers say when they name no coordinator. A group that the user may not use then looks like a broker that
 * is not ready, and is asked for without end.
 */
function sayWhyNoCoordinator(prototype: Cluster): void {
  const find = prototype.findGroupCoordinatorMetadata;
  prototype.findGroupCoordinatorMetadata = async function (this: Cluster, of) {
    try {
      return await find.call(this, of);
    } catch (error) {
      const refusal = await this.brokerPool.withBroker(({ broker }) =>
        broker.findGroupCoordinator(of).then(
          () => undefined,
          (reason: unknown) => reason,
        ),
      );
      throw isPermanent(refusal) ? refusal : error;
    }
  };
}
