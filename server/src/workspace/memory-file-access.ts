import * as l10n from '@vscode/l10n';
import { baseName, parentAddress } from './address.js';
import { type DirectoryEntry, type FileAccess, type FileKind, type FileText, isKeyring } from './file-access.js';

/** Files that exist only here: address → text. */
export class MemoryFileAccess implements FileAccess {
  private readonly texts = new Map<string, string>();
  private readonly folders = new Map<string, Map<string, DirectoryEntry>>();
  private readonly stamps = new Map<string, number>();
  private writes = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [address, text] of Object.entries(files)) this.write(address, text);
  }

  write(address: string, text: string): void {
    this.texts.set(address, text);
    this.writes += 1;
    this.stamps.set(address, this.writes);
    let kind: DirectoryEntry['kind'] = 'file';
    let child = address;
    for (let folder = parentAddress(child); folder !== null; folder = parentAddress(child)) {
      const entries = this.folders.get(folder) ?? new Map<string, DirectoryEntry>();
      const name = baseName(child);
      entries.set(name, { name, kind });
      this.folders.set(folder, entries);
      child = folder;
      kind = 'directory';
    }
  }

  remove(address: string): void {
    this.texts.delete(address);
    this.stamps.delete(address);
    const folder = parentAddress(address);
    if (folder !== null) this.folders.get(folder)?.delete(baseName(address));
  }

  read(address: string, cap: number): FileText {
    const text = this.texts.get(address);
    if (text === undefined) return { status: this.folders.has(address) ? 'directory' : 'missing' };
    if (isKeyring(baseName(address))) return { status: 'refused', reason: l10n.t('keyrings are never read') };
    if (text.length > cap) return { status: 'unreadable', reason: l10n.t('larger than {0} bytes', cap) };
    return { status: 'file', text };
  }

  kind(address: string): FileKind {
    if (this.texts.has(address)) return 'file';
    return this.folders.has(address) ? 'directory' : 'missing';
  }

  stamp(address: string): string | null {
    const stamp = this.stamps.get(address);
    return stamp === undefined ? null : String(stamp);
  }

  list(address: string): readonly DirectoryEntry[] {
    return [...(this.folders.get(address)?.values() ?? [])];
  }
}
