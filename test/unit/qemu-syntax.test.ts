/** QemuOpts, `rbd:` names, QEMU's JSON and dotted keys: what is read, and where it stands. */
import { describe, expect, test } from 'vitest';
import { qemuBehaviour } from '../../server/src/catalog/qemu-behaviour.js';
import { type QemuRelease, qemuRelease } from '../../server/src/catalog/releases.js';
import { MappedText, MappedTextBuilder } from '../../server/src/syntax/mapped-text.js';
import { parseJsonText } from '../../server/src/syntax/qemu/json-text.js';
import { parseKeyval } from '../../server/src/syntax/qemu/keyval.js';
import { byteLength, cutToBytes, parseQemuOpts, valueText } from '../../server/src/syntax/qemu/qemu-opts.js';
import { parseRbdName } from '../../server/src/syntax/qemu/rbd-name.js';
import type { ValueNode } from '../../server/src/syntax/qemu/value-tree.js';

function release(text: string): QemuRelease {
  const found = qemuRelease(text);
  if (found === undefined) throw new Error(`no release ${text}`);
  return found;
}

const at = (source: string, { start, end }: { start: number; end: number }) => source.slice(start, end);

/** Stands in the document as a shell word without quotes: each backslash doubled. */
function doubledBackslashes(decoded: string): { source: string; text: MappedText } {
  const builder = new MappedTextBuilder(0);
  let source = '';
  for (const character of decoded) {
    const start = source.length;
    if (character === '\\') {
      source += '\\\\';
      builder.replace('\\', start, start + 2);
    } else {
      source += character;
      builder.copy(character, start);
    }
  }
  return { source, text: builder.build() };
}

describe('QemuOpts', () => {
  const split = (text: string, qemu = '4.2') => {
    const { tree } = parseQemuOpts(MappedText.verbatim(text), qemuBehaviour(release(qemu)).driveOpts);
    return tree.options.map(({ key, value }) => `${key}=${value}`);
  };

  test.each<{ text: string; options: string[] }>([
    { text: 'file=rbd:p/i,cache=none', options: ['file=rbd:p/i', 'cache=none'] },
    { text: 'file=a,,b,,,,c,x=1', options: ['file=a,b,,c', 'x=1'] },
    { text: 'snapshot,cache=none', options: ['snapshot=on', 'cache=none'] },
    { text: 'nosnapshot', options: ['snapshot=off'] },
    { text: 'node-name', options: ['de-name=off'] },
    { text: 'a=b=c', options: ['a=b=c'] },
    { text: 'cache=none,', options: ['cache=none'] },
    { text: ',x=1', options: ['=on', 'x=1'] },
    { text: 'a=,b=', options: ['a=', 'b='] },
    { text: '', options: [] },
  ])('$text', ({ text, options }) => {
    expect(split(text)).toEqual(options);
  });

  test('keys and values that are too long are cut up to 2.12, and a word is said about it here', () => {
    const text = `${'k'.repeat(130)}=1,file=${'v'.repeat(1030)}`;
    const read = (qemu: string) => parseQemuOpts(MappedText.verbatim(text), qemuBehaviour(release(qemu)).driveOpts);
    expect(read('2.12').tree.options.map(({ key, value }) => [key.length, value.length])).toEqual([
      [127, 1],
      [4, 1023],
    ]);
    expect(read('2.12').problems.map(({ code }) => code)).toEqual(['key-cut', 'value-cut']);
    expect(read('3.0').problems).toEqual([]);
  });

  test.each([
    { text: 'id=a,id=b', qemu: '4.2', id: 'a' },
    { text: 'file=x,,id=y,id=z', qemu: '4.2', id: 'y' },
    { text: 'file=x,,id=y,id=z', qemu: '5.1', id: 'z' },
    { text: 'file=x,id', qemu: '4.2', id: null },
    { text: 'file=x,id', qemu: '5.2', id: 'on' },
  ])('the id of $text in $qemu is $id', ({ text, qemu, id }) => {
    const { tree } = parseQemuOpts(MappedText.verbatim(text), qemuBehaviour(release(qemu)).driveOpts);
    expect(tree.id?.value ?? null).toBe(id);
  });

  test('a value with doubled commas keeps the place of each character', () => {
    const text = 'file=rbd:p/a,,b:k=c,,d,x=1';
    const { tree } = parseQemuOpts(MappedText.verbatim(text), qemuBehaviour(release('7.2')).driveOpts);
    const [file] = tree.options;
    if (file === undefined) throw new Error('no option');
    const value = valueText(tree.argument, file);
    expect(value.text).toBe('rbd:p/a,b:k=c,d');
    expect(at(text, value.span(6, 9))).toBe('a,,b');
    expect(at(text, value.span(12, 15))).toBe('c,,d');
    expect(at(text, value.span())).toBe('rbd:p/a,,b:k=c,,d');
  });

  test('bytes, not characters, are counted', () => {
    expect(byteLength('aé€😀')).toBe(1 + 2 + 3 + 4);
    expect(cutToBytes('€€€', 7)).toBe('€€');
  });
});

