// test/contract/kafkajs/codecs.test.ts — Every codec of Kafka gives back what it was given, in the forms in which other clients write it.
import kafkajs from 'kafkajs';
import { compress } from 'snappy';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fromSnappy, registerCodecs, snappyContainer } from '../../../contract/kafkajs/codecs.js';

const { CompressionCodecs, CompressionTypes } = kafkajs;
registerCodecs();

const codecOf = (type: number) =>
  (
    CompressionCodecs as Readonly<
      Record<
        number,
        () => { compress(encoder: { buffer: Buffer }): Promise<Buffer>; decompress(bytes: Buffer): Promise<Buffer> }
      >
    >
  )[type]?.();
/** 1 MB of records, and bytes that do not compress. */
const CONTENTS = [
  Buffer.alloc(0),
  Buffer.from('x'),
  Buffer.from('{"eventId":184721186232410112}'.repeat(35_000)),
  Buffer.from(Array.from({ length: 70_000 }, (_, i) => Math.imul(i + 1, 2_654_435_761) >>> 24)),
];
const { GZIP, Snappy, LZ4, ZSTD } = CompressionTypes;

for (const [name, type] of Object.entries({ gzip: GZIP, snappy: Snappy, lz4: LZ4, zstd: ZSTD })) {
  test(`${name} gives back what it was given`, async () => {
    const codec = codecOf(type);
    assert.ok(codec);
    for (const content of CONTENTS) {
      const packed = await codec.compress({ buffer: content });
      assert.ok((await codec.decompress(packed)).equals(content), `${content.length} bytes`);
    }
  });
}

test('snappy reads a bare block, as librdkafka sends it, and the container of Java clients', async () => {
  const content = Buffer.from('records '.repeat(10_000));
  assert.ok((await fromSnappy(Buffer.from(await compress(content)))).equals(content));
  const container = snappyContainer(content);
  assert.is(container.subarray(0, 8).toString('latin1'), '\u0082SNAPPY\0');
  assert.ok((await fromSnappy(container)).equals(content));
});

test('a snappy container that is cut short is an error, wherever it ends', async () => {
  const container = snappyContainer(Buffer.from('records '.repeat(10_000)));
  for (const bytes of [17, 19, 20, 25, container.length - 1]) {
    const thrown = await fromSnappy(container.subarray(0, bytes)).catch((error: unknown) => error);
    assert.instance(thrown, Error, `${bytes} bytes`);
  }
});

test.run();
