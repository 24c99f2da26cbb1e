/** The pages of all rules, by the rule's id. */
import { CACHE_PAGES } from './cache.js';
import { CONF_PAGES } from './conf.js';
import { CONTROL_PAGES } from './control.js';
import { DRIVE_PAGES } from './drive.js';
import type { RulePage } from './page.js';

export const RULE_PAGES: Readonly<Record<string, RulePage>> = {
  ...CACHE_PAGES,
  ...CONF_PAGES,
  ...DRIVE_PAGES,
  ...CONTROL_PAGES,
};
