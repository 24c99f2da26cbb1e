import { parseCephConf } from './parse.js';
import type { ConfFile, ConfTree, ParserEra } from './tree.js';

class LazyConfFile implements ConfFile {
  private a: ConfTree | null = null;
  private b: ConfTree | null = null;
  private c: ConfTree | null = null;

  constructor(
    readonly id: string,
    readonly text: string,
  ) {}

  tree(era: ParserEra): ConfTree {
    switch (era) {
      case 'A':
        this.a ??= parseCephConf(this.text, era);
        return this.a;
      case 'B':
        this.b ??= parseCephConf(this.text, era);
        return this.b;
      case 'C':
        this.c ??= parseCephConf(this.text, era);
        return this.c;
    }
  }
}

/** A file whose trees are made when first asked for, once for each era. */
export function confFile(id: string, text: string): ConfFile {
  return new LazyConfFile(id, text);
}
