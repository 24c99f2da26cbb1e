import { COST_PAGES } from './cache-costs.js';
import { LIMIT_PAGES } from './cache-limits.js';
import { WHO_WINS_PAGES } from './cache-who-wins.js';
import type { RulePage } from './page.js';

export const CACHE_PAGES: Readonly<Record<string, RulePage>> = { ...WHO_WINS_PAGES, ...COST_PAGES, ...LIMIT_PAGES };
