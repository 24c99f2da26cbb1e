import type { FileAccess } from '../workspace/file-access.js';

/** Some files with other texts than they have on the disk, by address. */
export class FilesWithTexts implements FileAccess {
  constructor(
    private readonly files: FileAccess,
    private readonly texts: ReadonlyMap<string, string>,
  ) {}

  read(address: string, cap: number) {
    const text = this.texts.get(address);
    return text === undefined ? this.files.read(address, cap) : ({ status: 'file', text } as const);
  }

  kind(address: string) {
    return this.files.kind(address);
  }

  stamp(address: string) {
    return this.files.stamp(address);
  }

  list(address: string) {
    return this.files.list(address);
  }
}
