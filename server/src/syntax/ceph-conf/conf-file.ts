import { parseCephConf } from './parse.js';
import { reparseCephConf } from './reparse.js';
import type { ConfFile, ConfTree, ParserEra } from './tree.js';

type Trees = Readonly<Record<ParserEra, ConfTree | null>>;

const NO_TREES: Trees = { A: null, B: null, C: null };

class LazyConfFile implements ConfFile {
  private readonly trees: Record<ParserEra, ConfTree | null> = { ...NO_TREES };

  constructor(
    readonly id: string,
    readonly text: string,
    private earlier: Trees,
  ) {}

  tree(era: ParserEra): ConfTree {
    const known = this.trees[era];
    if (known !== null) return known;
    const earlier = this.earlier[era];
    const made = earlier === null ? parseCephConf(this.text, era) : reparseCephConf(earlier, this.text);
    this.trees[era] = made;
    this.earlier = { ...this.earlier, [era]: null };
    return made;
  }

  /** The newest trees there are. */
  known(): Trees {
    const { trees, earlier } = this;
    return { A: trees.A ?? earlier.A, B: trees.B ?? earlier.B, C: trees.C ?? earlier.C };
  }
}

/**
 * A file whose trees are made when first asked for, once for each era. `before`: the same file before an edit, from whose
 * trees they are made.
 */
export function confFile(id: string, text: string, before?: ConfFile): ConfFile {
  return new LazyConfFile(id, text, before instanceof LazyConfFile ? before.known() : NO_TREES);
}
