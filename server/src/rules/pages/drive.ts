import { CLIENT_PAGES } from './drive-clients.js';
import { NAME_PAGES } from './drive-names.js';
import { OPTION_PAGES } from './drive-options.js';
import { VALUE_PAGES } from './drive-values.js';
import type { RulePage } from './page.js';

export const DRIVE_PAGES: Readonly<Record<string, RulePage>> = {
  ...NAME_PAGES,
  ...CLIENT_PAGES,
  ...OPTION_PAGES,
  ...VALUE_PAGES,
};
