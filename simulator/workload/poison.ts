// simulator/workload/poison.ts — Records that no consumer can decode, each in another way.

const HUGE_BYTES = 200_000;

/** @param index decides which way; neighbours differ */
export function poisonValue(index: number, good: Buffer): Buffer {
  const ways = [
    () => good.subarray(0, good.length - 2),
    () => Buffer.from(good.toString().replace(/"type":"[A-Z_]+"/, '"type":"ARTICLE_SHARED"')),
    () => Buffer.from('{"eventId":1,"type":"ARTICLE_VIEWED","payload":{"articleViewCount":1}}'),
    () => Buffer.concat([good.subarray(0, 10), Buffer.from([0xff, 0xfe]), good.subarray(10)]),
    () => Buffer.alloc(HUGE_BYTES, 0x78),
    () => Buffer.alloc(0),
  ];
  return (ways[index % ways.length] ?? (() => good))();
}