describe('rbd: names', () => {
  const shape = (name: string, qemu: string): string => {
    const { pool, namespace, image, snapshot, options, clientId, problem, optionProblem } = parseRbdName(
      MappedText.verbatim(name),
      qemuBehaviour(release(qemu)).name,
    );
    if (problem !== null) return problem.crash ? `! ${problem.code}` : `! ${problem.message || problem.code}`;
    const keys = options.map(({ key, value }) => `${key.text}=${value.text}`);
    if (optionProblem !== null) keys.push(`! ${optionProblem.message}`);
    return [pool, namespace, image, snapshot, clientId]
      .map((part) => part?.text ?? '-')
      .concat(keys)
      .join(' ');
  };

  test.each<{ name: string; qemu: string; is: string }>([
    { name: 'rbd:p/i', qemu: '0.14', is: 'p - i - -' },
    { name: 'rbd:p/i:k=v', qemu: '0.14', is: 'p - i:k=v - -' },
    { name: 'rbd:p/i@s:id=x', qemu: '0.15', is: 'p - i s - id=x' },
    { name: 'rbd:p/i@s:id=x', qemu: '1.0', is: 'p - i s x id=x' },
    { name: 'rbd:p/i:id=a:id=b', qemu: '2.8', is: 'p - i - a id=a id=b' },
    { name: 'rbd:p/i:id=a:id=b', qemu: '2.9', is: 'p - i - b id=a id=b' },
    { name: 'rbd:p/i:k=x\\:id=zz', qemu: '2.2', is: 'p - i - zz k=x:id=zz' },
    { name: 'rbd:p/i:k=x\\:id=zz', qemu: '2.9', is: 'p - i - - k=x:id=zz' },
    { name: 'rbd:p/n/i', qemu: '4.2', is: 'p - n/i - -' },
    { name: 'rbd:p/n/i', qemu: '5.0', is: 'p n i - -' },
    { name: 'rbd:p/i\\@x', qemu: '6.0', is: '! escaped-at-crash' },
    { name: 'rbd:p/i\\@x', qemu: '6.1', is: 'p - i@x - -' },
    { name: 'rbd:p/i\\/x', qemu: '5.2', is: '! escaped-slash-crash' },
    { name: 'rbd:p/i\\/x', qemu: '4.2', is: 'p - i/x - -' },
    { name: 'rbd:p/i\\/x', qemu: '6.1', is: 'p - i/x - -' },
    { name: 'rbd:p/i:m=a@b', qemu: '11.1', is: 'p - i:m=a b -' },
    { name: 'rbd:p', qemu: '2.8', is: '! pool-missing' },
    { name: 'rbd:p', qemu: '2.9', is: '! Pool name is required' },
    { name: 'rbd:/i', qemu: '2.8', is: '! pool name too short' },
    { name: 'rbd:/i', qemu: '2.9', is: ' - i - -' },
    { name: `rbd:p/${'i'.repeat(96)}`, qemu: '2.8', is: '! object name too long' },
    { name: 'rbd:p/i:', qemu: '2.8', is: '! configuration too short' },
    { name: 'rbd:p/i:', qemu: '2.9', is: 'p - i - - ! conf option  has no value' },
    { name: 'rbd:p/i:k=', qemu: '2.8', is: 'p - i - - ! conf option value too short' },
    { name: 'rbd:p/i:a=b:foo', qemu: '7.2', is: 'p - i - - a=b ! conf option foo has no value' },
    { name: 'rbd:p/i:k=v\\', qemu: '7.2', is: 'p - i - - k=v\\' },
    { name: 'RBD:p/i', qemu: '7.2', is: "! File name must start with 'rbd:'" },
  ])('$name in $qemu', ({ name, qemu, is }) => {
    expect(shape(name, qemu)).toBe(is);
  });

  test('spans go through the escapes of the name and of the shell', () => {
    const { source, text } = doubledBackslashes('rbd:p/im\\:g@s:mon_host=a\\:1\\;b:id=x');
    const name = parseRbdName(text, qemuBehaviour(release('7.2')).name);
    expect(at(source, name.image?.span ?? { start: 0, end: 0 })).toBe('im\\\\:g');
    expect(at(source, name.snapshot?.span ?? { start: 0, end: 0 })).toBe('s');
    expect(name.options.map(({ span, value }) => [at(source, span), value.text, at(source, value.span)])).toEqual([
      ['mon_host=a\\\\:1\\\\;b', 'a:1;b', 'a\\\\:1\\\\;b'],
      ['id=x', 'x', 'x'],
    ]);
  });
});

