/** QEMU's flags. Source: data/qemu-flags.json. */
import data from './data/qemu-flags.json' with { type: 'json' };

/** Whether a flag, without its dashes, stands alone. Flags that nobody knows do not. */
export function takesNoArgument(name: string): boolean {
  return data.alone.includes(name);
}

/** What a flag says of its drive beside the file; null: nothing. */
export interface FileFlag {
  readonly interface: string | null;
  /** `disk` or `cdrom`. */
  readonly media: string | null;
  readonly index: number | null;
}

/** A flag for a drive by its file name alone, without its dashes; undefined for any other. */
export function fileFlag(name: string): FileFlag | undefined {
  const files: Readonly<Record<string, FileFlag>> = data.files;
  return Object.hasOwn(files, name) ? files[name] : undefined;
}
