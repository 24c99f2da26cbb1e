import { parseCephConf } from './parse.js';
import type { ConfFile, ConfTree, ParserEra } from './tree.js';

class LazyConfFile implements ConfFile {
  readonly #trees = new Map<ParserEra, ConfTree>();

  constructor(
    readonly id: string,
    readonly text: string,
  ) {}

  tree(era: ParserEra): ConfTree {
    let tree = this.#trees.get(era);
    if (tree === undefined) {
      tree = parseCephConf(this.text, era);
      this.#trees.set(era, tree);
    }
    return tree;
  }
}

/** A file whose trees are made when first asked for, once for each era. */
export function confFile(id: string, text: string): ConfFile {
  return new LazyConfFile(id, text);
}
