// test/simulator/report/xml.ts — Reads the little XML that JUnit files are made of, and refuses what is not well-formed.
import * as assert from 'uvu/assert';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<\?xml[^>]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

export function parseXml(text: string): XmlElement {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML forbids.
  assert.not.match(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    const parent = open.at(-1);
    assert.ok(token && parent, `not XML: ${text.slice(at, at + 60)}`);
    if (!token || !parent) break;
    const [, closed, opened, attributes = '', isEmpty, content] = token;
    if (closed !== undefined) assert.is(open.pop()?.name, closed);
    if (content !== undefined) parent.text += plain(content);
    if (opened === undefined) continue;
    const element: XmlElement = { name: opened, attributes: attributesOf(attributes), children: [], text: '' };
    parent.children.push(element);
    if (isEmpty === '') open.push(element);
  }
  assert.is(open.length, 1, 'an element is not closed');
  assert.is(top.children.length, 1, 'one element holds all');
  return top.children[0] ?? top;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, plain(value)]),
  );
}

function plain(text: string): string {
  assert.not.match(text, /&(?!amp;|lt;|gt;|quot;|#10;)/);
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#10;', '\n')
    .replaceAll('&amp;', '&');
}