/** A tree in a short form: scalars as their text, with `'` around strings. */
function short(node: ValueNode): unknown {
  if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, short(value)]));
  if (node.kind === 'list') return node.items.map(short);
  return node.kind === 'string' ? `'${node.text}'` : node.text;
}

describe("QEMU's JSON", () => {
  const read = (text: string, qemu = '7.2') =>
    parseJsonText(MappedText.verbatim(text), qemuBehaviour(release(qemu)).json);

  test.each<{ text: string; is: unknown }>([
    { text: '{"a": "b", "c": [1, -2.5e3, true, null]}', is: { a: "'b'", c: ['1', '-2.5e3', 'true', 'null'] } },
    { text: "{'a': 'b\"c', 'd': \"e'f\"}", is: { a: "'b\"c'", d: "'e'f'" } },
    { text: '{"a": "\\"\\\\\\/\\u0041\\\'"}', is: { a: "'\"\\/A''" } },
    { text: '{"a": "\\ud83d\\ude00"}', is: { a: "'😀'" } },
    { text: '{}', is: {} },
    { text: ' [ ] ', is: [] },
  ])('$text', ({ text, is }) => {
    const { tree, problems } = read(text);
    expect(problems).toEqual([]);
    expect(tree === null ? null : short(tree)).toEqual(is);
  });

  test.each<{ text: string; message: string; qemu?: string }>([
    { text: '{"a": 1,}', message: 'JSON parse error, expecting value' },
    { text: '{"a": 1,}', message: 'JSON parse error, key is not a string in object', qemu: '2.9' },
    { text: '{"a": 1,}', message: '1:9: JSON parse error, expecting key', qemu: '11.1' },
    { text: '{"a" 1}', message: 'JSON parse error, missing : in object pair' },
    { text: '{"a": 1 "b": 2}', message: 'JSON parse error, expected separator in dict' },
    { text: '[1 2]', message: 'JSON parse error, expected separator in list' },
    { text: '{1: 2}', message: 'JSON parse error, key is not a string in object' },
    { text: '{"a": True}', message: "JSON parse error, stray 'T'" },
    { text: '{"a":{"b":1,]-r"}}', message: 'JSON parse error, expecting value' },
    { text: '{"a": yes}', message: "JSON parse error, invalid keyword 'yes'" },
    { text: '{"a": "\\x"}', message: 'JSON parse error, invalid escape sequence in string' },
    { text: '{"a": 1, "a": 2}', message: 'JSON parse error, duplicate key' },
    { text: '{"a": 1} 2', message: 'Expecting at most one JSON value' },
    { text: '', message: 'Expecting a JSON value' },
  ])('$text is refused ($qemu): $message', ({ text, message, qemu }) => {
    expect(read(text, qemu).problems.map((problem) => problem.message)).toEqual([message]);
  });

  test('a repeated key is taken up to 3.1', () => {
    expect(read('{"a": 1, "a": 2}', '3.1').problems).toEqual([]);
  });

  test('deep nesting is refused, not followed', () => {
    expect(read('['.repeat(5000)).problems[0]?.message).toBe('JSON nesting depth limit exceeded');
  });

  test('values know their place', () => {
    const text = '{"a": {"b\\u0062": "c\\"d"}}';
    const { tree } = read(text);
    const inner = tree?.kind === 'object' ? tree.members[0]?.value : undefined;
    const member = inner?.kind === 'object' ? inner.members[0] : undefined;
    expect(member?.key).toBe('bb');
    expect(at(text, member?.keySpan ?? { start: 0, end: 0 })).toBe('"b\\u0062"');
    expect(at(text, member?.value.span ?? { start: 0, end: 0 })).toBe('"c\\"d"');
  });
});

