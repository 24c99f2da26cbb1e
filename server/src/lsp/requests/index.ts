/** The table of all that an editor can ask for: what is announced, what is answered, and the documentation derive from it. */
import type { Request } from '../answering.js';
import { codeActions } from './code-actions.js';
import { codeLens } from './code-lens.js';
import { compareReleases } from './compare-releases.js';
import { completion } from './completion.js';
import { diagnostics } from './diagnostics.js';
import { documentSymbols } from './document-symbols.js';
import { explain } from './explain.js';
import { folding } from './folding.js';
import { formatting } from './formatting.js';
import { highlights } from './highlights.js';
import { hover } from './hover.js';
import { inlayHints } from './inlay-hints.js';
import { links } from './links.js';
import { navigation } from './navigation.js';
import { releases } from './releases.js';
import { selectionRanges } from './selection-ranges.js';
import { semanticTokens } from './semantic-tokens.js';
import { signatureHelp } from './signature-help.js';
import { whatIf } from './what-if.js';
import { whoWins } from './who-wins.js';
import { workspaceSymbols } from './workspace-symbols.js';

export const REQUESTS: readonly Request[] = [
  hover,
  completion,
  signatureHelp,
  diagnostics,
  codeActions,
  inlayHints,
  codeLens,
  documentSymbols,
  workspaceSymbols,
  folding,
  formatting,
  selectionRanges,
  highlights,
  links,
  navigation,
  semanticTokens,
  explain,
  releases,
  whoWins,
  whatIf,
  compareReleases,
];
