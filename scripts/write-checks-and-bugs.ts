// scripts/write-checks-and-bugs.ts — Writes the generated parts of docs/checks-and-bugs.md from the registries.
import { bugsPart, checksPart } from '../test/support/checks-and-bugs-page.js';
import { writePart } from '../test/support/generated-parts.js';

writePart('docs/checks-and-bugs.md', 'checks', checksPart());
writePart('docs/checks-and-bugs.md', 'bugs', bugsPart());
