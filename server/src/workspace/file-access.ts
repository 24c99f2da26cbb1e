/** The one way to files. Analysis knows nothing else, so that it runs the same in an editor, a shell and a test. */

export const FILE_SIZE_CAP = 5 * 1024 * 1024;

export type FileKind = 'file' | 'directory' | 'other' | 'missing' | 'refused';

export type FileText =
  | { readonly status: 'file'; readonly text: string }
  /** Over the cap, a device, a keyring, outside of what may be read, or an error of the machine: `reason` says which. */
  | { readonly status: 'unreadable' | 'refused'; readonly reason: string }
  | { readonly status: 'missing' | 'directory' };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

export interface FileAccess {
  /** The text of a regular file of at most `cap` bytes. Never throws. */
  read(address: string, cap: number): FileText;
  kind(address: string): FileKind;
  /** Changes when the file's content does; null where there is no such file, or it may not be read. */
  stamp(address: string): string | null;
  /** What a folder holds, by name; empty where it cannot be listed. */
  list(address: string): readonly DirectoryEntry[];
}

/** A keyring's content is never read, whoever asks. */
export function isKeyring(name: string): boolean {
  return /keyring|\.(secret|key|pem|p12)$/i.test(name);
}
