/** Drive strings as this QEMU reads them: what is found, by rule. Values of the options of the drive. */
import type { CommandFixture } from '../command-harness.js';

const NEW = '10.0 18.2';

export const VALUE_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'drive-bad-value': [
    {
      about: 'the beginning of a word',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,media=⟦cd⟧',
      finds: [{ severity: 'error', fixes: { 'Write media=cdrom': 'kvm -drive file=rbd:p/i,format=raw,media=cdrom' } }],
    },
    {
      about: 'a misspelt word of a node, in JSON',
      pairs: [NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","discard":⟦"unmpa"⟧}\'',
      finds: [
        {
          severity: 'error',
          says: ['`ignore`, `unmap`'],
          fixes: {
            'Write discard=unmap':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","discard":"unmap"}\'',
          },
        },
      ],
    },
    {
      about: 'a misspelt word',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,if=⟦virtoi⟧',
      finds: [
        {
          severity: 'error',
          says: ["unsupported bus type 'virtoi'", '`virtio`'],
          fixes: { 'Write if=virtio': 'kvm -drive file=rbd:p/i,format=raw,if=virtio' },
        },
      ],
    },
    {
      about: 'a value of later releases',
      pairs: ['4.2 14.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,aio=⟦io_uring⟧',
      finds: [{ severity: 'error', says: ['came with QEMU 5.0'] }],
    },
    {
      about: 'an unknown format',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=⟦rwa⟧',
      finds: [
        {
          severity: 'error',
          fixes: { 'Write format=raw': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'good ones, variables',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i,format=raw,if=virtio,werror=enospc,rerror=stop,discard=unmap\nkvm -drive file=rbd:p/i,format=$f,if=$if',
      finds: [],
    },
  ],
  'drive-format-rbd-flushes': [
    {
      about: 'driver=rbd',
      pairs: ['2.0 0.80.11', '2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,⟦driver=rbd⟧,cache=none',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Write format=raw': 'kvm -drive file=rbd:p/i,format=raw,cache=none' },
        },
      ],
    },
    {
      about: 'format=rbd',
      pairs: ['1.6 0.80.11', '2.2 0.87', '2.3 12.2'],
      text: 'kvm -drive file=rbd:p/i,⟦format=rbd⟧,cache=writeback',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Write format=raw': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback' },
        },
      ],
    },
    {
      about: 'from 2.4 on, in write-through, with raw',
      pairs: ['2.4 0.87', NEW, '1.5 0.80.11'],
      text: 'kvm -drive file=rbd:p/i,format=rbd,cache=writeback',
      finds: [],
    },
    {
      about: 'write-through flushes anyhow',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,format=rbd,cache=writethrough',
      finds: [],
    },
  ],
  'drive-format-probed': [
    {
      about: 'behind a comma that stands there already',
      pairs: [NEW],
      text: 'kvm -drive file=⟦rbd:p/i⟧,',
      finds: [{ severity: 'warning', fixes: { 'Add format=raw': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'described by members',
      pairs: ['2.9 12.2', NEW],
      text: 'kvm -drive ⟦file.driver=rbd⟧,file.pool=p,file.image=i,if=virtio',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Add format=raw': 'kvm -drive file.driver=rbd,file.pool=p,file.image=i,if=virtio,format=raw',
          },
        },
      ],
    },
    {
      about: 'a name alone, and the second disk, in a script',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -hdb "⟦rbd:$pool/i⟧" \'⟦rbd:p/k⟧\'',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Use -drive file=…,format=raw': 'kvm -drive "file=rbd:$pool/i,format=raw,index=1,media=disk" \'rbd:p/k\'',
          },
        },
        {
          severity: 'warning',
          fixes: {
            'Use -drive file=…,format=raw':
              'kvm -hdb "rbd:$pool/i" -drive \'file=rbd:p/k,format=raw,index=0,media=disk\'',
          },
        },
      ],
    },
    {
      about: 'no format',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=⟦rbd:p/i:id=x⟧,if=virtio',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Add format=raw': 'kvm -drive file=rbd:p/i:id=x,if=virtio,format=raw' },
        },
      ],
    },
    {
      about: 'a disk by its name alone',
      pairs: [NEW],
      text: 'kvm -hda ⟦rbd:p/i⟧',
      finds: [
        {
          severity: 'warning',
          says: ['-drive file='],
          fixes: { 'Use -drive file=…,format=raw': 'kvm -drive file=rbd:p/i,format=raw,index=0,media=disk' },
        },
      ],
    },
    {
      about: 'in quotes',
      pairs: [NEW],
      script: true,
      text: 'kvm -drive "file=⟦rbd:$pool/i⟧"',
      finds: [{ severity: 'warning', fixes: { 'Add format=raw': 'kvm -drive "file=rbd:$pool/i,format=raw"' } }],
    },
    {
      about: 'a format, a driver, a guest that cannot write',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw -drive file=rbd:p/j,driver=raw -drive file=rbd:p/iso,media=cdrom -drive file=rbd:p/k,readonly=on -cdrom rbd:p/c',
      finds: [],
    },
  ],
  'drive-cache-mixed': [
    {
      about: 'the switches say more than any mode',
      pairs: [NEW],
      text: 'kvm -drive cache.no-flush=on,cache.direct=on,⟦cache=writethrough⟧,file=rbd:p/i,format=raw',
      finds: [{ severity: 'warning', says: ['Keep one form'], related: ['cache.no-flush=on'] }],
    },
    {
      about: 'the switch wins',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦cache=none⟧,cache.direct=off',
      finds: [
        {
          severity: 'warning',
          says: ['`writeback`'],
          related: ['cache.direct=off'],
          fixes: {
            'Write cache=writeback alone': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback',
            'Delete cache=none': 'kvm -drive file=rbd:p/i,format=raw,cache.direct=off',
          },
        },
      ],
    },
    {
      about: 'one form',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=none -drive file=rbd:p/j,id=d2,format=raw,cache.direct=on',
      finds: [],
    },
  ],
  'drive-aio-ignored': [
    {
      about: 'a value that this QEMU knows',
      pairs: ['2.2 0.87', NEW],
      text: 'kvm -drive file=rbd:p/i,⟦aio=native⟧,format=raw',
      finds: [
        {
          severity: 'information',
          tags: ['unnecessary'],
          fixes: { 'Delete aio=': 'kvm -drive file=rbd:p/i,format=raw' },
        },
      ],
    },
    {
      about: 'in front of all',
      pairs: [NEW],
      text: 'kvm -drive ⟦aio=threads⟧,file=rbd:p/i,format=raw',
      finds: [{ severity: 'information', fixes: { 'Delete aio=': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'a local file, and a value that is refused',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=/x.img,format=raw,aio=native -drive file=rbd:p/i,format=raw,aio=io_uring',
      finds: [],
    },
  ],
  'drive-detect-zeroes': [
    {
      about: 'refused',
      pairs: ['2.2 0.87', '2.6 10.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=⟦unmap⟧',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Set discard=unmap': 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=unmap,discard=unmap',
            'Set detect-zeroes=on': 'kvm -drive file=rbd:p/i,format=raw,detect-zeroes=on',
          },
        },
      ],
    },
    {
      about: 'without effect',
      pairs: ['2.8 10.2', NEW],
      text: 'kvm -drive file=rbd:p/i,format=raw,discard=ignore,⟦detect-zeroes=unmap⟧',
      finds: [
        {
          severity: 'information',
          fixes: {
            'Set discard=unmap': 'kvm -drive file=rbd:p/i,format=raw,discard=unmap,detect-zeroes=unmap',
            'Set detect-zeroes=on': 'kvm -drive file=rbd:p/i,format=raw,discard=ignore,detect-zeroes=on',
          },
        },
      ],
    },
    {
      about: 'in a node, in JSON and in words',
      pairs: [NEW],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":⟦"unmap"⟧}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=⟦unmap⟧',
      finds: [
        {
          severity: 'error',
          fixes: {
            'Set discard=unmap':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"unmap","discard":"unmap"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=unmap',
            'Set detect-zeroes=on':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"on"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=unmap',
          },
        },
        {
          severity: 'error',
          fixes: {
            'Set discard=unmap':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"unmap"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=unmap,discard=unmap',
            'Set detect-zeroes=on':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"n","detect-zeroes":"unmap"}\' -blockdev driver=rbd,pool=p,image=j,node-name=m,detect-zeroes=on',
          },
        },
      ],
    },
    {
      about: 'both, or a variable',
      pairs: ['2.2 0.87', NEW],
      script: true,
      text: 'kvm -drive file=rbd:p/i,format=raw,discard=unmap,detect-zeroes=unmap\nkvm -drive file=rbd:p/i,format=raw,discard=$d,detect-zeroes=unmap',
      finds: [],
    },
  ],
};
