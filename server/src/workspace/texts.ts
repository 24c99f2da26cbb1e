/** The texts in view: open documents as they are being edited, and files as they lie on the disk. */
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { liesIn } from './address.js';
import { FILE_SIZE_CAP, type FileAccess, type FileKind, type FileText } from './file-access.js';

export interface OpenDocument {
  readonly address: string;
  /** The client's language id. */
  readonly language: string;
  readonly text: string;
}

export interface Texts {
  /** An open document before a file. */
  read(address: string): FileText;
  open(address: string): OpenDocument | undefined;
  kind(address: string): FileKind;
  /** The same object as long as the text is the same; undefined where there is no such text. */
  conf(address: string): ConfFile | undefined;
}

interface ClosedFile {
  stamp: string | null;
  content: FileText;
}

export class DocumentTexts implements Texts {
  private readonly documents = new Map<string, OpenDocument>();
  private readonly closed = new Map<string, ClosedFile>();
  private readonly confs = new Map<string, ConfFile>();

  constructor(private readonly files: FileAccess) {}

  set(document: OpenDocument): void {
    this.documents.set(document.address, document);
  }

  close(address: string): void {
    this.documents.delete(address);
    this.closed.delete(address);
  }

  openDocuments(): IterableIterator<OpenDocument> {
    return this.documents.values();
  }

  open(address: string): OpenDocument | undefined {
    return this.documents.get(address);
  }

  read(address: string): FileText {
    const document = this.documents.get(address);
    if (document !== undefined) return { status: 'file', text: document.text };
    const known = this.closed.get(address);
    if (known !== undefined) return known.content;
    const content = this.files.read(address, FILE_SIZE_CAP);
    this.closed.set(address, { stamp: this.files.stamp(address), content });
    return content;
  }

  kind(address: string): FileKind {
    if (this.documents.has(address)) return 'file';
    const kind = this.files.kind(address);
    if (kind === 'directory' || kind === 'file') return kind;
    for (const open of this.documents.keys()) if (open !== address && liesIn(address, open)) return 'directory';
    return kind;
  }

  conf(address: string): ConfFile | undefined {
    const content = this.read(address);
    if (content.status !== 'file') return undefined;
    const known = this.confs.get(address);
    if (known !== undefined && known.text === content.text) return known;
    const made = confFile(address, content.text, known);
    this.confs.set(address, made);
    return made;
  }

  /** Forgets a closed file; true where it had been looked at. */
  forget(address: string): boolean {
    return this.closed.delete(address);
  }

  forgetAll(): void {
    this.closed.clear();
  }

  /** Looks whether closed files changed on the disk since they were read; true where one did. */
  revalidate(concerns: (address: string) => boolean): boolean {
    let changed = false;
    for (const [address, known] of this.closed) {
      if (!concerns(address) || this.files.stamp(address) === known.stamp) continue;
      this.closed.delete(address);
      changed = true;
    }
    return changed;
  }
}

/** The same texts with some of them edited, for trying an edit out. */
export class EditedTexts implements Texts {
  private readonly confs = new Map<string, ConfFile>();

  constructor(
    private readonly base: Texts,
    private readonly edited: ReadonlyMap<string, string>,
  ) {}

  read(address: string): FileText {
    const text = this.edited.get(address);
    return text === undefined ? this.base.read(address) : { status: 'file', text };
  }

  open(address: string): OpenDocument | undefined {
    const document = this.base.open(address);
    const text = this.edited.get(address);
    return document === undefined || text === undefined ? document : { ...document, text };
  }

  kind(address: string): FileKind {
    return this.edited.has(address) ? 'file' : this.base.kind(address);
  }

  conf(address: string): ConfFile | undefined {
    const text = this.edited.get(address);
    if (text === undefined) return this.base.conf(address);
    const known = this.confs.get(address);
    if (known !== undefined) return known;
    const made = confFile(address, text, this.base.conf(address));
    this.confs.set(address, made);
    return made;
  }
}
