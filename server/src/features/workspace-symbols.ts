/** What can be searched for in all of a workspace: drives by image and id, sections of each ceph.conf. */
import { parserEra } from '../catalog/librados-rules.js';
import type { ConfTree } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import type { PlacedDrive } from './analysis-model.js';
import { sectionsOf } from './conf-sections.js';
import { outcomeInShort } from './outcome-words.js';
import { redact } from './redact.js';

export interface WorkspaceSymbolView {
  readonly name: string;
  readonly kind: 'drive' | 'section';
  /** A drive's outcome; empty for a section. */
  readonly detail: string;
  readonly address: string;
  readonly span: Span;
}

/** A ceph.conf in view. */
export interface ConfInView {
  readonly address: string;
  readonly tree: ConfTree;
}

/** More is not looked through by anybody: the search narrows as one types. */
export const MAX_WORKSPACE_SYMBOLS = 500;

/** `confs`: open ones; those that drives read are looked through as well. */
export function workspaceSymbols(
  query: string,
  drives: readonly PlacedDrive[],
  confs: readonly ConfInView[],
): readonly WorkspaceSymbolView[] {
  const wanted = matcher(query);
  const found: WorkspaceSymbolView[] = [];
  for (const drive of drives) {
    if (found.length >= MAX_WORKSPACE_SYMBOLS) return found;
    if (!wanted(drive.label)) continue;
    const detail = redact(outcomeInShort(drive));
    found.push({ name: redact(drive.label), kind: 'drive', detail, address: drive.address, span: drive.span });
  }
  for (const { address, tree } of allConfs(drives, confs)) {
    for (const { header } of sectionsOf(tree)) {
      if (found.length >= MAX_WORKSPACE_SYMBOLS) return found;
      const name = redact(`[${header.name}]`);
      if (wanted(name)) found.push({ name, kind: 'section', detail: '', address, span: header.nameSpan });
    }
  }
  return found;
}

function allConfs(drives: readonly PlacedDrive[], confs: readonly ConfInView[]): readonly ConfInView[] {
  const all = new Map(confs.map((conf) => [conf.address, conf]));
  for (const { trace } of drives) {
    for (const { taken } of trace.reads) {
      if (taken === null || all.has(taken.file.id)) continue;
      all.set(taken.file.id, { address: taken.file.id, tree: taken.file.tree(parserEra(trace.releases.librbd)) });
    }
  }
  return [...all.values()];
}

/** The characters of the query in their order, whatever stands between them and in whatever case. */
function matcher(query: string): (name: string) => boolean {
  const wanted = [...query.toLowerCase().replace(/\s+/g, '')];
  return (name) => {
    let at = 0;
    for (const character of name.toLowerCase()) if (character === wanted[at]) at += 1;
    return at >= wanted.length;
  };
}
