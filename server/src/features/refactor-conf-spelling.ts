/** The keys of a ceph.conf in one spelling: with blanks, or with underscores. librados takes them for the same. */
import * as l10n from '@vscode/l10n';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import type { ConfNode, ConfTree, KeyNode, ParserEra } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import { editText } from '../syntax/text-edits.js';
import type { ConfDocumentAnalysis, PlacedEdit } from '../workspace/analysis-model.js';
import type { CodeActionView } from './code-actions.js';

const ERAS: readonly ParserEra[] = ['A', 'B', 'C'];

/** Offered where the caret is on a key. What librados reads of the file is the same in every release, line by line. */
export function* confSpelling(analysis: ConfDocumentAnalysis, { start }: Span): Generator<CodeActionView> {
  const { tree } = analysis;
  const key = tree.nodes.find(
    (node) => node.kind === 'key' && node.keySpan.start <= start && start <= node.keySpan.end,
  );
  if (key === undefined) return;
  for (const spelling of SPELLINGS) {
    const edits = editsFor(analysis, spelling.joint);
    if (edits.length === 0 || !readsTheSame(analysis, edits)) continue;
    const title = spelling.title(edits.length);
    yield { title, kind: 'refactor.rewrite.rbdcache.spelling', preferred: false, edits, finding: null };
  }
}

const SPELLINGS = [
  {
    joint: '_',
    title: (count: number) => l10n.t('Write all keys of this file with underscores ({0} to change)', count),
  },
  { joint: ' ', title: (count: number) => l10n.t('Write all keys of this file with blanks ({0} to change)', count) },
] as const;

function editsFor({ address, text, tree }: ConfDocumentAnalysis, joint: '_' | ' '): readonly PlacedEdit[] {
  return tree.nodes.flatMap((node): PlacedEdit[] => {
    if (node.kind !== 'key' || !isPlainKey(node)) return [];
    const written = text.slice(node.keySpan.start, node.keySpan.end);
    const wanted = node.key.replaceAll('_', joint);
    return written === wanted ? [] : [{ address, span: node.keySpan, newText: wanted }];
  });
}

/** Words of small letters and digits: any other key means something that its spelling is a part of. */
function isPlainKey({ key }: KeyNode): boolean {
  return /^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(key);
}

function readsTheSame({ file, text }: ConfDocumentAnalysis, edits: readonly PlacedEdit[]): boolean {
  const edited = confFile(file.id, editText(text, edits), file);
  return ERAS.every((era) => {
    const [before, after] = [file.tree(era), edited.tree(era)];
    return (
      before.rejected === after.rejected &&
      before.problems.length === after.problems.length &&
      before.nodes.length === after.nodes.length &&
      before.nodes.every((node, at) => sameStatement(node, after.nodes[at]))
    );
  });
}

/** Of this era; a tree that is refused as a whole is compared like any other. */
function sameStatement(before: ConfTree['nodes'][number], after: ConfNode | undefined): boolean {
  if (before.kind !== after?.kind) return false;
  if (before.kind === 'section' && after.kind === 'section') return before.name === after.name;
  if (before.kind !== 'key' || after.kind !== 'key') return true;
  return (
    before.section === after.section &&
    before.key === after.key &&
    before.value === after.value &&
    before.lost === after.lost
  );
}
