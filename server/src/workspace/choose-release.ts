/** Choosing another release where a text, not a setting, says which one is in force. */

import type { DocumentAnalysis, PlacedEdit } from '../features/analysis-model.js';
import type { ReleasesInForce } from '../features/releases.js';
import { type DirectiveKey, directivesIn, directiveValue } from '../syntax/directives.js';
import { joinAddress, parentAddress } from './address.js';
import type { FileText } from './file-access.js';
import { parseRcFile, RC_FILE_NAME } from './rc-file.js';

export type ReleaseMember = Extract<DirectiveKey, 'qemu' | 'librbd'>;

/** The series in force, as they stand in the lists to choose from; null where the newest known one is assumed. */
export function chosenSeries({ pair, sources }: ReleasesInForce): Readonly<Record<ReleaseMember, string | null>> {
  return {
    qemu: sources.qemu === 'assumed' ? null : pair.qemu.series,
    librbd: sources.librbd === 'assumed' ? null : pair.librbd.series,
  };
}

/** Reads a text of the workspace. */
type ReadText = (address: string) => FileText;

/**
 * The edit that puts `version` in force for a document; with null, the edit that takes the statement away.
 * Null where neither the document's comment nor a `.rbdcacherc` decides: a setting does then.
 */
export function releaseEdit(
  { address, text, releases }: DocumentAnalysis,
  member: ReleaseMember,
  version: string | null,
  read: ReadText,
): PlacedEdit | null {
  switch (releases.sources[member]) {
    case 'comment':
      return editInComment(address, text, member, version);
    case 'rc-file':
      return editInRcFile(address, member, version, read);
    default:
      return null;
  }
}

function editInComment(address: string, text: string, member: ReleaseMember, version: string | null) {
  const value = directiveValue(directivesIn(text), member);
  if (value === undefined) return null;
  if (version !== null) return { address, span: value.span, newText: version };
  const quoted = /["']/.test(text.charAt(value.span.end)) ? 1 : 0;
  const blank = text.charAt(value.span.end + quoted) === ' ' ? 1 : 0;
  const start = value.span.start - quoted - member.length - 1;
  return { address, span: { start, end: value.span.end + quoted + blank }, newText: '' };
}

/** The nearest file that speaks of the member decides. */
function editInRcFile(address: string, member: ReleaseMember, version: string | null, read: ReadText) {
  for (let folder = parentAddress(address); folder !== null; folder = parentAddress(folder)) {
    const rcFile = joinAddress(folder, RC_FILE_NAME);
    const content = read(rcFile);
    if (content.status !== 'file' || parseRcFile(content.text).config.releases[member] === undefined) continue;
    const line = lineOf(content.text, member);
    if (line === undefined) return null;
    return version === null
      ? { address: rcFile, span: { start: line.start, end: line.next }, newText: '' }
      : { address: rcFile, span: { start: line.start, end: line.end }, newText: `${member} = ${version}` };
  }
  return null;
}

/** The last line that sets the member in `[releases]`: the one that counts. */
function lineOf(text: string, member: ReleaseMember) {
  let section = '';
  let found: { start: number; end: number; next: number } | undefined;
  for (const line of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    const [whole, content = ''] = line;
    section = /^\[([^\]]*)\]\s*$/.exec(content)?.[1]?.trim() ?? section;
    if (section === 'releases' && content.split('=')[0]?.trim() === member) {
      found = { start: line.index, end: line.index + content.length, next: line.index + whole.length };
    }
  }
  return found;
}
