import { describe, expect, it } from 'vitest';
import { findQemuCommands, quoteForShell, quoteKeepingBackslashes } from '../../server/src/syntax/commands.js';
import { UNKNOWN } from '../../server/src/syntax/mapped-text.js';

const U = UNKNOWN;

function firstWord(written: string) {
  const script = `kvm ${written}`;
  const word = findQemuCommands(script, 'shellscript')[0]?.words[0];
  if (word === undefined) throw new Error(`no word in ${script}`);
  return { script, word };
}

describe('a word of a script', () => {
  const cases: [written: string, value: string, quoting: string][] = [
    ['file=rbd:p/i,if=none', 'file=rbd:p/i,if=none', 'none'],
    ['mon_host=a\\:1\\;b\\:2', 'mon_host=a:1;b:2', 'none'],
    ['mon_host=a\\\\:1', 'mon_host=a\\:1', 'none'],
    ["'mon_host=a\\:1\\;b'", 'mon_host=a\\:1\\;b', 'single'],
    ['"mon_host=a\\:1\\;b"', 'mon_host=a\\:1\\;b', 'double'],
    ['"a\\"b\\\\c\\$d\\`e"', 'a"b\\c$d`e', 'double'],
    ["file='rbd:p/a b'", 'file=rbd:p/a b', 'mixed'],
    ["'it'\\''s'", "it's", 'mixed'],
    ["''", '', 'single'],
    ['""', '', 'double'],
    ["$'a\\tb\\x41\\101\\u00e9\\'\\\\\\n'", "a\tbAAé'\\\n", 'mixed'],
    ["$'\\xc3\\xa9'", 'é', 'mixed'],
    ["$'a\\0b'c", 'ac', 'mixed'],
    ['$"a"', 'a', 'double'],
    ['rbd:$pool/${image}@$(date)', `rbd:${U}/${U}@${U}`, 'none'],
    ['"rbd:$pool/${image:-"x y"}`z`"', `rbd:${U}/${U}${U}`, 'double'],
    ["'$pool'", '$pool', 'single'],
    ['\\$pool', '$pool', 'none'],
    ['a$((1 + (2)))b', `a${U}b`, 'none'],
    ['a$1b$?$', `a${U}b${U}$`, 'none'],
    ['a$10', `a${U}0`, 'none'],
    ['a\\\nb', 'ab', 'none'],
    ['"a\\\nb"', 'ab', 'double'],
    ["'a\\\nb'", 'a\\\nb', 'single'],
    ['{a,b}c', `${U}c`, 'none'],
    ['{1..3}', U, 'none'],
    ['{a}{}', '{a}{}', 'none'],
    ['"{a,b}"', '{a,b}', 'double'],
    ['{{a,b}', `{${U}`, 'none'],
    ["{a,'}'}", U, 'none'],
    ['~/x', `${U}/x`, 'none'],
    ['conf=~root/x', `conf=${U}/x`, 'none'],
    ['a~b', 'a~b', 'none'],
    ['"~/x"', '~/x', 'double'],
    ['a#b', 'a#b', 'none'],
    ['[::1]*?', '[::1]*?', 'none'],
    ['{monitor-host}', '{monitor-host}', 'none'],
    ['\\\u{1F600}', '\u{1F600}', 'none'],
  ];
  it.each(cases)('%s', (written, value, quoting) => {
    const { script, word } = firstWord(written);
    expect([word.value.text, word.quoting]).toEqual([value, quoting]);
    expect(script.slice(word.span.start, word.span.end)).toBe(written);
  });

  it.each<[written: string, part: string, source: string]>([
    ['file=rbd:p/i:id=x', 'p/i', 'p/i'],
    ['mon_host=a\\:1\\;b', ':1;', '\\:1\\;'],
    ['"a b"\'c d\'', 'b', 'b'],
    ['"a b"\'c d\'', 'bc', 'b"\'c'],
    ['x$pool/y', `${U}/`, '$pool/'],
    ["$'\\u00e9z'", 'éz', '\\u00e9z'],
    ['a\\\n  b', 'a', 'a'],
  ])('in %s, %s stands at %s', (written, part, source) => {
    const { script, word } = firstWord(written);
    const at = word.value.text.indexOf(part);
    const { start, end } = word.value.span(at, at + part.length);
    expect(script.slice(start, end)).toBe(source);
  });

  it.each<[written: string, places: string[]]>([
    ['a\\:b\\;c', [':', ';']],
    ["'a\\:b'", []],
    ['"a\\:b"', []],
    ['a\\\nb', []],
    ['"x"\\:', [':']],
  ])('backslashes that the shell takes from %s', (written, places) => {
    const { script, word } = firstWord(written);
    expect(word.takenBackslashes.map((at) => [script.charAt(at), script.charAt(at + 1)])).toEqual(
      places.map((character) => ['\\', character]),
    );
  });

  it.each<[written: string, mayBeMany: boolean]>([
    ['$drives', true],
    ['$a$b', true],
    ['"$drives"', false],
    ['x$drives', false],
    ['$drives""', false],
    ['"$@"', true],
    ['"${args[@]}"', true],
    ['"${args[*]}"', false],
    ['a{b,c}', true],
    ['$(list)', true],
    ['a', false],
  ])('%s may be any number of arguments: %s', (written, mayBeMany) => {
    expect(firstWord(written).word.mayBeMany).toBe(mayBeMany);
  });
});

describe('quoting', () => {
  it.each([
    ['file=rbd:p/i,if=none', 'file=rbd:p/i,if=none'],
    ['a b', "'a b'"],
    ['a\\:b', "'a\\:b'"],
    ["it's", "'it'\\''s'"],
    ['', "''"],
    ['$x;y', "'$x;y'"],
    ['~x', "'~x'"],
  ])('%s for a shell', (text, quoted) => {
    expect(quoteForShell(text)).toBe(quoted);
    expect(firstWord(quoted).word.value.text).toBe(text);
  });

  it.each([
    ['a\\:b\\;c', "'a\\:b\\;c'"],
    ['a\\:$b', '"a\\:$b"'],
    ['a\\\n\\:b', "'a\\:b'"],
    ['a\\:"b"', null],
    ['a\\:\\$b', null],
  ])('%s so that its backslashes stay', (written, quoted) => {
    expect(quoteKeepingBackslashes(written)).toBe(quoted);
  });
});

describe('nesting', () => {
  const nested = (depth: number, inside: string): string => `${'$('.repeat(depth)}${inside}${')'.repeat(depth)}`;

  it.each([
    { name: 'a command deep inside', text: nested(60, 'kvm ${a}'), args: [[U]] },
    { name: 'one as deep as is read', text: nested(64, 'kvm a'), args: [['a']] },
    { name: 'one that holds what is not read any more', text: nested(64, 'kvm ${a}'), args: [] },
    { name: 'one around such a place', text: `kvm ${nested(65, 'a')}; kvm b`, args: [['b']] },
    { name: 'one that is never closed', text: `${'$('.repeat(64)}kvm \${`, args: [] },
  ])('$name', ({ text, args }) => {
    const found = findQemuCommands(text, 'shellscript');
    expect(found.map((command) => command.args.map((arg) => arg.text))).toEqual(args);
  });
});
