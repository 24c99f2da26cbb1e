import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandLanguage, FoundCommands, findQemuCommands } from '../../server/src/syntax/commands.js';
import type { MappedText } from '../../server/src/syntax/mapped-text.js';
import type { QemuCommand } from '../../server/src/syntax/qemu-command.js';

const LANGUAGES: readonly CommandLanguage[] = ['shellscript', 'qemu-cmdline'];

/** All that is known of the commands, as plain values. */
function said(commands: readonly QemuCommand[]): unknown {
  return commands.map(({ span, text, language, program, words, environment }) => ({
    span,
    text,
    language,
    program,
    words: words.map(({ value, ...word }) => ({ ...word, value: placed(value) })),
    environment: environment.map(({ value, ...assignment }) => ({ ...assignment, value: placed(value) })),
  }));
}

/** A decoded text, and where each of its characters stands. */
function placed(value: MappedText): string {
  const places = Array.from({ length: value.length + 1 }, (_, at) => value.span(at, at + 1));
  return `${value.text} ${places.map(({ start, end }) => `${start}-${end}`).join(' ')}`;
}

function edited(text: string, at: number, over: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + over);
}

const SCRIPT = ['#!/bin/sh', 'kvm -drive a', 'if true; then', '  kvm -m "$n"', 'fi', 'kvm -drive c', ''].join('\n');

describe('the commands of a script after an edit', () => {
  it.each([
    { edit: 'a letter in a command', find: '-m', over: 0, added: '-x ' },
    { edit: 'a quote that stays open', find: '-m', over: 0, added: "'" },
    { edit: 'a quote closed again', find: '"$n"', over: 1, added: '' },
    { edit: 'a new command', find: 'fi', over: 0, added: 'kvm -snapshot\n' },
    { edit: 'a comment sign', find: '  kvm', over: 0, added: '#' },
    { edit: 'a here-document opened', find: 'if true', over: 0, added: 'cat <<fi\n' },
    { edit: 'a line joined to the next one', find: '\nfi', over: 0, added: ' \\' },
    { edit: 'a parenthesis opened', find: 'if', over: 0, added: '(' },
    { edit: 'lines taken away', find: 'if', over: 20, added: '' },
    { edit: 'the end', find: ' c\n', over: 3, added: '' },
  ])('$edit', ({ find, over, added }) => {
    const after = edited(SCRIPT, SCRIPT.indexOf(find), over, added);
    const before = FoundCommands.of(SCRIPT, 'shellscript');
    expect(said(FoundCommands.of(after, 'shellscript', before).commands)).toEqual(
      said(findQemuCommands(after, 'shellscript')),
    );
  });

  it('are the ones known before where they stand before the edit', () => {
    const before = FoundCommands.of(SCRIPT, 'shellscript');
    const after = FoundCommands.of(SCRIPT.replace('drive c', 'drive d'), 'shellscript', before);
    expect(after.commands.slice(0, 2)).toEqual(before.commands.slice(0, 2));
    expect(after.commands.slice(0, 2).every((command, at) => command === before.commands[at])).toBe(true);
  });

  it('are found again without the text they were found in', () => {
    const [first] = FoundCommands.of('x=1; A=b kvm -m "$(kvm -x)" ${y} `z`\n', 'shellscript').commands;
    const moved = first?.moved(100);
    expect(moved?.span).toEqual({ start: 105, end: 136 });
    expect(moved?.words).toBe(first?.words);
  });

  const line = fc.constantFrom(
    ...[
      'kvm -drive a',
      'qemu-kvm -m 1 \\',
      '  -drive file=rbd:p/i',
      'A=b kvm $x "$(kvm -y)"',
      'x=$(kvm -z',
      ')',
      'kvm `qemu-kvm a`',
    ],
    ...[
      '# comment',
      'echo "a',
      'b"',
      "echo 'a",
      "b'",
      'cat <<E',
      'cat <<-"E F"',
      'E',
      '\tE F',
      'case $x in',
      'a) kvm -c ;;',
      'esac',
    ],
    ...[
      '((',
      '(( x )',
      '))',
      '(',
      ') )',
      'f() {',
      '}',
      'if a; then',
      'fi',
      'kvm ${a:-"b}"}',
      '[[ a',
      ']]',
      '',
      ' ',
      'kvm $[',
      'a=(kvm',
      'kvm \\',
    ],
  );
  const script = fc
    .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'), fc.boolean())
    .map(([lines, end, closed]) => lines.join(end) + (closed ? end : ''));
  const added = fc.oneof(
    fc.constantFrom(
      ...['', 'a', '"', "'", '`', '$', '(', ')', '\\', '\n', '#', ';', '&', '|', '<', '{', '}', ' ', '\r', '\ufeff'],
    ),
    fc.constantFrom('kvm -n\n', 'kvm -n\r\n', '\r\n', '\n\r', '\\\r\n', '$(kvm', '<<E\n', '))', '(('),
    script,
  );
  /** Anywhere, or where a line ends or the text does. */
  const place = fc.oneof(
    { weight: 2, arbitrary: fc.nat().map((at) => (text: string) => at % (text.length + 1)) },
    fc.tuple(fc.nat(), fc.integer({ min: -2, max: 2 })).map(([at, beside]) => (text: string) => {
      const ends = [...text.matchAll(/[\r\n]|$/g)].map(({ index }) => index);
      return Math.min(Math.max((ends[at % ends.length] ?? 0) + beside, 0), text.length);
    }),
  );
  const change = fc.record({ at: place, over: fc.constantFrom(0, 0, 1, 1, 2, 8, 30), added });

  it('are those of the text, whatever was typed', () => {
    fc.assert(
      fc.property(script, fc.array(change, { minLength: 1, maxLength: 4 }), (start, changes) => {
        for (const language of LANGUAGES) {
          let found = FoundCommands.of(start, language);
          for (const { at, over, added: text } of changes) {
            const after = edited(found.text, at(found.text), over, text);
            found = FoundCommands.of(after, language, found);
            expect(said(found.commands)).toEqual(said(findQemuCommands(after, language)));
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });
});
