/** What an edit of a ceph.conf means for the drives that read it: asked for each of them, worked out once. */
import { sectionsOf } from '../simulate/librados/file-values.js';
import { sectionKeys } from '../syntax/ceph-conf/section-keys.js';
import type { ConfFile, ConfTree, ParserEra } from '../syntax/ceph-conf/tree.js';
import { editBetween } from '../syntax/edit-between.js';

export class FileChanges {
  private readonly known = new Map<ConfFile, FileChange>();

  /** `eras`: how the file may be read. */
  constructor(private readonly eras: ReadonlySet<ParserEra>) {}

  between(before: ConfFile, now: ConfFile): FileChange {
    const known = this.known.get(before);
    if (known?.now === now) return known;
    const change = new FileChange(before, now, this.eras);
    this.known.set(before, change);
    return change;
  }
}

export class FileChange {
  private readonly spared = new Map<string, boolean>();
  private firstDifference: number | undefined;

  constructor(
    private readonly before: ConfFile,
    readonly now: ConfFile,
    private readonly eras: ReadonlySet<ParserEra>,
  ) {}

  /** Where the texts begin to differ. */
  get start(): number {
    this.firstDifference ??= editBetween(this.before.text, this.now.text).start;
    return this.firstDifference;
  }

  /** True where each line that this client reads stands as it did, at its old place. */
  spares(identity: string): boolean {
    let spared = this.spared.get(identity);
    if (spared === undefined) {
      spared = [...this.eras].every((era) => readsAlike(this.before.tree(era), this.now.tree(era), identity));
      this.spared.set(identity, spared);
    }
    return spared;
  }
}

function readsAlike(before: ConfTree, now: ConfTree, identity: string): boolean {
  if (before.abortsAt !== null || now.abortsAt !== null) return false;
  // Of a file that is refused nothing counts.
  if (before.rejected || now.rejected) return before.rejected && now.rejected;
  const [old, current] = [sectionKeys(before), sectionKeys(now)];
  return sectionsOf(identity).every((section) => {
    const [a, b] = [old.of(section), current.of(section)];
    return a.length === b.length && a.every((node, at) => node === b[at]);
  });
}
