// test/support/reference-event.ts — A record's value -> an event by two real JSON parsers, which share no code with ours: JSON.parse says what is JSON, and jsonc-parser where its numbers stand.
import { type Node, parseTree } from 'jsonc-parser';

type Members = ReadonlyMap<string, Node>;

const COUNT_OF: Readonly<Record<string, string>> = {
  COMMENT_CREATED: 'articleCommentCount',
  COMMENT_DELETED: 'articleCommentCount',
  ARTICLE_LIKED: 'articleLikeCount',
  ARTICLE_UNLIKED: 'articleLikeCount',
  ARTICLE_VIEWED: 'articleViewCount',
};
const IDS_OF: Readonly<Record<string, readonly string[]>> = {
  ARTICLE_CREATED: [],
  ARTICLE_UPDATED: [],
  ARTICLE_DELETED: [],
  COMMENT_CREATED: ['commentId', 'writerId'],
  COMMENT_DELETED: ['commentId', 'writerId'],
  ARTICLE_LIKED: ['userId'],
  ARTICLE_UNLIKED: ['userId'],
  ARTICLE_VIEWED: [],
};

/** Undefined where it is no event. */
export function referenceEvent(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!isJson(text)) return undefined;
  const record = membersOf(parseTree(text));
  const payload = membersOf(record?.get('payload'));
  const type = record?.get('type')?.value as unknown;
  if (!record || !payload || typeof type !== 'string' || !(type in IDS_OF)) return undefined;
  const ids = [
    ['eventId', record] as const,
    ...['articleId', ...(IDS_OF[type] ?? [])].map((id) => [id, payload] as const),
  ];
  const found = new Map(ids.map(([name, members]) => [name, idIn(text, members.get(name))]));
  const fields = factsOf(type, payload);
  if (!fields || [...found.values()].includes(undefined)) return undefined;
  return { type, ...Object.fromEntries(found), ...fields };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A repeated name has its last value. Undefined where it is no object. */
function membersOf(node: Node | undefined): Members | undefined {
  if (node?.type !== 'object') return undefined;
  const pairs = (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [[String(name.value), value] as const] : [],
  );
  return new Map(pairs);
}

/** The digits as they stand there; a whole number may be spelt otherwise where a double holds it. */
export function idIn(text: string, value: Node | undefined): string | undefined {
  if (value?.type !== 'number') return undefined;
  const digits = text.slice(value.offset, value.offset + value.length);
  if (Number.isSafeInteger(value.value) && value.value >= 0) return String(Number(digits));
  return /^\d+$/.test(digits) && BigInt(digits) < 2n ** 63n ? digits : undefined;
}

function factsOf(type: string, payload: Members): Readonly<Record<string, unknown>> | undefined {
  const counter = COUNT_OF[type];
  if (counter !== undefined) {
    const count: unknown = payload.get(counter)?.value;
    return Number.isSafeInteger(count) && Number(count) >= 0 ? { count } : undefined;
  }
  const createdDay = dayIn(payload.get('createdAt'));
  const title = payload.get('title');
  return createdDay !== undefined && title?.type === 'string' ? { createdDay, title: String(title.value) } : undefined;
}

function dayIn(node: Node | undefined): string | undefined {
  if (node?.type === 'string') {
    const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d/.exec(String(node.value)) ?? [];
    return parts.length === 0 ? undefined : parts.join('');
  }
  const parts = node?.type === 'array' ? (node.children ?? []).slice(0, 3).map(({ value }) => value as unknown) : [];
  if (parts.length < 3 || !parts.every(Number.isInteger)) return undefined;
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('');
}
