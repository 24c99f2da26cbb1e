/** Small damage to a text: characters flipped, taken out, doubled, put in. */
import fc from 'fast-check';

const ODD = [
  '\\',
  '"',
  "'",
  '=',
  ':',
  '@',
  '/',
  ',',
  ';',
  '#',
  '[',
  ']',
  '{',
  '}',
  '$',
  ' ',
  '\t',
  '%',
  '0',
  'x',
  'é',
  '.',
];

interface Mutation {
  readonly how: 'flip' | 'remove' | 'double' | 'insert' | 'swap';
  /** Where, as a share of the text's length. */
  readonly at: number;
  readonly length: number;
  readonly character: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom('flip', 'remove', 'double', 'insert', 'swap'),
  at: fc.integer({ min: 0, max: 999 }),
  length: fc.constantFrom(1, 1, 1, 2, 5),
  character: fc.constantFrom(...ODD),
});

function apply(text: string, { how, at, length, character }: Mutation): string {
  const start = Math.floor((at * text.length) / 1000);
  const before = text.slice(0, start);
  const part = text.slice(start, start + length);
  const after = text.slice(start + length);
  switch (how) {
    case 'flip':
      return before + character + text.slice(start + 1);
    case 'remove':
      return before + after;
    case 'double':
      return before + part + part + after;
    case 'insert':
      return before + character + text.slice(start);
    case 'swap':
      return before + [...part].reverse().join('') + after;
  }
}

/** The texts of `texts` with one to three such changes. */
export function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([text, changes]) => Buffer.from(changes.reduce(apply, text)).toString());
}
