/** All places of a name, in the files that are tied to where it was asked for. */
import type { ConfTree } from '../../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../../syntax/span.js';
import type { PlacedDrive } from '../analysis-model.js';
import { confWords, optionWordsOf, userWords, type Word } from './drive-names.js';
import { clientOf, type Named, type Neighbourhood, type Occurrence, optionOf } from './named.js';

/** Editors stand still over more. */
const MAX_OCCURRENCES = 5_000;

/** The name's own place first where nothing else is known of it; else in the order of the files. */
export function occurrencesOf(named: Named, around: Neighbourhood): readonly Occurrence[] {
  return [...found(named, around)].slice(0, MAX_OCCURRENCES);
}

function found(named: Named, around: Neighbourhood): Iterable<Occurrence> {
  switch (named.kind) {
    case 'part':
      return named.places;
    case 'client':
      return clientPlaces(named, around);
    case 'file':
      return filePlaces(named, around);
    case 'option':
      return optionPlaces(named, around);
  }
}

function* clientPlaces({ name, here }: Named, around: Neighbourhood): Generator<Occurrence> {
  const users = around.drives.filter((drive) => userOf(drive) === name);
  const { drives, confs } = tied(here.address, users);
  for (const drive of drives) {
    for (const word of userWords(drive.trace)) if (word.value === name) yield inDrive(drive, word.valueSpan, false);
  }
  for (const address of confs) {
    const tree = around.tree(address);
    if (tree === null) continue;
    for (const node of tree.nodes) {
      const id = node.kind === 'section' ? clientOf(tree, node.nameSpan) : null;
      if (id?.name === name) yield inConf(address, tree, id.span);
    }
  }
}

/** The file that the word leads to, then all words that lead there. */
function* filePlaces({ name }: Named, { drives }: Neighbourhood): Generator<Occurrence> {
  for (const drive of drives) {
    for (const word of confWords(drive.trace)) if (word.value === name) yield inDrive(drive, word.valueSpan, false);
  }
}

function* optionPlaces({ name, here }: Named, around: Neighbourhood): Generator<Occurrence> {
  const { drives, confs } = tied(here.address, around.drives);
  for (const address of confs) {
    const tree = around.tree(address);
    if (tree === null) continue;
    for (const node of tree.nodes) {
      if (node.kind === 'key' && optionOf(node) === name) yield inConf(address, tree, node.keySpan);
    }
  }
  for (const drive of drives) {
    for (const word of optionWordsOf(drive.trace)) if (word.key === name) yield inDrive(drive, word.keySpan, true);
  }
}

/** True where a drive connects as this client, or a section is its own, in what hangs together with a name's place. */
export function isClient(id: string, { here }: Named, around: Neighbourhood): boolean {
  const { drives, confs } = tied(here.address, around.drives);
  const hasSection = (address: string): boolean =>
    around.tree(address)?.nodes.some((node) => node.kind === 'section' && node.name === `client.${id}`) === true;
  return [...drives].some((drive) => userOf(drive) === id) || [...confs].some(hasSection);
}

/** The drives and files that hang together with a document, over any number of steps. */
function tied(address: string, all: readonly PlacedDrive[]) {
  const confs = new Set<string>();
  const documents = new Set<string>([address]);
  const drives = new Set<PlacedDrive>();
  for (let size = -1; size !== drives.size; ) {
    size = drives.size;
    for (const drive of all) {
      const read = drive.trace.reads.flatMap(({ taken }) => (taken === null ? [] : [taken.file.id]));
      if (!documents.has(drive.address) && !read.some((file) => documents.has(file) || confs.has(file))) continue;
      drives.add(drive);
      documents.add(drive.address);
      for (const file of read) confs.add(file);
    }
  }
  if (![...drives].some((drive) => drive.address === address)) confs.add(address);
  return { drives, confs };
}

export function userOf({ trace }: Pick<PlacedDrive, 'trace'>): string | null {
  return trace.unknown.some(({ matters }) => matters === 'user') ? null : (trace.image.user ?? 'admin');
}

function inDrive({ address, base, text }: PlacedDrive, span: Word['span'], defines: boolean): Occurrence {
  return { address, span: shift(span, base), defines, written: text.slice(span.start, span.end) };
}

function inConf(address: string, { text }: ConfTree, span: Span): Occurrence {
  return { address, span, defines: true, written: text.slice(span.start, span.end) };
}
