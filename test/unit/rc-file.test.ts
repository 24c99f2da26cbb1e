import { describe, expect, test } from 'vitest';
import { parseRcFile } from '../../server/src/workspace/rc-file.js';

const isRule = (id: string): boolean => id === 'until-flush-off' || id === 'conf-syntax';

function parse(...lines: string[]) {
  return parseRcFile(lines.join('\n'), isRule);
}

test('everything that it knows', () => {
  const { config, problems } = parse(
    '; what runs on compute1',
    '[releases]',
    'qemu = 2.2',
    'librbd=Giant',
    'vendor = Proxmox',
    '[files]',
    'root = ./compute1',
    'ceph_conf = /etc/ceph/west.conf',
    '[severity]',
    'until-flush-off = error',
    'conf-syntax = off',
    '[options]',
    'allow = site_tier, mytool_*',
  );
  expect(problems).toEqual([]);
  expect(config).toEqual({
    releases: { qemu: '2.2', librbd: 'Giant', vendor: 'proxmox' },
    files: { root: './compute1', cephConf: '/etc/ceph/west.conf' },
    severity: new Map([
      ['until-flush-off', 'error'],
      ['conf-syntax', 'off'],
    ]),
    allowedOptions: ['site_tier', 'mytool_*'],
    environment: new Map(),
    cluster: { monitors: undefined, pools: new Map(), images: new Map() },
  });
});

describe('what cannot be taken is named, and the rest counts', () => {
  test.each([
    [
      'a version without a number',
      ['[releases]', 'qemu = new', 'librbd = 14.2'],
      [2, 'qemu must be a version of QEMU, not "new"'],
    ],
    [
      'a list with nothing between two commas',
      ['[releases]', 'librbd = 14.2', '[options]', 'allow = a,, b'],
      [4, 'allow must be a list of names with commas between them, not "a,, b"'],
    ],
    [
      'a switch without a value',
      ['[releases]', 'librbd = 14.2', 'qemu'],
      [3, 'qemu must be a version of QEMU, not true'],
    ],
    [
      'an unknown vendor',
      ['[releases]', 'vendor = debian', 'librbd = 14.2'],
      [2, 'vendor must be one of upstream, proxmox, not "debian"'],
    ],
    [
      'an unknown key',
      ['[releases]', 'librbd = 14.2', 'libvirt = 9'],
      [3, 'there is no “libvirt” in [releases]; known: qemu, librbd, vendor'],
    ],
    [
      'an unknown section',
      ['[releases]', 'librbd = 14.2', '[rules]', 'x = 1'],
      [
        4,
        'there is no section [rules]; known: [releases], [files], [severity], [options], [environment], [cluster], [pools], [images]',
      ],
    ],
    [
      'a key outside of sections',
      ['qemu = 2.2', '[releases]', 'librbd = 14.2'],
      [
        1,
        'a key outside of any section; known: [releases], [files], [severity], [options], [environment], [cluster], [pools], [images]',
      ],
    ],
    [
      'an unknown rule',
      ['[releases]', 'librbd = 14.2', '[severity]', 'nothing = off'],
      [4, 'there is no rule “nothing”'],
    ],
    [
      'an unknown severity',
      ['[releases]', 'librbd = 14.2', '[severity]', 'conf-syntax = loud'],
      [4, 'the severity of conf-syntax must be one of error, warning, information, hint, off, not "loud"'],
    ],
    ['a list', ['[releases]', 'librbd = 14.2', 'qemu[] = 2.2'], [null, 'qemu must be a version of QEMU, not ["2.2"]']],
  ])('%s', (_, lines, [line, message]) => {
    const { config, problems } = parse(...lines);
    expect(problems.map(({ message: found }) => found)).toEqual([message]);
    if (line !== null) expect(problems[0]?.line).toBe(line);
    expect(config.releases.librbd).toBe('14.2');
    expect(config.releases.qemu).toBeUndefined();
  });
});

test.each([
  '',
  '\uFEFF',
  '[',
  '[]',
  ']=[',
  '[releases]\n[releases]',
  '\0\0=\0',
  '[__proto__]\nqemu=1',
  'constructor = 1',
])('nothing throws: %j', (text) => {
  expect(parseRcFile(text).config.releases).toEqual({ qemu: undefined, librbd: undefined, vendor: undefined });
});

test('a name that is a key and a section', () => {
  const { problems } = parse('releases = 1', '[releases]', 'qemu = 2.2');
  expect(problems.length).toBeGreaterThan(0);
});
