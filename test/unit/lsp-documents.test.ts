import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editedDocument } from '../../server/src/lsp/documents.js';

function open(text: string): TextDocument {
  return TextDocument.create('file:///w/vm.qemu-args', 'qemu-cmdline', 1, text);
}

function at(line: number, character: number): Position {
  return { line, character };
}

/** Line and character of each offset. */
function places(document: TextDocument): readonly string[] {
  return Array.from({ length: document.getText().length + 1 }, (_, offset) => {
    const { line, character } = document.positionAt(offset);
    return `${line}:${character}`;
  });
}

describe('a document after an edit', () => {
  test.each([
    { edit: 'in a line', range: [at(0, 1), at(0, 2)], text: 'x', after: 'axc\r\nd' },
    { edit: 'from its end to its start', range: [at(0, 2), at(0, 1)], text: 'x', after: 'axc\r\nd' },
    { edit: 'behind the end of a line', range: [at(0, 9), at(0, 12)], text: 'x', after: 'abcx\r\nd' },
    { edit: 'in a line that there is not', range: [at(3, 3), at(2, 3)], text: '\r\n', after: 'abc\r\nd\r\n' },
    { edit: 'of lines that there are not', range: [at(4, 0), at(5, 0)], text: 'x\n', after: 'abc\r\ndx\n' },
    { edit: 'before the first line', range: [at(-1, 2), at(0, 1)], text: '\n', after: '\nbc\r\nd' },
    { edit: 'in the middle of a place', range: [at(0.5, 1.5), at(1.5, 0.5)], text: '', after: 'ad' },
    { edit: 'of all', range: [at(0, 0), at(1e9, 1e9)], text: '\r', after: '\r' },
  ])('$edit', ({ range: [start = at(0, 0), end = at(0, 0)], text, after }) => {
    const document = editedDocument(open('abc\r\nd'), [{ range: { start, end }, text }], 2);
    expect({ text: document.getText(), version: document.version }).toEqual({ text: after, version: 2 });
    expect(places(document)).toEqual(places(open(after)));
  });

  test('several edits count in what the ones before them left', () => {
    const changes = [
      { text: 'a\nb' },
      { range: { start: at(7, 0), end: at(9, 0) }, text: '\r\nc' },
      { range: { start: at(2, 0), end: at(2, 1) }, text: 'd' },
    ];
    const document = editedDocument(open(''), changes, 3);
    expect(document.getText()).toBe('a\nb\r\nd');
    expect(places(document)).toEqual(places(open('a\nb\r\nd')));
  });

  const piece = fc.constantFrom('a', 'b', ' ', '\n', '\r', '\r\n', '\n\r', '\u{1f600}', '');
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const number = fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constantFrom(0.5, 1.5, -0.5, 1e9, -1e9));
  const place = fc.record({ line: number, character: number });
  const change: fc.Arbitrary<TextDocumentContentChangeEvent> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ range: fc.record({ start: place, end: place }), text }) },
    { weight: 1, arbitrary: fc.record({ text }) },
  );

  test('shows each character where a new document of the same text does, whatever the edits were', () => {
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 5 }), (start, changes) => {
        const document = open(start);
        for (const one of changes) {
          editedDocument(document, [one], 2);
          expect(places(document)).toEqual(places(open(document.getText())));
        }
        expect(editedDocument(open(start), changes, 2).getText()).toBe(document.getText());
      }),
      { numRuns: 3_000 },
    );
  });
});
