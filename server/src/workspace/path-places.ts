/** Where a path of the machine that QEMU runs on can be opened. */

import type { Root } from '../features/analysis-model.js';
import { addressOfPath, liesIn, normalisePosix, parentAddress } from './address.js';
import { inRoot } from './root.js';
import type { Texts } from './texts.js';

export interface PathPlace {
  readonly address: string;
  /** False where nobody can tell, or it is still to be made. */
  readonly exists: boolean;
}

export interface PathView {
  readonly root: Root | null;
  readonly folders: readonly string[];
  readonly readHostFiles: boolean;
}

/** A document in `etc/ceph` lies on a machine whose root is the folder above; another one is looked up from where it is. */
export function besideMachine(address: string): string {
  return address.replace(/\/etc\/ceph(?=\/[^/]+$)/, '');
}

/**
 * A file that is there, or a name in a folder that is: in what stands for the machine, in the workspace, or, where that is
 * allowed, on this machine. Null for anything else. Nothing is read: a keyring's place is given, its content is not.
 */
export function placeOfPath(path: string, { root, folders, readHostFiles }: PathView, texts: Texts): PathPlace | null {
  const clean = normalisePosix(path);
  const inside = root === null ? null : inRoot(root, clean);
  const host = addressOfPath(clean);
  const allowed = readHostFiles || folders.some((folder) => liesIn(folder, host)) || texts.open(host) !== undefined;
  const places = [...(inside === null ? [] : [inside]), ...(allowed ? [host] : [])];
  const kinds = places.map((address) => ({ address, kind: texts.kind(address) }));
  const there = kinds.find(({ kind }) => kind === 'file');
  if (there !== undefined) return { address: there.address, exists: true };
  const makeable = kinds.find(({ address, kind }) => {
    const folder = parentAddress(address);
    return (kind === 'missing' || kind === 'refused') && folder !== null && texts.kind(folder) === 'directory';
  });
  return makeable === undefined ? null : { address: makeable.address, exists: false };
}