describe('dotted keys', () => {
  const read = (text: string) => parseKeyval(MappedText.verbatim(text), 'driver');

  test.each<{ text: string; is: unknown }>([
    { text: 'rbd,pool=p', is: { driver: "'rbd'", pool: "'p'" } },
    {
      text: 'driver=raw,file.driver=rbd,file.pool=a,,b',
      is: { driver: "'raw'", file: { driver: "'rbd'", pool: "'a,b'" } },
    },
    {
      text: 'server.1.host=b,server.0.host=a,server.0.port=1',
      is: { server: [{ host: "'a'", port: "'1'" }, { host: "'b'" }] },
    },
    { text: 'a=1,a=2', is: { a: "'2'" } },
    { text: 'a=', is: { a: "''" } },
  ])('$text', ({ text, is }) => {
    const { tree, problems } = read(text);
    expect(problems).toEqual([]);
    expect(tree === null ? null : short(tree)).toEqual(is);
  });

  test.each([
    { text: 'help', place: 'help' },
    { text: 'driver=rbd,?,pool=p', place: '?' },
    { text: 'a.1=x,help', place: 'help' },
  ])('$text asks for help, of which there is none', ({ text, place }) => {
    const { tree, problems } = parseKeyval(MappedText.verbatim(text), 'driver', true);
    expect(tree).toBeNull();
    expect(problems.map((problem) => [problem.message, at(text, problem.span)])).toEqual([
      ['Help is not available for this option', place],
    ]);
  });

  test.each<{ text: string; message: string; place: string }>([
    { text: 'driver=rbd,cache.direct', message: "Expected '=' after parameter 'cache.direct'", place: 'cache.direct' },
    { text: 'driver=rbd,1a=b', message: "Invalid parameter '1a'", place: '1a' },
    { text: 'a=b,a.c=d', message: "Parameters 'a.*' used inconsistently", place: 'a.c' },
    { text: 'a.0=x,a.2=y', message: "Parameter 'a.1' missing", place: 'a.0=x,a.2=y' },
    { text: 'a.0=x,a.b=y', message: "Parameters 'a.*' used inconsistently", place: 'a.0=x,a.b=y' },
    { text: `${'x'.repeat(128)}=1`, message: `Parameter '${'x'.repeat(128)}' is too long`, place: 'x'.repeat(128) },
  ])('$text is refused: $message', ({ text, message, place }) => {
    const { tree, problems } = read(text);
    expect(tree).toBeNull();
    expect(problems.map((problem) => [problem.message, at(text, problem.span)])).toEqual([[message, place]]);
  });
});
