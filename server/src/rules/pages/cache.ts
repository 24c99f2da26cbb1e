import type { RulePage } from './page.js';

export const CACHE_PAGES: Readonly<Record<string, RulePage>> = {};
