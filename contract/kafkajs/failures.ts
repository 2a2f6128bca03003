// contract/kafkajs/failures.ts — Which failures of Kafka no repetition heals.
import kafkajs from 'kafkajs';

const PERMANENT_CLASSES = [
  // A codec that is not there.
  kafkajs.KafkaJSNotImplemented,
  kafkajs.KafkaJSUnsupportedMagicByteInMessageSet,
  kafkajs.KafkaJSSASLAuthenticationError,
] as const;

/** As the protocol names its errors. */
const PERMANENT_TYPES: ReadonlySet<unknown> = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'SECURITY_DISABLED',
  'UNSUPPORTED_VERSION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'INVALID_GROUP_ID',
  'INVALID_SESSION_TIMEOUT',
  'INVALID_TOPIC_EXCEPTION',
  'INCONSISTENT_GROUP_PROTOCOL',
]);

/** kafkajs wraps what it was told: the causes are looked at, too. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (PERMANENT_CLASSES.some((one) => error instanceof one)) return true;
  return ('type' in error && PERMANENT_TYPES.has(error.type)) || isPermanent(error.cause);
}
