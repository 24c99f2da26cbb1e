/** The keys of a ceph.conf in one spelling: with blanks, or with underscores. librados takes them for the same. */
import * as l10n from '@vscode/l10n';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import { normalizeKeyName } from '../syntax/ceph-conf/key-name.js';
import type { ConfNode, ConfTree, KeyNode, ParserEra } from '../syntax/ceph-conf/tree.js';
import type { Span } from '../syntax/span.js';
import { editText } from '../syntax/text-edits.js';
import type { ConfDocumentAnalysis, PlacedEdit } from './analysis-model.js';
import type { CodeActionView } from './code-actions.js';

const ERAS: readonly ParserEra[] = ['A', 'B', 'C'];

/** Offered where the caret is on a key. Each line says the same to every release, and the file as a whole to the one in force. */
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
    if (!ERAS.every((era) => normalizeKeyName(written, era) === node.key)) return [];
    const wanted = node.key.replaceAll('_', joint);
    return written === wanted ? [] : [{ address, span: node.keySpan, newText: wanted }];
  });
}

/** Words of small letters and digits, by which every release knows the option, however they are joined. */
function isPlainKey({ key }: KeyNode): boolean {
  return (
    /^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(key) &&
    ERAS.every((era) => normalizeKeyName(key.replaceAll('_', ' '), era) === normalizeKeyName(key, era))
  );
}

function readsTheSame({ file, text, tree }: ConfDocumentAnalysis, edits: readonly PlacedEdit[]): boolean {
  const after = confFile(file.id, editText(text, edits), file).tree(tree.era);
  return (
    tree.rejected === after.rejected &&
    tree.problems.length === after.problems.length &&
    tree.nodes.length === after.nodes.length &&
    tree.nodes.every((node, at) => sameStatement(node, after.nodes[at]))
  );
}

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
