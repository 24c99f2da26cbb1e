/** What one case puts in front of the real programs and of the simulation. */

/** A text, or bytes that are not UTF-8, as the cases of `explain --cases` have them. */
export type FileContent = string | { readonly b64: string };

/** Paths are below /etc/ceph, /srv or /root, where the recorder puts them. */
export interface LiveCase {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, FileContent>>;
  readonly env: Readonly<Record<string, string>>;
}

export const KINDS = ['drive', 'blockdev', 'librados', 'command'] as const;
/**
 * How a case is run: one `-drive` or one `-blockdev` through a monitor, the calls of a drive on librados alone, or a
 * whole command line in a process of its own.
 */
export type Kind = (typeof KINDS)[number];
