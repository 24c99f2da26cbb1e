/** What can be written at the caret. */
import { fileFlag } from '../catalog/qemu-flags.js';
import type { Span } from '../syntax/span.js';
import type { CommandDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { type CommandPlace, commandPlace } from './completion/command-place.js';
import { confCompletions } from './completion/conf-completions.js';
import { type CompletionContext, NO_CONTEXT } from './completion/context.js';
import { directiveCompletions } from './completion/directive-completions.js';
import { type DriveInput, driveCompletions, fileName } from './completion/drive-completions.js';
import { flagCompletions } from './completion/flag-completions.js';
import { blockdevCompletions, deviceCompletions, objectCompletions } from './completion/node-completions.js';
import { seenNames } from './completion/seen.js';
import { type CompletionList, NO_COMPLETIONS } from './completion/view.js';

export type { CompletionContext } from './completion/context.js';
export type { CompletionList, CompletionView, Topic } from './completion/view.js';

export function completionsAt(
  analysis: DocumentAnalysis,
  offset: number,
  context: CompletionContext = NO_CONTEXT,
): CompletionList {
  if (analysis.kind === 'skipped') return NO_COMPLETIONS;
  const list =
    analysis.kind === 'conf'
      ? confCompletions(analysis, offset, context)
      : commandCompletions(analysis, offset, context);
  return list.items.length === 0 ? NO_COMPLETIONS : onOneLine(list, analysis.text);
}

function commandCompletions(
  analysis: CommandDocumentAnalysis,
  offset: number,
  context: CompletionContext,
): CompletionList {
  const { text } = analysis;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const said = before.includes('rbdcache') ? directiveCompletions(before, offset) : null;
  if (said !== null) return said;
  const place = commandPlace(analysis, offset);
  if (place === null) return NO_COMPLETIONS;
  const inside = input(analysis, offset, context, place);
  switch (place.flag) {
    case null:
      if (place.word.text.startsWith('rbd:')) return fileName(inside, place.word) ?? NO_COMPLETIONS;
      return flagCompletions(place, inside.releases, context.trigger, text.slice(offset, offset + 1));
    case 'drive':
      return driveCompletions(inside);
    case 'blockdev':
      return blockdevCompletions(inside);
    case 'device':
      return deviceCompletions(inside);
    case 'object':
      return objectCompletions(inside);
    default:
      return fileFlag(place.flag) !== undefined ? (fileName(inside, place.word) ?? NO_COMPLETIONS) : NO_COMPLETIONS;
  }
}

function input(
  analysis: CommandDocumentAnalysis,
  offset: number,
  context: CompletionContext,
  place: CommandPlace,
): DriveInput {
  return {
    place,
    releases: analysis.releases.pair,
    confPaths: () => context.confPaths(),
    seen: () => seenNames(() => context.drives(), { address: analysis.address, offset }),
  };
}

/** Editors replace within the line of the caret only; where more would be needed, nothing is offered. */
function onOneLine(list: CompletionList, text: string): CompletionList {
  const { insert, replace } = list;
  if (text.slice(insert.start, insert.end).includes('\n')) return NO_COMPLETIONS;
  const lineEnd = text.indexOf('\n', insert.end);
  const end = lineEnd < 0 || replace.end <= lineEnd ? replace.end : insert.end;
  const cut: Span = { start: replace.start, end };
  return { ...list, replace: cut };
}
