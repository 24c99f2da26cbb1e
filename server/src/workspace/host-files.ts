/** The file system of the machine that QEMU runs on, as far as the workspace and the user's permission show it. */
import * as l10n from '@vscode/l10n';
import type { Root } from '../features/analysis-model.js';
import type { FileLookup, FileSystem } from '../simulate/model.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { addressOfPath, displayName, liesIn, normalisePosix, parentAddress } from './address.js';
import { inRoot } from './root.js';
import type { Texts } from './texts.js';

export interface HostView {
  readonly root: Root | null;
  readonly folders: readonly string[];
  readonly readHostFiles: boolean;
}

const UNKNOWN: FileLookup = { status: 'unknown' };
const MISSING: FileLookup = { status: 'missing' };

/** Answers are kept for the life of the object: make a new one when files may have changed. */
export class HostFiles implements FileSystem {
  private readonly answers = new Map<string, FileLookup>();

  constructor(
    private readonly texts: Texts,
    private readonly view: HostView,
    /** Told of files that are there and cannot be taken. */
    private readonly say: (message: string) => void = () => undefined,
  ) {}

  lookUp(path: string): FileLookup {
    const known = this.answers.get(path);
    if (known !== undefined) return known;
    const answer = this.look(normalisePosix(path));
    this.answers.set(path, answer);
    return answer;
  }

  /** No folder of somebody's files holds the keys of a running guest, and nobody asks to have them read. */
  lookUpSecret(): FileLookup {
    return UNKNOWN;
  }

  private look(path: string): FileLookup {
    const { root, folders, readHostFiles } = this.view;
    const inside = root === null ? null : inRoot(root, path);
    if (inside !== null) {
      const found = this.at(inside);
      if (found.status !== 'missing') return found;
    }
    const host = addressOfPath(path);
    const inWorkspace = folders.some((folder) => liesIn(folder, host));
    if (readHostFiles || inWorkspace || this.texts.open(host) !== undefined) {
      const found = this.at(host);
      if (found.status !== 'missing' || readHostFiles || inWorkspace) return found;
    }
    if (root === null || inside === null) return UNKNOWN;
    return root.guessed && !this.holdsFolderOf(root, inside) ? UNKNOWN : MISSING;
  }

  private at(address: string): FileLookup {
    const file = this.texts.conf(address);
    if (file !== undefined) return { status: 'file', file };
    const content = this.texts.read(address);
    switch (content.status) {
      case 'directory':
        return { status: 'directory' };
      case 'unreadable':
        this.say(l10n.t('{0}: {1}; not read.', displayName(address, this.view.folders), content.reason));
        return UNKNOWN;
      case 'refused':
        return UNKNOWN;
      default:
        return MISSING;
    }
  }

  /** A guessed root is believed only for folders that it really holds. */
  private holdsFolderOf(root: Root, inside: string): boolean {
    const folder = root.standsFor === '/' ? parentAddress(inside) : null;
    return folder !== null && this.texts.kind(folder) === 'directory';
  }
}

/** Asks for each path once, and notes the answers: whether what was built on them still holds can be told later. */
export class RecordedFiles implements FileSystem {
  readonly seen = new Map<string, FileLookup>();

  constructor(private readonly files: FileSystem) {}

  lookUp(path: string): FileLookup {
    const known = this.seen.get(path);
    if (known !== undefined) return known;
    const answer = this.files.lookUp(path);
    this.seen.set(path, answer);
    return answer;
  }

  lookUpSecret(path: string): FileLookup {
    return this.files.lookUpSecret === undefined ? this.lookUp(path) : this.files.lookUpSecret(path);
  }
}

/** Files whose text is another now, before and now; null where anything else changed. */
export function changedFiles(
  seen: ReadonlyMap<string, FileLookup>,
  files: FileSystem,
): ReadonlyMap<ConfFile, ConfFile> | null {
  let changed: Map<ConfFile, ConfFile> | undefined;
  for (const [path, before] of seen) {
    const now = files.lookUp(path);
    if (now === before) continue;
    if (now.status !== before.status) return null;
    if (now.status !== 'file' || before.status !== 'file' || now.file === before.file) continue;
    if (now.file.id !== before.file.id) return null;
    changed ??= new Map();
    changed.set(before.file, now.file);
  }
  return changed ?? NONE;
}

const NONE: ReadonlyMap<ConfFile, ConfFile> = new Map();
