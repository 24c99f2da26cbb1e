/** Open documents as the client sends them, and positions in any text. */
import type { Position, Range } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Span } from '../syntax/span.js';
import { normaliseAddress } from '../workspace/address.js';
import type { Workspace } from '../workspace/workspace.js';

export interface ClientDocument {
  readonly address: string;
  /** As the client spells it: what goes back to it. */
  readonly uri: string;
  readonly document: TextDocument;
}

export class Documents {
  private readonly byUri = new Map<string, ClientDocument>();
  private readonly byAddress = new Map<string, ClientDocument>();
  /** Positions in texts that are not open; by address, as long as the text is the same. */
  private readonly closed = new Map<string, TextDocument>();

  constructor(private readonly workspace: Workspace) {}

  open(uri: string, language: string, version: number, text: string): ClientDocument {
    return this.take(uri, TextDocument.create(uri, language, version, text));
  }

  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): ClientDocument | undefined {
    const known = this.byUri.get(uri);
    if (known === undefined) return undefined;
    return this.take(uri, editedDocument(known.document, changes, version));
  }

  close(uri: string): ClientDocument | undefined {
    const known = this.byUri.get(uri);
    if (known === undefined) return undefined;
    this.byUri.delete(uri);
    this.byAddress.delete(known.address);
    this.workspace.closeDocument(known.address);
    return known;
  }

  all(): readonly ClientDocument[] {
    return [...this.byUri.values()];
  }

  get(uri: string): ClientDocument | undefined {
    return this.byUri.get(uri);
  }

  /** The client's own spelling of an address. */
  uriOf(address: string): string {
    return this.byAddress.get(address)?.uri ?? address;
  }

  /** Positions in the text that analysis sees at an address; undefined where there is none. */
  positions(address: string): TextDocument | undefined {
    const open = this.byAddress.get(address);
    if (open !== undefined) return open.document;
    const content = this.workspace.texts.read(address);
    if (content.status !== 'file') return undefined;
    const known = this.closed.get(address);
    if (known !== undefined && known.getText() === content.text) return known;
    const made = TextDocument.create(address, '', 0, content.text);
    this.closed.set(address, made);
    return made;
  }

  private take(uri: string, document: TextDocument): ClientDocument {
    const address = normaliseAddress(uri);
    const known: ClientDocument = { address, uri, document };
    this.byUri.set(uri, known);
    this.byAddress.set(address, known);
    this.closed.delete(address);
    this.workspace.setDocument(address, document.languageId, document.getText());
    return known;
  }
}

/**
 * The document after a client's edits. Each is told by places that the document has: for others, the library would count
 * its lines wrongly from then on.
 */
export function editedDocument(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): TextDocument {
  for (const change of changes) {
    const placed = 'range' in change ? { text: change.text, range: existingRange(document, change.range) } : change;
    TextDocument.update(document, [placed], version);
  }
  return TextDocument.update(document, [], version);
}

function existingRange(document: TextDocument, { start, end }: Range): Range {
  const offsets = [offsetOf(document, start), offsetOf(document, end)];
  return rangeOf(document, { start: Math.min(...offsets), end: Math.max(...offsets) });
}

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function spanOf(document: TextDocument, range: Range): Span {
  const start = offsetOf(document, range.start);
  return { start, end: Math.max(start, offsetOf(document, range.end)) };
}

/** Any position gives an offset in the text, the nearest one where there is no such place. */
export function offsetOf(document: TextDocument, position: Position): number {
  const line = Number.isFinite(position.line) ? Math.trunc(position.line) : 0;
  if (line < 0) return 0;
  const character = Number.isFinite(position.character) ? Math.max(0, Math.trunc(position.character)) : 0;
  return document.offsetAt({ line, character });
}
