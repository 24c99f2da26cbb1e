import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { decodeBytes } from '../syntax/ceph-conf/decode.js';
import { pathOfAddress } from './address.js';
import { type DirectoryEntry, type FileAccess, type FileKind, type FileText, isKeyring } from './file-access.js';
import { RC_FILE_NAME } from './rc-file.js';

/** What may be read on this machine, asked anew for each look. */
export interface AllowList {
  /** Paths of folders. */
  folders(): readonly string[];
  /** True where the user allowed files outside of the folders. */
  hostFiles(): boolean;
}

/**
 * Files of this machine: regular files in the allowed folders only, followed to where they really lie, so that a link
 * leads nowhere else; `.rbdcacherc` in any folder above a document. Opened without blocking, so that a FIFO cannot hold the caller.
 */
export class NodeFileAccess implements FileAccess {
  constructor(private readonly allowed: AllowList) {}

  read(address: string, cap: number): FileText {
    const found = this.locate(address);
    if (typeof found !== 'string') return found;
    let descriptor: number | null = null;
    try {
      descriptor = openSync(found, constants.O_RDONLY | constants.O_NONBLOCK);
      const stats = fstatSync(descriptor);
      if (stats.isDirectory()) return { status: 'directory' };
      if (!stats.isFile()) return { status: 'unreadable', reason: l10n.t('not a regular file') };
      if (stats.size > cap)
        return { status: 'unreadable', reason: l10n.t('larger than {0} bytes ({1})', cap, stats.size) };
      return { status: 'file', text: decodeBytes(readAll(descriptor, stats.size, cap)) };
    } catch (error) {
      return failure(error);
    } finally {
      if (descriptor !== null) closeSync(descriptor);
    }
  }

  kind(address: string): FileKind {
    const stats = this.stats(address);
    if (typeof stats === 'string') return stats;
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'directory' : 'other';
  }

  stamp(address: string): string | null {
    const stats = this.stats(address);
    return typeof stats === 'string' ? null : `${stats.mtimeMs}:${stats.size}:${stats.ino}`;
  }

  list(address: string): readonly DirectoryEntry[] {
    const found = this.locate(address);
    if (typeof found !== 'string') return [];
    try {
      return readdirSync(found, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
    } catch (error) {
      if (isSystemError(error)) return [];
      throw error;
    }
  }

  private stats(address: string): Stats | 'missing' | 'refused' {
    const found = this.locate(address);
    if (typeof found !== 'string') return found.status === 'missing' ? 'missing' : 'refused';
    try {
      return statSync(found);
    } catch (error) {
      if (isSystemError(error)) return 'missing';
      throw error;
    }
  }

  /** The real path of what an address names, if it may be read. */
  private locate(address: string): string | Exclude<FileText, { status: 'file' }> {
    const path = pathOfAddress(address);
    if (path === null || path.includes('\0')) return { status: 'missing' };
    if (isKeyring(basename(path))) return { status: 'refused', reason: l10n.t('keyrings are never read') };
    try {
      const real = realpathSync(path);
      if (isKeyring(basename(real))) return { status: 'refused', reason: l10n.t('keyrings are never read') };
      if (basename(path) === RC_FILE_NAME && basename(real) === RC_FILE_NAME) return real;
      if (this.allowed.hostFiles() || this.allowed.folders().some((folder) => holds(folder, real))) return real;
    } catch (error) {
      return failure(error);
    }
    return { status: 'refused', reason: l10n.t('outside of the workspace, and {0} is off', 'rbdcache.readHostFiles') };
  }
}

function holds(folder: string, real: string): boolean {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function readAll(descriptor: number, size: number, cap: number): Buffer {
  const buffer = Buffer.allocUnsafe(Math.min(size === 0 ? cap : size, cap));
  let at = 0;
  while (at < buffer.length) {
    const count = readSync(descriptor, buffer, at, buffer.length - at, null);
    if (count === 0) break;
    at += count;
  }
  return buffer.subarray(0, at);
}

function kindOf(entry: Dirent): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function failure(error: unknown): Exclude<FileText, { status: 'file' }> {
  if (!isSystemError(error)) throw error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return { status: 'missing' };
  return { status: 'unreadable', reason: error.code };
}
