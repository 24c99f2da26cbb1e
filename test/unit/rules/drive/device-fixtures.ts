/** Drive strings as this QEMU reads them: what is found, by rule. Options that belong to the device. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const DEVICE_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-option-removed': [
    {
      about: 'several belong together',
      pairs: ['3.1 14.2', NEW],
      text: 'kvm -drive ⟦cyls⟧=100,⟦heads⟧=16,file=rbd:p/i,⟦secs⟧=63,if=none,id=d,format=raw,⟦trans⟧=lba -device ide-hd,drive=d',
      finds: ['cyls', 'heads', 'secs', 'trans'].map((key) => ({
        severity: 'error' as const,
        says: [`\`${key}=\` was removed in QEMU 3.1`],
        fixes: {
          'Move cyls=, heads=, secs=, trans= to the -device':
            'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device ide-hd,drive=d,cyls=100,heads=16,secs=63,bios-chs-trans=lba',
        },
      })),
    },
    {
      about: 'a disk without a -device of its own gets one',
      pairs: ['3.1 14.2', NEW],
      script: true,
      text: 'kvm -drive "file=rbd:$pool/i,if=virtio,format=raw,⟦serial⟧=abc,⟦addr⟧=0x7" -m 1G',
      finds: ['serial', 'addr'].map(() => ({
        severity: 'error' as const,
        fixes: {
          'Write a -device for this drive, with serial=, addr=':
            'kvm -drive "file=rbd:$pool/i,if=none,id=drive1,format=raw" -device virtio-blk-pci,drive=drive1,serial=abc,addr=0x7 -m 1G',
        },
      })),
    },
    {
      about: 'a -device in JSON',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d,format=raw,⟦serial⟧=abc -device \'{"driver":"virtio-blk-pci","drive":"d"}\'',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Move serial= to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device \'{"driver":"virtio-blk-pci","drive":"d","serial":"abc"}\'',
          },
        },
      ],
    },
    {
      about: 'what the device never looked at; two devices that claim one drive',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d,format=raw,⟦trans⟧=auto -device virtio-blk-pci,drive=d -drive file=rbd:p/j,if=none,id=e,format=raw,⟦serial⟧=a -device virtio-blk-pci,drive=e -device virtio-blk-pci,drive=e',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Delete trans=':
              'kvm -drive file=rbd:p/i,if=none,id=d,format=raw -device virtio-blk-pci,drive=d -drive file=rbd:p/j,if=none,id=e,format=raw,serial=a -device virtio-blk-pci,drive=e -device virtio-blk-pci,drive=e',
          },
        },
        { severity: 'error' },
      ],
    },
    {
      about: 'removed, across to the device',
      pairs: ['3.1 14.2', NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc-1 -device virtio-blk-pci,drive=d1',
      finds: [
        {
          severity: 'error',
          says: ['removed in QEMU 3.1'],
          fixes: {
            'Move serial= to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc-1',
          },
        },
      ],
    },
    {
      about: 'the device says it already',
      pairs: [NEW],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc -device virtio-blk-pci,drive=d1,serial=abc',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Delete serial=: the -device says it already':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc',
          },
        },
      ],
    },
    {
      about: 'deprecated',
      pairs: ['2.12 12.2'],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,⟦serial⟧=abc -device virtio-blk-pci,drive=d1',
      finds: [
        {
          severity: 'warning',
          tags: ['deprecated'],
          fixes: {
            'Move serial= to the -device':
              'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=abc',
          },
        },
      ],
    },
    {
      about: 'boot',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,⟦boot⟧=on,format=raw',
      finds: [
        {
          severity: 'warning',
          says: ['ignored'],
          fixes: { 'Delete boot=': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'before, and what still works',
      pairs: ['2.2 0.87', '2.9 12.2'],
      text: 'kvm -drive file=rbd:p/i,if=none,id=d1,format=raw,serial=abc,readonly=on -device virtio-blk-pci,drive=d1',
      finds: [],
    },
  ],
};
