/** A path of a ceph.conf, as the kernel finds it or not. */
import { ENAMETOOLONG, ENOTDIR } from '../../catalog/librados-rules.js';
import { confFile } from '../../syntax/ceph-conf/conf-file.js';
import type { FileLookup, LibradosContext } from '../model.js';
import { absolutePath } from './search.js';

type Files = LibradosContext['files'];

/** Linux's limits of a path and of a name in it. */
const PATH_BYTES = 4095;
const NAME_BYTES = 255;

const NULL_DEVICE = '/dev/null';
const EMPTY_FILE = confFile(NULL_DEVICE, '');

/** `cwd`: what the path is relative to. */
export function lookUpPath(files: Files, cwd: string, path: string): FileLookup {
  const absolute = absolutePath(cwd, path);
  const found = files.lookUp(absolute);
  // An odd spelling may go through a file, as the slash behind one does.
  const odd = found.status === 'file' && /\/(?:\.|$)/.test(path);
  if (odd && whyNoFile(files, cwd, path) !== null) return { status: 'missing' };
  // Every machine has it, whatever else is known of its files.
  return found.status !== 'file' && absolute === NULL_DEVICE ? { status: 'file', file: EMPTY_FILE } : found;
}

/** The errno of a path that no file can have; null where a file may be there. */
export function whyNoFile(files: Files, cwd: string, path: string): number | null {
  if (Buffer.byteLength(path) > PATH_BYTES || path.split('/').some((name) => Buffer.byteLength(name) > NAME_BYTES))
    return ENAMETOOLONG;
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const above = absolutePath(cwd, path.slice(0, slash));
    if (files.lookUp(above).status === 'file') return ENOTDIR;
  }
  return null;
}
