import { describe, expect, test } from 'vitest';
import { cephRelease, qemuRelease } from '../../server/src/catalog/releases.js';
import { pairText, releaseName, releaseText } from '../../server/src/features/releases.js';
import { directivesIn } from '../../server/src/syntax/directives.js';
import { releasesInComment, releasesInForce } from '../../server/src/workspace/releases-in-force.js';

describe('the strongest statement counts, member by member', () => {
  test.each([
    ['nobody', {}, 'assumed', 'assumed', 'QEMU 11.1 (assumed) and librbd 20.2 (assumed)'],
    ['a setting', { setting: { qemu: '2.2', librbd: '0.87' } }, 'setting', 'setting', 'QEMU 2.2 and librbd 0.87'],
    [
      'a setting for one, the file for the other',
      { setting: { qemu: '2.2', librbd: '0.87' }, comment: { librbd: 'Nautilus' } },
      'setting',
      'comment',
      'QEMU 2.2 and librbd 14.2.22',
    ],
    [
      'all of them',
      {
        comment: { qemu: '1.2' },
        'command-line': { qemu: '2.2' },
        'rc-file': { qemu: '2.4' },
        setting: { qemu: '4.2' },
      },
      'comment',
      'assumed',
      'QEMU 1.2 and librbd 20.2 (assumed)',
    ],
    [
      'one that cannot be read is passed over',
      { comment: { qemu: 'x' }, 'rc-file': { qemu: '2.4' } },
      'rc-file',
      'assumed',
      'QEMU 2.4 and librbd 20.2 (assumed)',
    ],
    [
      'Proxmox',
      { setting: { qemu: '9.2', librbd: '18.2', vendor: 'proxmox' } },
      'setting',
      'setting',
      'QEMU 9.2 by Proxmox and librbd 18.2',
    ],
  ] as const)('%s', (_, said, qemu, librbd, text) => {
    const found = releasesInForce(said);
    expect([found.sources.qemu, found.sources.librbd, pairText(found)]).toEqual([qemu, librbd, text]);
    expect(found.assumed).toBe(qemu === 'assumed' || librbd === ('assumed' as string));
  });

  test('what cannot be read is named', () => {
    const { problems } = releasesInForce({ comment: { qemu: 'x', vendor: 'suse' }, setting: { librbd: '?' } });
    expect(problems).toEqual([
      'the comment in the file: qemu “x” is no version of QEMU',
      'the setting: librbd “?” is no version or name of Ceph',
      'the comment in the file: vendor “suse” is none of upstream, proxmox',
    ]);
  });
});

describe('a release in words says how it was taken', () => {
  test.each([
    ['2.2', 'QEMU 2.2'],
    ['v7.2.22', 'QEMU 7.2.22'],
    ['1:7.2+dfsg-7+deb12u13', 'QEMU 7.2'],
    ['12.4', 'QEMU 12.4 (newer than the data, taken as 11.1)'],
    ['0.12', 'QEMU 0.12 (older than the data, taken as 0.14)'],
    ['3.2', 'QEMU 3.2 (between two known releases, counts as 3.1)'],
  ])('QEMU %s', (written, text) => {
    const release = qemuRelease(written);
    expect(release && releaseText(release)).toBe(text);
  });

  test.each([
    ['0.87', 'librbd 0.87'],
    ['Giant', 'librbd 0.87.2'],
    ['14.2.21', 'librbd 14.2.21'],
    ['16.2.15+ds-0+deb12u1', 'librbd 16.2.15'],
  ])('Ceph %s', (written, text) => {
    const release = cephRelease(written);
    expect(release && releaseName(release)).toBe(text);
  });
});

test.each([
  ['# rbdcache: qemu=2.2 librbd=0.87', { qemu: '2.2', librbd: '0.87' }],
  ['qemu-kvm \\\n  #rbdcache:librbd=Reef , vendor=proxmox', { librbd: 'Reef', vendor: 'proxmox' }],
  ['# rbdcache: qemu = "1:7.2+dfsg-7"', { qemu: '1:7.2+dfsg-7' }],
  ['# rbdcache: qemu=2.2\n# rbdcache: qemu=4.2', { qemu: '2.2' }],
  ['# rbdcache-disable qemu=2.2', {}],
  ['rbdcache: qemu=2.2', {}],
  ['', {}],
])('the comment %j', (text, choices) => {
  expect(releasesInComment(directivesIn(text))).toEqual(choices);
});
