/** The file system of a case: the files it lists, and the few paths that every Linux machine has. */
import { posix } from 'node:path';
import type { FileLookup, FileSystem } from '../simulate/model.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';

export type FileContent = { readonly text: string } | { readonly base64: string };

/** The root folders of the Filesystem Hierarchy Standard. */
const STANDARD_FOLDERS: ReadonlySet<string> = new Set(
  ['/', '/etc', '/bin', '/boot', '/dev', '/home', '/lib', '/media', '/mnt', '/opt', '/proc'].concat([
    '/root',
    '/run',
    '/sbin',
    '/srv',
    '/sys',
    '/tmp',
    '/usr',
    '/var',
    '/var/lib',
    '/var/log',
    '/var/run',
  ]),
);

const MISSING: FileLookup = { status: 'missing' };
const DIRECTORY: FileLookup = { status: 'directory' };

/** Names are made absolute under `cwd`. A file's text is parsed when it is first looked up. */
export class CaseFiles implements FileSystem {
  private readonly contents = new Map<string, FileContent>();

  constructor(
    files: readonly (readonly [string, FileContent])[],
    private readonly cwd: string,
    private readonly home: string,
    private readonly confFile: (path: string, content: FileContent) => ConfFile,
  ) {
    for (const [path, content] of files) this.contents.set(absolute(cwd, path), content);
  }

  lookUp(path: string): FileLookup {
    const content = this.contents.get(path);
    if (content !== undefined) return { status: 'file', file: this.confFile(path, content) };
    if (path === '/dev/null') return { status: 'file', file: this.confFile(path, { text: '' }) };
    return this.isFolder(path) ? DIRECTORY : MISSING;
  }

  private isFolder(path: string): boolean {
    if (STANDARD_FOLDERS.has(path)) return true;
    const inside = `${path}/`;
    if (path === this.cwd || path === this.home || this.cwd.startsWith(inside) || this.home.startsWith(inside))
      return true;
    for (const name of this.contents.keys()) if (name.startsWith(inside)) return true;
    return false;
  }
}

function absolute(cwd: string, path: string): string {
  const plain = path.startsWith('/') && !path.includes('//') && !path.includes('/.') && !path.endsWith('/');
  return plain ? path : posix.resolve('/', cwd, path);
}
