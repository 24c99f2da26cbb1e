import { parseWithGrammar } from './grammar-parser.js';
import { parseLines } from './line-parser.js';
import type { ConfTree, ParserEra } from './tree.js';

export interface ParserDialect {
  /** 0.56 words the complaint about a key without `=` as 0.48 does. */
  readonly oldMissingEqualsMessage: boolean;
}

/** Never throws; the tree covers the whole text whatever it is. Linear in the text's length. */
export function parseCephConf(text: string, era: ParserEra, dialect?: ParserDialect): ConfTree {
  if (era === 'C') return parseWithGrammar(text);
  return parseLines(text, era, era === 'A' || dialect?.oldMissingEqualsMessage === true);
}
