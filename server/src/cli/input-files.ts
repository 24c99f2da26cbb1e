/** Which files the words behind `rbdcache check` mean. Every word that means nothing is named; the rest still counts. */
import { closeSync, type Dirent, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { addressOfPath } from '../workspace/address.js';
import { type DocumentKind, kindByName } from '../workspace/languages.js';

export interface InputFile {
  readonly path: string;
  /** Null: named by the user, and only its content can tell. */
  readonly kind: DocumentKind | null;
  /** The folder that it was found in; null for a file that was named. */
  readonly within: string | null;
}

/** Something that could not be looked at. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

export interface Inputs {
  /** Absolute paths, each once, sorted within each word. */
  readonly files: readonly InputFile[];
  readonly problems: readonly InputProblem[];
  /** Folders that were given, and those of the files that were. */
  readonly folders: readonly string[];
}

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv']);
const NOT_IN_GLOBS = [...SKIPPED_FOLDERS].map((name) => `**/${name}/**`);

/** `words` are files, folders and globs, relative to `cwd`. */
export function collectInputs(words: readonly string[], cwd: string): Inputs {
  const collector = new Collector(cwd);
  for (const word of words) collector.add(word);
  return { files: [...collector.files.values()], problems: collector.problems, folders: [...collector.folders] };
}

class Collector {
  readonly files = new Map<string, InputFile>();
  readonly problems: InputProblem[] = [];
  readonly folders = new Set<string>();

  constructor(private readonly cwd: string) {}

  add(word: string): void {
    // A variable that is not set, `"$FOLDER"`, must not stand for the current folder.
    if (word === '') {
      this.problems.push({ path: '""', message: 'there is no such file' });
      return;
    }
    const path = resolve(this.cwd, word);
    const found = tryStat(path);
    if (typeof found !== 'string') {
      if (found.isDirectory()) {
        this.folders.add(path);
        this.addFolder(path, path);
      } else this.addNamed(path);
    } else if (isDynamicPattern(word)) this.addGlob(word);
    else this.problems.push({ path: word, message: found });
  }

  private addNamed(path: string): void {
    this.folders.add(dirname(path));
    this.files.set(path, { path, kind: kindByName(addressOfPath(path)), within: null });
  }

  private addGlob(pattern: string): void {
    const options = { cwd: this.cwd, absolute: true, onlyFiles: true, dot: false, ignore: NOT_IN_GLOBS };
    const found = globSync(pattern, options);
    if (found.length === 0) this.problems.push({ path: pattern, message: 'no file matches' });
    for (const path of found.sort()) {
      const kind = kindByName(addressOfPath(path)) ?? scriptByContent(path);
      if (kind === null) continue;
      this.folders.add(dirname(path));
      this.set({ path, kind, within: dirname(path) });
    }
  }

  /** `given`: the folder that was named. */
  private addFolder(folder: string, given: string): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.problems.push({ path: folder, message: systemMessage(error) });
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) this.addFolder(path, given);
      } else if (entry.isFile() || (entry.isSymbolicLink() && isFile(path))) {
        const kind = kindByName(addressOfPath(path)) ?? scriptByContent(path);
        if (kind !== null) this.set({ path, kind, within: given });
      }
    }
  }

  /** What was named stays named. */
  private set(file: InputFile): void {
    if (!this.files.has(file.path)) this.files.set(file.path, file);
  }
}

/** A script without an extension says in its first line who reads it. */
function scriptByContent(path: string): DocumentKind | null {
  if (basename(path).includes('.')) return null;
  const start = Buffer.alloc(64);
  try {
    const descriptor = openSync(path, 'r');
    try {
      readSync(descriptor, start, 0, start.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // A file of unknown kind that cannot be read is no input; one that is an input is named when it is read.
    if (isSystemError(error)) return null;
    throw error;
  }
  return /^#![^\n]*\b(?:ba|da|k|z)?sh\b/.test(start.toString('latin1')) ? 'shellscript' : null;
}

/** What lies at a path, links followed, or the operating system's complaint in words. */
export function tryStat(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    return systemMessage(error);
  }
}

function isFile(path: string): boolean {
  const found = tryStat(path);
  return typeof found !== 'string' && found.isFile();
}

const SYSTEM_MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  ENOSPC: 'no space is left',
};

/** The operating system's complaint in words; anything else is thrown on. */
export function systemMessage(error: unknown): string {
  if (!isSystemError(error)) throw error;
  return SYSTEM_MESSAGES[error.code] ?? error.code;
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
