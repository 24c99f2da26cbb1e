/** Pages of the rules on ceph.conf. */
import { LINE_PAGES } from './conf-lines.js';
import { NAME_PAGES } from './conf-names.js';
import { VALUE_PAGES } from './conf-values.js';
import type { RulePage } from './page.js';

export const CONF_PAGES: Readonly<Record<string, RulePage>> = { ...LINE_PAGES, ...NAME_PAGES, ...VALUE_PAGES };
