// simulator/sut/json-lines.ts — What a consumer answers in JSON lines -> checked values. It may answer anything, and break off.
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { z } from 'zod';

/** The consumer answers otherwise than the contract says, so that nothing is known of what was asked. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/** @throws AnswerError at a line that is not of the schema, and when the answer breaks off */
export async function* jsonLines<Schema extends z.ZodType>(
  body: Readable,
  schema: Schema,
): AsyncGenerator<z.output<Schema>> {
  for await (const line of linesOf(body)) {
    if (line === '') continue;
    const parsed = schema.safeParse(contentOf(line));
    if (!parsed.success) throw new AnswerError('a line is not as the contract says', { cause: parsed.error });
    yield parsed.data;
  }
}

async function* linesOf(body: Readable): AsyncGenerator<string> {
  // Not every version of Node.js hands the error on: the lines alone may end as if the answer were whole.
  let failure: unknown;
  const lines = createInterface({ input: body });
  body.once('error', (error) => {
    failure = error;
    lines.close();
  });
  try {
    yield* lines;
  } catch (error) {
    failure ??= error;
  }
  if (failure !== undefined) throw new AnswerError('the answer broke off', { cause: failure });
}

function contentOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @param read what is read of a response @returns undefined when there is no such channel, or its answer cannot be used */
export async function answerOf<Answer>(
  response: Response | undefined,
  read: (body: Readable) => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  if (!response?.ok || !response.body) return undefined;
  try {
    return await read(Readable.fromWeb(response.body));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AnswerError) return undefined;
    throw error;
  }
}
