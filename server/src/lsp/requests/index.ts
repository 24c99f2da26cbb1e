/** The table of all that an editor can ask for: what is announced, what is answered, and the documentation derive from it. */
import type { Request } from '../answering.js';
import { codeActions } from './code-actions.js';
import { completion } from './completion.js';
import { definition } from './definition.js';
import { diagnostics } from './diagnostics.js';
import { documentSymbols } from './document-symbols.js';
import { explain } from './explain.js';
import { folding } from './folding.js';
import { hover } from './hover.js';
import { inlayHints } from './inlay-hints.js';
import { links } from './links.js';
import { releases } from './releases.js';
import { semanticTokens } from './semantic-tokens.js';

export const REQUESTS: readonly Request[] = [
  hover,
  completion,
  diagnostics,
  codeActions,
  inlayHints,
  documentSymbols,
  folding,
  links,
  definition,
  semanticTokens,
  explain,
  releases,
];
