/** Which folder stands for the root of the machine that QEMU runs on. */
import { addressOfPath, displayName, joinAddress, liesIn, parentAddress } from './address.js';
import type { Texts } from './texts.js';

export interface Root {
  readonly address: string;
  /** For people. */
  readonly shown: string;
  /** False where the user named it. */
  readonly guessed: boolean;
}

/** The folder that a setting names: absolute, or relative to `base`. */
export function configuredRoot(written: string, base: string): Root {
  const absolute = written.startsWith('/') || /^[A-Za-z]:[\\/]/.test(written);
  const address = absolute ? addressOfPath(written) : joinAddress(base, written.replaceAll('\\', '/'));
  return rootAt(address.endsWith('/') ? address.slice(0, -1) : address, false, []);
}

/** The nearest folder above the document that holds `etc/ceph/`, else a workspace folder that does. */
export function guessRoot(document: string, folders: readonly string[], texts: Texts): Root | null {
  const own = folders.filter((folder) => liesIn(folder, document)).sort((a, b) => a.length - b.length)[0];
  if (own !== undefined) {
    for (let at = parentAddress(document); at !== null && liesIn(own, at); at = parentAddress(at)) {
      if (holdsCeph(at, texts)) return rootAt(at, true, folders);
    }
  }
  const other = folders.find((folder) => holdsCeph(folder, texts));
  return other === undefined ? null : rootAt(other, true, folders);
}

function rootAt(address: string, guessed: boolean, folders: readonly string[]): Root {
  return { address, shown: displayName(address, folders), guessed };
}

function holdsCeph(folder: string, texts: Texts): boolean {
  return texts.kind(joinAddress(folder, 'etc/ceph')) === 'directory';
}
