/** What only the documentation says of a request is not in the programs. */
import { expect, test } from 'vitest';
import { withoutPageParts } from '../../../.ci/lib/page-parts.mjs';

const REQUEST = "export const hover: Request = {\n  methods: ['a', 'b'],\n  gives: 'an answer',\n  listen() {},\n};\n";

test('a request has none of it', () => {
  expect(withoutPageParts(REQUEST, '/lsp/requests/hover.ts')).toBe(
    'export const hover: Request = {\n  \n  \n  listen() {},\n};\n',
  );
});

test('anything else stays as it is', () => {
  expect(withoutPageParts(REQUEST, '/rules/a.ts')).toBe(REQUEST);
});

test.each(['one.gives', '({ gives }) => gives'])('a program that asks for it, %s, stops the build', (written) => {
  expect(() => withoutPageParts(`export const a = ${written};\n`, '/lsp/a.ts')).toThrow(
    '/lsp/a.ts:1: the programs leave this to the documentation',
  );
});
