// test/consumer/forgotten-member.mjs — Given to a process with --import: its first heartbeat as a member fails in a way that kafkajs does not recover from.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { prototype } = require('kafkajs/src/consumer/consumerGroup.js');
const { KafkaJSNonRetriableError } = require('kafkajs/src/errors.js');
const heartbeat = prototype.heartbeat;
let failures = 1;

prototype.heartbeat = async function (options) {
  if (this.memberId && failures > 0) {
    failures -= 1;
    throw new KafkaJSNonRetriableError('nobody knows this member');
  }
  return heartbeat.call(this, options);
};
