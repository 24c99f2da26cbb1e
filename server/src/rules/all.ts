/** The table of all rules: settings, documentation, suppression and tests derive from it. */
import { CACHE_RULES } from './cache/index.js';
import { CONF_RULES } from './conf/index.js';
import { CONTROL_RULES } from './control/index.js';
import { DRIVE_RULES } from './drive/index.js';
import type { Rule } from './rule.js';

export const ALL_RULES: readonly Rule[] = [...CACHE_RULES, ...CONF_RULES, ...DRIVE_RULES, ...CONTROL_RULES];
