import type { RulePage } from './page.js';

export const DRIVE_PAGES: Readonly<Record<string, RulePage>> = {};
