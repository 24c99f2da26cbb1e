/** Paths of this machine: which lies in which folder, and how they are shown. */
import { realpathSync } from 'node:fs';
import { basename, relative, resolve, sep } from 'node:path';
import { pathOfAddress } from '../workspace/address.js';
import { isKeyring } from '../workspace/file-access.js';
import { systemMessage } from './input-files.js';

/** True where a path lies in a folder, or is it. */
export function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path as people write it: relative to where they are, where that is shorter. */
export function displayPath(pathOrAddress: string, cwd: string): string {
  const path = pathOfAddress(pathOrAddress) ?? pathOrAddress;
  const shorter = relative(cwd, resolve(cwd, path));
  return shorter !== '' && shorter !== '..' && !shorter.startsWith(`..${sep}`) ? shorter : path;
}

/** Where a path leads to, links followed; null where nothing is. */
export function tryRealPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    systemMessage(error);
    return null;
  }
}

/** True where a file, or what a link leads to, is called like a keyring. */
export function leadsToKeyring(path: string): boolean {
  return [path, tryRealPath(path) ?? path].some((one) => isKeyring(basename(one)));
}
