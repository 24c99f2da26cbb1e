import { expect, test } from 'vitest';
import { answers } from '../../../server/src/lsp/rehearsal.js';

test('each question of the rehearsal has an answer', () => {
  const given = [...answers()].map(({ hover, completions }) => [
    hover?.markdown.includes('RBDCache'),
    completions.items.length > 0,
  ]);
  expect(given).toEqual([
    [true, true],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
  ]);
});
