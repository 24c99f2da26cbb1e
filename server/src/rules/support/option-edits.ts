/** Edits that set an option of Ceph's for a drive: in its `rbd:` name, or in the ceph.conf that it reads. */
import * as l10n from '@vscode/l10n';
import { parserEra } from '../../catalog/librados-rules.js';
import type { Candidate, DriveTrace, FileRead } from '../../simulate/model.js';
import type { ConfTree, KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { Fix, Location, TextEdit } from '../rule.js';
import { inCommand, lineOf, locationOf, nameOptionsOf } from './drive-words.js';
import { fix } from './finding.js';
import { isClientSection } from './sections.js';

export interface FileEdits {
  /** The file, as QEMU opened it. */
  readonly path: string;
  /** The key as this file spells its keys: `rbd cache` or `rbd_cache`. */
  readonly key: string;
  readonly edits: readonly TextEdit[];
}

/** Either way: in the drive string, which nobody else reads, and in the file. The first one there is may be preferred. */
export function optionFixes(
  trace: DriveTrace,
  option: string,
  value: string,
  how: { readonly preferred: boolean },
): Fix[] {
  const inName = setInName(trace, option, value);
  const inFile = setInFile(trace, option, value);
  const found: Fix[] = [];
  if (inName !== null) {
    found.push(fix(l10n.t('Set {0} in the drive string', `${option}=${value}`), inName, how));
  }
  if (inFile !== null) {
    const { key, path, edits } = inFile;
    const title = l10n.t('Set {0} in {1} (other programs read it too)', `${key} = ${value}`, path);
    found.push(fix(title, edits, { preferred: how.preferred && found.length === 0 }));
  }
  return found;
}

/** In the drive string: the value that counts, or another `:key=value` at its end. Null for a drive without such a name. */
export function setInName(trace: DriveTrace, option: string, value: string): readonly TextEdit[] | null {
  const { name } = trace.syntax;
  if (name === null || trace.error !== null) return null;
  const own = nameOptionsOf(trace, option).at(-1);
  if (own !== undefined) return [{ at: inCommand(own.valueSpan), newText: value }];
  const { end } = name.span;
  return [{ at: inCommand({ start: end, end }), newText: `:${option}=${value}` }];
}

/** In the file that the drive read last: the value in force there, or a line under `[client]`, else under `[global]`. */
export function setInFile(trace: DriveTrace, option: string, value: string): FileEdits | null {
  const read = trace.reads.findLast(({ taken, returned }) => taken !== null && returned === 0);
  if (read?.taken == null) return null;
  const { path, file } = read.taken;
  const tree = file.tree(parserEra(trace.releases.librbd));
  if (tree.rejected) return null;
  const room = roomFor(tree);
  const key = room.underscored ? option : option.replaceAll('_', ' ');
  const edit = (start: number, end: number, newText: string): FileEdits => ({
    path,
    key,
    edits: [{ at: { in: 'file', file: file.id, span: { start, end } }, newText }],
  });
  const { place } = inForceFrom(trace, option, read) ?? {};
  if (place?.kind === 'file') return edit(place.valueSpan.start, place.valueSpan.end, value);
  if (room.at === null) return null;
  return edit(room.at, room.at, `${room.indent}${key} = ${value}${room.lineEnd}`);
}

/** The line of that file which librados took for the option, beaten by others or not. */
function inForceFrom(trace: DriveTrace, option: string, { taken }: FileRead): Candidate | undefined {
  return trace.config
    ?.trace(option)
    ?.candidates.findLast(
      ({ place, superseded }) => place.kind === 'file' && place.path === taken?.path && superseded === undefined,
    );
}

/** Where a file takes a line for clients, and how its lines are written. */
interface Room {
  /** Null where there is no section for it. */
  readonly at: number | null;
  readonly indent: string;
  readonly lineEnd: string;
  /** Keys are spelled with underscores, not with blanks. */
  readonly underscored: boolean;
}

/** Looked for once in a file, however many drives read it. */
const roomFor = (() => {
  const known = new WeakMap<ConfTree, Room>();
  return (tree: ConfTree): Room => {
    const room = known.get(tree) ?? findRoom(tree);
    known.set(tree, room);
    return room;
  };
})();

function findRoom(tree: ConfTree): Room {
  const { text, nodes } = tree;
  const named = (name: string) => nodes.findIndex((node) => node.kind === 'section' && node.name === name);
  const client = named('client');
  const index = client < 0 ? named('global') : client;
  const line = text.slice(nodes[index]?.span.start ?? 0, nodes[index]?.span.end ?? 0);
  const next = nodes[index + 1];
  return {
    at: line.endsWith('\n') ? (nodes[index]?.span.end ?? null) : null,
    indent: next?.kind === 'key' ? (/^[ \t]*/.exec(text.slice(next.span.start, next.keySpan.start))?.[0] ?? '') : '',
    lineEnd: line.endsWith('\r\n') ? '\r\n' : '\n',
    underscored: isUnderscored(tree),
  };
}

/** As the keys about RBD are written, else all keys of clients; blanks where there are none. */
function isUnderscored({ text, nodes }: ConfTree): boolean {
  const keys = nodes.filter((node): node is KeyNode => node.kind === 'key' && isClientSection(node.section));
  const written = keys.map(({ keySpan }) => text.slice(keySpan.start, keySpan.end));
  const own = written.filter((key) => /^rbd[ _]/.test(key));
  const judged = own.length > 0 ? own : written;
  return judged.filter((key) => key.includes('_')).length > judged.filter((key) => key.includes(' ')).length;
}

/** A value in force that some text says and an edit can change. */
export interface Said {
  readonly winner: Candidate;
  /** Key to value. */
  readonly at: Location;
  readonly value: Location;
}

/** Null where the value is the release's, or is said where no edit reaches (the environment, the cluster, QEMU). */
export function said(trace: DriveTrace, option: string): Said | null {
  const winner = trace.config?.inForce(option);
  if (winner === undefined) return null;
  const { place } = winner;
  const at = locationOf(trace, place);
  if (at === null || (place.kind !== 'file' && place.kind !== 'argument')) return null;
  return { winner, at, value: { ...at, span: place.valueSpan } };
}

export interface Setting {
  /** As it is written then: `rbd cache policy = writeback`, `rbd_cache_policy=writeback`. */
  readonly says: string;
  readonly edit: TextEdit;
}

/** Sets an option where it is said; where it is the release's default, beside `anchor`, spelled as that is. */
export function setBeside(trace: DriveTrace, anchor: Said, option: string, value: string): Setting | null {
  const own = said(trace, option);
  if (own === null && trace.config?.inForce(option)?.place.kind !== 'release') return null;
  const { place } = (own ?? anchor).winner;
  if (place.kind === 'argument') {
    const { end } = place.valueSpan;
    const says = `${option}=${value}`;
    const edit = { at: inCommand({ start: end, end }), newText: `:${says}` };
    return { says, edit: own === null ? edit : { at: own.value, newText: value } };
  }
  if (place.kind !== 'file') return null;
  const text = trace.reads.find(({ taken }) => taken?.path === place.path)?.taken?.file.text ?? '';
  const hasBlanks = text.slice(place.keySpan.start, place.keySpan.end).includes(' ');
  const says = `${hasBlanks ? option.replaceAll('_', ' ') : option} = ${value}`;
  if (own !== null) return { says, edit: { at: own.value, newText: value } };
  const line = lineOf(trace, place);
  if (line === null) return null;
  const { end } = line.line.span;
  if (text[end - 1] !== '\n') return null;
  const newText = `${line.indent}${says}${line.lineEnd}`;
  return { says, edit: { at: { ...line.line, span: { start: end, end } }, newText } };
}
