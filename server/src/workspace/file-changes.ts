/** What an edit of a ceph.conf means for the drives that read it: asked for each of them, worked out once. */
import { sectionsOf } from '../simulate/librados/file-values.js';
import type { FileLookup, FileSystem } from '../simulate/model.js';
import { sectionKeys } from '../syntax/ceph-conf/section-keys.js';
import type { ConfFile, ConfTree, ParserEra } from '../syntax/ceph-conf/tree.js';
import { editBetween } from '../syntax/edit-between.js';
import { changedFiles, RecordedFiles } from './host-files.js';

/** The answers of the files that a run was built on, by path. Runs that saw the same share them. */
export type SeenFiles = ReadonlyMap<string, FileLookup>;

/** What became of the files that some runs were built on. */
export interface FilesSince {
  /** What they say now. */
  readonly seen: SeenFiles;
  /** By what the file was before; null where something else than texts changed. */
  readonly changes: ReadonlyMap<ConfFile, FileChange> | null;
}

/** The files as they are now, asked by a thousand runs one after the other. */
export class FileChanges {
  private readonly answers: RecordedFiles;
  private readonly since = new Map<SeenFiles, FilesSince>();
  private readonly shared = new Map<string, SeenFiles>();

  /** `eras`: how a file may be read. */
  constructor(
    files: FileSystem,
    private readonly eras: ReadonlySet<ParserEra>,
  ) {
    this.answers = new RecordedFiles(files);
  }

  /** What became of them since a run saw them. */
  of(seen: SeenFiles): FilesSince {
    let since = this.since.get(seen);
    if (since === undefined) {
      const changed = changedFiles(seen, this.answers);
      const changes =
        changed && new Map([...changed].map(([before, now]) => [before, new FileChange(before, now, this.eras)]));
      since = { seen: this.now([...seen.keys()]), changes };
      this.since.set(seen, since);
    }
    return since;
  }

  /** What the files say at these paths, the same object for the same paths. */
  now(paths: readonly string[]): SeenFiles {
    const key = paths.join('\0');
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const seen = new Map(paths.map((path) => [path, this.answers.lookUp(path)]));
    this.shared.set(key, seen);
    return seen;
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
