/**
 * Documents are named by addresses: normalised URIs as text (`file:///srv/etc/ceph/ceph.conf`). Paths of the machine that
 * QEMU runs on are absolute POSIX paths and are never addresses.
 */
import { posix } from 'node:path';
import { URI } from 'vscode-uri';

/** One spelling for an address, however a client encodes it. Text that is no URI is returned as it is. */
export function normaliseAddress(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch (error) {
    if (error instanceof Error) return uri;
    throw error;
  }
}

/** The address of a path of this machine. */
export function addressOfPath(path: string): string {
  return URI.file(wellFormed(path)).toString();
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Half of a character has no place in a URI; no file is called so. */
function wellFormed(path: string): string {
  return path.replace(LONE_SURROGATE, '\uFFFD');
}

/** The path of this machine that an address names; null where it names something else (an unsaved document). */
export function pathOfAddress(address: string): string | null {
  if (!address.startsWith('file:')) return null;
  try {
    return URI.parse(address, true).fsPath;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The address of `relative` (POSIX, may start with `/` or hold `..`) under the folder `address`. */
export function joinAddress(address: string, relative: string): string {
  const folder = URI.parse(address);
  return folder.with({ path: posix.join(folder.path, wellFormed(relative)) }).toString();
}

/** The address that a setting names: an absolute path of this machine, or one relative to the folder `base`. */
export function addressNamed(written: string, base: string): string {
  const absolute = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(written);
  return absolute ? addressOfPath(written) : joinAddress(base, written.replaceAll('\\', '/'));
}

/** The folder that holds `address`; null at the root and for addresses without folders. */
export function parentAddress(address: string): string | null {
  const at = address.lastIndexOf('/');
  const root = rootLength(address);
  if (at < root) return null;
  if (at === root) return address.length > root + 1 ? address.slice(0, root + 1) : null;
  return address.slice(0, at);
}

/** The last part of an address, decoded. */
export function baseName(address: string): string {
  const encoded = address.slice(address.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return encoded;
    throw error;
  }
}

/** True where `address` is `folder` or lies in it. */
export function liesIn(folder: string, address: string): boolean {
  const bare = folder.endsWith('/') ? folder.slice(0, -1) : folder;
  return address === bare || address === folder || address.startsWith(`${bare}/`);
}

/** An absolute POSIX path without `.`, `..`, doubled and trailing slashes. */
export function normalisePosix(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** How an address is shown to people: under its workspace folder, else its path, else as it is. */
export function displayName(address: string, folders: readonly string[]): string {
  for (const folder of folders) {
    if (address !== folder && liesIn(folder, address)) {
      const bare = folder.endsWith('/') ? folder.slice(0, -1) : folder;
      return decoded(address.slice(bare.length + 1));
    }
  }
  return pathOfAddress(address) ?? decoded(address);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function rootLength(address: string): number {
  const scheme = address.indexOf('://');
  if (scheme < 0) return 0;
  const slash = address.indexOf('/', scheme + 3);
  return slash < 0 ? address.length : slash;
}
