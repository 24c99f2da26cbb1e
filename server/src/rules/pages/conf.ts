import type { RulePage } from './page.js';

export const CONF_PAGES: Readonly<Record<string, RulePage>> = {};
