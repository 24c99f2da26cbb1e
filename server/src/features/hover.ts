/** The hover: the answer first, then what stands under the caret. */
import type { ProcessEnvironment } from '../simulate/model.js';
import type { Span } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';
import { confHover } from './hover-conf.js';
import { driveHover } from './hover-drive.js';
import type { Linker } from './links.js';

export interface HoverView {
  readonly markdown: string;
  readonly span: Span;
}

export interface HoverContext {
  readonly linker: Linker;
  /** Environment of a drive that is made up to show what a file does. */
  readonly environment: ProcessEnvironment;
}

/** `full`: with every candidate of every option, for a page of its own. Null where nothing bears on a disk. */
export function hoverAt(
  analysis: DocumentAnalysis,
  offset: number,
  context: HoverContext,
  full = false,
): HoverView | null {
  if (analysis.kind === 'skipped') return null;
  return analysis.kind === 'command'
    ? driveHover(analysis, offset, context, full)
    : confHover(analysis, offset, context, full);
}
