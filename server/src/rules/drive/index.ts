import type { Rule } from '../rule.js';

/** Drive strings as this QEMU reads them. */
export const DRIVE_RULES: readonly Rule[] = [];
