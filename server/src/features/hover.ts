/** The hover: the answer first, then what stands under the caret. */
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis } from './analysis-model.js';
import type { ModeSurroundings } from './answer-modes.js';
import { confHover } from './hover-conf.js';
import { driveHover } from './hover-drive.js';
import type { Linker } from './links.js';
import { redact } from './redact.js';

export interface HoverView {
  readonly markdown: string;
  readonly span: Span;
}

/** With what surrounds a drive that is made up to show what a file does. */
export interface HoverContext extends ModeSurroundings {
  readonly linker: Linker;
}

/** `full`: with every candidate of every option, for a page of its own. Null where nothing bears on a disk. */
export function hoverAt(
  analysis: DocumentAnalysis,
  offset: number,
  context: HoverContext,
  full = false,
): HoverView | null {
  if (analysis.kind === 'skipped') return null;
  const view =
    analysis.kind === 'command'
      ? driveHover(analysis, offset, context, full)
      : confHover(analysis, offset, context, full);
  // A key may have been pasted where a name belongs.
  return view && { ...view, markdown: redact(view.markdown) };
}
