/** Puts a new text in a file's place in one go: whoever reads meanwhile sees the old text or the new one. */
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { encodeText } from '../syntax/ceph-conf/decode.js';

/**
 * `path` is where the file really lies, no link. Mode and owner stay. Null, or why it was not done: the file holds another
 * text than `before`, or has more names that would go on showing the old one. Errors of the system are thrown.
 */
export function replaceText(path: string, before: string, after: string): string | null {
  const stats = lstatSync(path);
  if (!stats.isFile()) return 'it is no regular file';
  if (stats.nlink > 1) return `it has ${stats.nlink} hard links`;
  if (!readFileSync(path).equals(Buffer.from(encodeText(before)))) return 'it was changed meanwhile';
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.rbdcache`);
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    try {
      writeAll(descriptor, encodeText(after));
      if (stats.uid !== process.getuid?.() || stats.gid !== process.getgid?.()) {
        fchownSync(descriptor, stats.uid, stats.gid);
      }
      fchmodSync(descriptor, stats.mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return null;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
