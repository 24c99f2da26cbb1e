/** A bounded look through the workspace's folders for files that may hold QEMU commands. */
import { joinAddress } from './address.js';
import type { FileAccess } from './file-access.js';
import { kindByName } from './languages.js';

const MAX_FOLDERS = 2_000;
const MAX_FILES = 300;
const MAX_DEPTH = 8;
const MAX_SIZE = 1024 * 1024;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'build', 'out', 'target', 'vendor', '__pycache__', 'venv']);
const MENTIONS_QEMU = /qemu|kvm/;

interface Folder {
  readonly address: string;
  readonly depth: number;
}

export class Scan {
  readonly commandFiles = new Set<string>();
  private queue: Folder[] = [];
  private candidates: string[] = [];
  private visited = 0;
  private roots: readonly string[] = [];

  constructor(private readonly files: FileAccess) {}

  setRoots(addresses: readonly string[]): void {
    if (addresses.length === this.roots.length && addresses.every((address, at) => address === this.roots[at])) return;
    this.roots = addresses;
    this.queue = addresses.map((address) => ({ address, depth: 0 }));
    this.candidates = [];
    this.visited = 0;
    this.commandFiles.clear();
  }

  get done(): boolean {
    return this.queue.length === 0 && this.candidates.length === 0;
  }

  /** Goes on for about so long; returns how many files were found. */
  step(milliseconds: number): number {
    const before = this.commandFiles.size;
    const end = performance.now() + milliseconds;
    while (!this.done && performance.now() < end) {
      const candidate = this.candidates.pop();
      if (candidate !== undefined) this.look(candidate);
      else this.open(this.queue.shift());
    }
    return this.commandFiles.size - before;
  }

  /** A file was made, changed or deleted. */
  touch(address: string): void {
    const kind = kindByName(address);
    if (kind !== 'qemu-cmdline' && kind !== 'shellscript') return;
    this.commandFiles.delete(address);
    this.look(address);
  }

  private open(folder: Folder | undefined): void {
    if (folder === undefined) return;
    this.visited += 1;
    if (this.visited > MAX_FOLDERS) {
      this.queue = [];
      return;
    }
    for (const { name, kind } of this.files.list(folder.address)) {
      if (kind === 'directory') {
        if (folder.depth >= MAX_DEPTH || name.startsWith('.') || SKIPPED_FOLDERS.has(name)) continue;
        this.queue.push({ address: joinAddress(folder.address, name), depth: folder.depth + 1 });
      } else if (kind === 'file') {
        const found = kindByName(name);
        if (found === 'qemu-cmdline' || found === 'shellscript')
          this.candidates.push(joinAddress(folder.address, name));
      }
    }
  }

  private look(address: string): void {
    if (this.commandFiles.size >= MAX_FILES) return;
    const content = this.files.read(address, MAX_SIZE);
    if (content.status !== 'file') return;
    if (kindByName(address) === 'qemu-cmdline' || MENTIONS_QEMU.test(content.text)) this.commandFiles.add(address);
  }
}
