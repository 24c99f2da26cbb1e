/** Which folder stands for the machine that QEMU runs on: for its root, or for its `/etc/ceph`. */
import type { Root } from '../features/analysis-model.js';
import { addressNamed, displayName, joinAddress, liesIn, parentAddress } from './address.js';
import type { Texts } from './texts.js';

/** Where a path of the machine lies in the workspace; null where the folder does not stand for that part of it. */
export function inRoot(root: Root, path: string): string | null {
  if (root.standsFor === '/') return joinAddress(root.address, path);
  const folder = `${root.standsFor}/`;
  return path.startsWith(folder) ? joinAddress(root.address, path.slice(folder.length)) : null;
}

/** The folder that a setting names: absolute, or relative to `base`. */
export function configuredRoot(written: string, base: string): Root {
  const address = addressNamed(written, base);
  return rootAt(address.endsWith('/') ? address.slice(0, -1) : address, '/', false, []);
}

/** The nearest folder above the document that holds `etc/ceph/` or a ceph.conf, else a workspace folder that does. */
export function guessRoot(document: string, folders: readonly string[], texts: Texts): Root | null {
  const own = folders.filter((folder) => liesIn(folder, document)).sort((a, b) => a.length - b.length)[0];
  if (own !== undefined) {
    for (let at = parentAddress(document); at !== null && liesIn(own, at); at = parentAddress(at)) {
      const root = rootIn(at, folders, texts);
      if (root !== null) return root;
    }
  }
  // Outside of every workspace folder only open documents are in view.
  const beside = own === undefined ? parentAddress(document) : null;
  if (beside !== null && texts.open(joinAddress(beside, 'ceph.conf')) !== undefined) {
    return rootAt(beside, '/etc/ceph', true, folders);
  }
  for (const folder of folders) {
    const root = rootIn(folder, folders, texts);
    if (root !== null) return root;
  }
  return null;
}

function rootIn(folder: string, folders: readonly string[], texts: Texts): Root | null {
  if (texts.kind(joinAddress(folder, 'etc/ceph')) === 'directory') return rootAt(folder, '/', true, folders);
  if (texts.kind(joinAddress(folder, 'ceph.conf')) === 'file') return rootAt(folder, '/etc/ceph', true, folders);
  return null;
}

function rootAt(address: string, standsFor: Root['standsFor'], guessed: boolean, folders: readonly string[]): Root {
  return { address, shown: displayName(address, folders), guessed, standsFor };
}
