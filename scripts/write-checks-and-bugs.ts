// scripts/write-checks-and-bugs.ts — Writes docs/checks-and-bugs.md from the registries.
import { writeFileSync } from 'node:fs';
import { checksAndBugsPage } from '../test/support/checks-and-bugs-page.js';

writeFileSync('docs/checks-and-bugs.md', checksAndBugsPage());
