// test/support/checks-and-bugs-page.ts — The generated parts of docs/checks-and-bugs.md, from the registries.

import { type Bug, EXPLANATIONS } from '../../simulator/vocabulary/bug.js';
import { BUGS } from '../../simulator/vocabulary/bugs.js';
import { CHECKS, type CheckName, type CheckText } from '../../simulator/vocabulary/checks.js';
import { FINDINGS } from '../../simulator/vocabulary/findings.js';

/** The part `checks`: a line a check, then a section for each. */
export function checksPart(): string {
  const all = Object.entries(CHECKS) as [CheckName, CheckText][];
  return [
    '| check | it proves | it fails when |',
    '|---|---|---|',
    ...all.map(([name, { proves, fails, neverFails }]) => {
      const when = neverFails ? `never; it is unknown when ${fails}` : fails;
      return `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${proves} | ${when} |`;
    }),
    '',
    'In run.json each finding has a code, for programs. Its message is for people.',
    '',
    ...all.flatMap(([name, check]) => checkLines(name, check)),
  ]
    .join('\n')
    .trimEnd();
}

function checkLines(name: CheckName, { needs, example }: CheckText): string[] {
  const codes = Object.entries(FINDINGS).filter(([, { check }]) => check === name);
  return [
    `### ${name}`,
    '',
    `- It needs to have seen: ${needs}.`,
    `- Example: "${example}"`,
    ...(codes.length > 0 ? ['- Codes:', ...codes.map(([code, { means }]) => `  - \`${code}\`: ${means}`)] : []),
    '',
  ];
}

/** The part `bugs`: how a bug is recognized, and a section for each. */
export function bugsPart(): string {
  const explanations = Object.entries(EXPLANATIONS).map(([name, text]) => `- *${name}*: ${text}`);
  return [
    'A finding has the name of a bug only if that bug leaves behind what was found. Where several do, all are named.',
    'How a bug is recognized:',
    '',
    ...explanations,
    '',
    ...Object.entries(BUGS).flatMap(([name, bug]) => bugLines(name, bug)),
  ]
    .join('\n')
    .trimEnd();
}

function bugLines(name: string, { does, shows, foundBy, shownBy, heal }: Bug): string[] {
  const settings = (shownBy.set ?? []).map((one) => ` --set ${one}`).join('');
  return [
    `### ${name}`,
    '',
    does,
    '',
    `- How it shows: ${shows}`,
    `- Recognized by: ${foundBy.join(', ')}`,
    `- Try it: \`./sim run scenarios/${shownBy.scenario}.json${settings} --sut FILE\``,
    `- How to heal it: ${heal}`,
    '',
  ];
}
