import type { CommentRule } from '../rule.js';
import { unusedDisable } from './unused-disable.js';

export const CONTROL_RULES: readonly CommentRule[] = [unusedDisable];
