import { describe, expect, test } from 'vitest';
import { selectionRanges } from '../../../server/src/features/selection-ranges.js';
import { COMMAND, CONF, SCRIPT, seen, textsOf } from './seen.js';

const grown = (address: string, text: string): readonly string[] => {
  const found = seen({ [address]: text }, ['10.0', '18.2.7']);
  return textsOf(found.text, selectionRanges(found.analysis, found.caret));
};

describe('in a ceph.conf', () => {
  const file = (section: string): string => `# top\n${section}\n[osd]\nx = 1\n`;
  test.each<[about: string, section: string, expected: readonly string[]]>([
    ['a value', '[client]\nrbd cache = tr‸ue', ['true', 'rbd cache = true', '[client]\nrbd cache = true']],
    ['a key', '[client]\nrbd ‸cache = true', ['rbd cache', 'rbd cache = true', '[client]\nrbd cache = true']],
    ['a comment behind', '[client]\na = 1 # w‸hy', ['# why', 'a = 1 # why', '[client]\na = 1']],
    ['a header', '[cli‸ent]\na = 1', ['client', '[client]\na = 1']],
  ])('%s', (_about, section, expected) => {
    const plain = file(section.replace('‸', ''));
    // A comment behind the last option lies outside of its section.
    const inner = expected.filter((text) => !(text.startsWith('[') && section.includes('#')));
    expect(grown(CONF, file(section))).toEqual([...inner, plain]);
  });

  test('before the first section', () => expect(grown(CONF, '# to‸p\n[osd]\n')).toEqual(['# top', '# top\n[osd]\n']));
});

describe('in a command', () => {
  const command = 'qemu-kvm -m 1G -drive file=rbd:pool/image@snap:id=cinder,format=raw,cache=none';
  const text = `${command}\nqemu-kvm\n`;
  const drive = 'file=rbd:pool/image@snap:id=cinder,format=raw,cache=none';
  const outer = [drive, `-drive ${drive}`, command, text];
  const name = 'rbd:pool/image@snap:id=cinder';
  test.each<[pattern: string, expected: readonly string[]]>([
    ['cin‸der', ['cinder', 'id=cinder', name, `file=${name}`, ...outer]],
    ['i‸d=', ['id', 'id=cinder', name, `file=${name}`, ...outer]],
    ['im‸age', ['image', 'pool/image@snap', name, `file=${name}`, ...outer]],
    ['cache=no‸ne', ['none', 'cache=none', ...outer]],
    ['-dri‸ve', ['-drive', `-drive ${drive}`, command, text]],
    ['1‸G', ['1G', '-m 1G', command, text]],
    ['qemu‸-kvm -m', ['qemu-kvm', command, text]],
  ])('%s', (pattern, expected) =>
    expect(grown(COMMAND, text.replace(pattern.replace('‸', ''), pattern))).toEqual(expected),
  );

  test('quotes are a step of their own', () => {
    const word = '"file=rbd:p/i,cache=none"';
    expect(grown(SCRIPT, `qemu-kvm -drive ${word.replace('none', 'no‸ne')}\n`)).toEqual([
      'none',
      'cache=none',
      'file=rbd:p/i,cache=none',
      word,
      `-drive ${word}`,
      `qemu-kvm -drive ${word}`,
      `qemu-kvm -drive ${word}\n`,
    ]);
  });

  test('members of JSON', () => {
    const json = `'{"driver":"rbd","pool":"p","image":"i","cache":{"direct":true}}'`;
    const spans = grown(SCRIPT, `qemu-kvm -blockdev ${json.replace('true', 'tr‸ue')}\n`);
    expect(spans.slice(0, 2)).toEqual(['true', '"direct":true']);
    expect(spans).toContain(json);
  });
});

test('outside of everything there is the text, even an empty one', () => {
  expect(grown(COMMAND, '‸')).toEqual(['']);
  expect(grown(SCRIPT, 'ec‸ho\n')).toEqual(['echo\n']);
});
