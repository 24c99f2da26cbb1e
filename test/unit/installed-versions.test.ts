import { describe, expect, test } from 'vitest';
import { programsToAsk, versionIn } from '../../client/src/installed-versions.js';

describe('what programs say of their version', () => {
  test.each([
    [
      'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\nCopyright (c) 2003-2022',
      'qemu',
      '7.2.22',
      'upstream',
    ],
    ['QEMU emulator version 9.2.0 (pve-qemu-kvm_9.2.0-5)', 'qemu', '9.2.0', 'proxmox'],
    ['QEMU PC emulator version 0.15.1 (qemu-kvm-0.15.1)', 'qemu', '0.15.1', 'upstream'],
    ['QEMU emulator version 2.12.0 (qemu-kvm-ev-2.12.0-44.1.el7_8.1)', 'qemu', '2.12.0', 'upstream'],
    [
      'ceph version 16.2.15 (618f440892089921c3e944a991122ddc44e60516) pacific (stable)',
      'librbd',
      '16.2.15',
      'upstream',
    ],
    ['ceph version 0.94.10 (b1e0532418e4631af01acbc0cedd426f1905f4af)', 'librbd', '0.94.10', 'upstream'],
  ])('%s', (output, program, version, vendor) => {
    expect(versionIn(output, '/usr/bin/x')).toEqual({ program, version, vendor, path: '/usr/bin/x' });
  });
  test.each(['', 'command not found', 'version 7.2'])('%j says nothing', (output) => {
    expect(versionIn(output, '/usr/bin/x')).toBeUndefined();
  });
});

test('the machine’s own emulator is asked first, each name once, and rbd last', () => {
  const names = new Map([
    ['/usr/bin', ['qemu-system-arm', 'qemu-img', 'qemu-system-x86_64', 'qemu-system-ppc', 'rbd', 'kvm']],
    ['/bin', ['qemu-system-x86_64', 'rbd']],
    ['/usr/libexec', ['qemu-kvm']],
  ]);
  expect(programsToAsk(names, 'x86_64')).toEqual([
    '/usr/bin/qemu-system-x86_64',
    '/usr/bin/kvm',
    '/usr/libexec/qemu-kvm',
    '/usr/bin/rbd',
  ]);
});
