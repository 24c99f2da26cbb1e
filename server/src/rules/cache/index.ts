import type { Rule } from '../rule.js';

/** Who wins, and what it costs. */
export const CACHE_RULES: readonly Rule[] = [];
