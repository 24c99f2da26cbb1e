/** Who wins, and what it costs: what is found, by rule. */
import type { CommandFixture } from '../command-harness.js';

const OLD = ['2.2 0.87', '2.2 0.80.11', '1.2 0.56.7', '2.3 12.2'];
const OVERRIDDEN = ['2.4 0.87', '4.2 12.2', '2.2 14.2', '10.0 18.2'];
const DRIVE = 'file=rbd:volumes/v1,if=none,id=d1,format=raw';

export const CACHE_FIXTURES: Readonly<Record<string, readonly CommandFixture[]>> = {
  'cache-overrides-drive': [
    {
      about: 'the file turns on what cache=none turned off',
      pairs: OLD,
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\n⟦rbd cache = true⟧\n',
      finds: [
        {
          severity: 'warning',
          says: ['`cache=none`', 'd1 (volumes/v1)', 'RBDCache is on'],
          related: ['cache=none'],
          fixes: {
            'Set cache=writeback on d1 (volumes/v1)': `kvm -drive ${DRIVE},cache=writeback`,
            'Set rbd cache = false here, as the drive says': '[global]\nrbd cache = false\n',
          },
        },
      ],
    },
    {
      about: 'the file turns off what the default mode turned on',
      pairs: ['2.2 0.87'],
      script: true,
      text: `qemu-system-x86_64 -drive '${DRIVE}'`,
      conf: '[client]\n⟦rbd_cache = 0⟧\n',
      finds: [
        {
          severity: 'warning',
          says: ['the default mode writeback', 'RBDCache is off'],
          fixes: {
            'Set cache=none on d1 (volumes/v1)': `qemu-system-x86_64 -drive '${DRIVE},cache=none'`,
            'Set rbd cache = true here, as the drive says': '[client]\nrbd_cache = true\n',
          },
        },
      ],
    },
    {
      about: 'two drives, of which one agrees: neither side has one answer',
      pairs: ['2.2 0.87'],
      text: `kvm -drive ${DRIVE},cache=none -drive file=rbd:volumes/v2,id=d2,if=none,format=raw,cache=writeback`,
      conf: '[global]\n⟦rbd cache = true⟧\n',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set cache=writeback on d1 (volumes/v1)': `kvm -drive ${DRIVE},cache=writeback -drive file=rbd:volumes/v2,id=d2,if=none,format=raw,cache=writeback`,
          },
        },
      ],
    },
    {
      about: 'both say the same',
      pairs: OLD,
      text: `kvm -drive ${DRIVE},cache=writeback`,
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
    {
      about: 'releases in which the mode wins, or says nothing',
      pairs: [...OVERRIDDEN, '1.1 0.56.7'],
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
  ],
  'cache-overridden-by-drive': [
    {
      about: 'the mode wins',
      pairs: OVERRIDDEN,
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\n⟦rbd cache = true⟧\nlog file = /x\n',
      finds: [
        {
          severity: 'information',
          says: ['d1 (volumes/v1)', '`cache=none`'],
          tags: ['unnecessary'],
          related: ['cache=none'],
          fixes: {
            'Set cache=writeback on d1 (volumes/v1)': `kvm -drive ${DRIVE},cache=writeback`,
            'Delete line 2 (other programs read this file too)': '[global]\nlog file = /x\n',
          },
        },
      ],
    },
    {
      about: 'librbd 13 and later rank what QEMU sets above any file',
      pairs: ['2.2 14.2'],
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\n⟦rbd cache = true⟧\n',
      finds: [
        {
          severity: 'information',
          says: ['outranks any file'],
          fixes: {
            'Set cache=writeback on d1 (volumes/v1)': `kvm -drive ${DRIVE},cache=writeback`,
            'Delete line 2 (other programs read this file too)': '[global]\n',
          },
        },
      ],
    },
    {
      about: 'two drives that both differ',
      pairs: ['10.0 18.2'],
      text: `kvm -drive ${DRIVE} -drive file=rbd:volumes/v2,id=d2,if=none,format=raw,cache=writeback`,
      conf: '[client]\n⟦rbd cache = false⟧\n',
      finds: [
        {
          severity: 'information',
          says: ['2 of the drives'],
          fixes: {
            'Set cache=none on 2 drives': `kvm -drive ${DRIVE},cache=none -drive file=rbd:volumes/v2,id=d2,if=none,format=raw,cache=none`,
            'Delete line 2 (other programs read this file too)': '[client]\n',
          },
        },
      ],
    },
    {
      about: 'both say the same: dimmed only',
      pairs: OVERRIDDEN,
      text: `kvm -drive ${DRIVE},cache=writeback`,
      conf: '[global]\n⟦rbd cache = true⟧\n',
      finds: [
        {
          severity: 'hint',
          says: ['Both say the same'],
          tags: ['unnecessary'],
          fixes: { 'Delete line 2 (other programs read this file too)': '[global]\n' },
        },
      ],
    },
    {
      about: 'releases in which the file wins',
      pairs: OLD,
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
    {
      about: 'no drive in view',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=/x.img,format=raw',
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
  ],
  'drive-rbd-cache-ignored': [
    {
      about: 'the mode is set after it',
      pairs: ['2.4 0.87', '10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i⟦:rbd_cache=false⟧:id=x,format=raw,cache=writeback'.replace('⟦:', ':⟦'),
      finds: [
        {
          severity: 'warning',
          says: ['`rbd_cache=true`', '`cache=writeback`'],
          tags: ['unnecessary'],
          fixes: {
            'Remove `rbd_cache=false`': 'kvm -drive file=rbd:p/i:id=x,format=raw,cache=writeback',
            'Remove it, and set `cache=none` instead': 'kvm -drive file=rbd:p/i:id=x,format=raw,cache=none',
          },
        },
      ],
    },
    {
      about: 'both say the same',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd cache=1⟧,format=raw'.replace('rbd cache', 'rbd_cache'),
      finds: [{ severity: 'hint', fixes: { 'Remove `rbd_cache=1`': 'kvm -drive file=rbd:p/i,format=raw' } }],
    },
    {
      about: 'before 2.4 it counts; a variable may be anything',
      pairs: ['2.2 0.87'],
      script: true,
      text: 'kvm -drive file=rbd:p/i:rbd_cache=$cache,format=raw\nkvm -drive file=rbd:p/i:rbd_cache=false,format=raw',
      finds: [],
    },
  ],
  'drive-rbd-cache-wins': [
    {
      about: 'the key is set after the mode',
      pairs: ['1.2 0.56.7', '2.3 14.2', '2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache=true⟧,format=raw,cache=none',
      finds: [
        {
          severity: 'warning',
          says: ['`cache=none`', 'RBDCache is on against the mode'],
          related: ['cache=none'],
          fixes: {
            'Remove `rbd_cache=true`': 'kvm -drive file=rbd:p/i,format=raw,cache=none',
            'Remove it, and set `cache=writeback` instead': 'kvm -drive file=rbd:p/i,format=raw,cache=writeback',
          },
        },
      ].map(({ fixes, ...rest }) => ({ ...rest, severity: 'warning' as const, fixes: { ...fixes } })),
    },
    {
      about: 'both say the same, or no mode is told to librbd',
      pairs: ['2.2 0.87', '1.1 0.48'],
      text: 'kvm -drive file=rbd:p/i:rbd_cache=true,format=raw,cache=writeback',
      finds: [],
    },
  ],
  'cache-none-disables-rbdcache': [
    {
      about: 'the file asks for RBDCache',
      pairs: OVERRIDDEN,
      text: `kvm -drive ${DRIVE},⟦cache=none⟧`,
      conf: '[global]\nrbd cache = true\n',
      finds: [
        {
          severity: 'information',
          says: ['line 2 of /etc/ceph/ceph.conf', 'the guest flushes in both modes'],
          related: ['rbd cache = true'],
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    {
      about: 'a node says it with its own switch',
      pairs: ['10.0 18.2'],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{⟦"direct":true⟧}}\' -blockdev driver=raw,file=s,node-name=f,cache.direct=on',
      conf: '[client]\nrbd cache = true\n',
      finds: [
        {
          severity: 'information',
          fixes: {
            'Turn cache.direct off':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"direct":false}}\' -blockdev driver=raw,file=s,node-name=f,cache.direct=off',
          },
        },
      ],
    },
    {
      about: 'directsync',
      pairs: ['4.2 14.2'],
      text: `kvm -drive ${DRIVE},⟦cache=directsync⟧`,
      conf: '[global]\nrbd cache = true\n',
      finds: [
        {
          severity: 'information',
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    {
      about: 'the file does not ask for it, or wins',
      pairs: ['10.0 18.2', '2.2 0.87'],
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\nlog file = x\n',
      finds: [],
    },
    {
      about: 'the file wins',
      pairs: ['2.2 0.87'],
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
  ],
  'cache-unsafe': [
    {
      about: 'write-back from the start, and no flush ever',
      pairs: ['2.2 0.80.11', '10.0 18.2'],
      text: `kvm -drive ${DRIVE},⟦cache=unsafe⟧`,
      conf: '[client]\nrbd cache = true\nrbd cache writethrough until flush = false\n',
      finds: [
        {
          severity: 'warning',
          says: ['a crash loses data that the guest flushed'],
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    {
      about: 'until-flush keeps it in write-through for good',
      pairs: ['2.2 0.87', '10.0 18.2'],
      text: `kvm -drive ${DRIVE},⟦cache=unsafe⟧`,
      finds: [
        {
          severity: 'information',
          says: ['stays there for good'],
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    {
      about: 'a switch of a node, in JSON and in words',
      pairs: ['10.0 18.2'],
      text: 'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{⟦"no-flush":true⟧}}\' -drive file=rbd:p/j,format=raw,⟦cache.no-flush=on⟧',
      finds: [
        {
          severity: 'information',
          fixes: {
            'Turn no-flush off':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"no-flush":false}}\' -drive file=rbd:p/j,format=raw,cache.no-flush=on',
          },
        },
        {
          severity: 'information',
          fixes: {
            'Turn no-flush off':
              'kvm -blockdev \'{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"no-flush":true}}\' -drive file=rbd:p/j,format=raw,cache.no-flush=off',
          },
        },
      ],
    },
    {
      about: 'Proxmox has no write-through until the first flush',
      pairs: ['10.0 18.2'],
      vendor: 'proxmox',
      text: `kvm -drive ${DRIVE},⟦cache=unsafe⟧`,
      finds: [{ severity: 'warning', fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` } }],
    },
    {
      about: 'without RBDCache there is nothing to flush; a temporary snapshot is not written to the image; a variable',
      pairs: ['2.2 0.87'],
      script: true,
      conf: '[global]\nrbd cache = false\n',
      text: `kvm -drive ${DRIVE},cache=unsafe\nkvm -drive file=rbd:p/i,format=raw,cache=none,snapshot=on\nkvm -drive ${DRIVE},cache=$mode`,
      finds: [],
    },
    {
      about: 'a temporary snapshot',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=none,snapshot=on',
      finds: [],
    },
  ],
  'cache-unsafe-by-default': [
    {
      about: '1.6.0 without cache=',
      pairs: ['1.6 0.80.11', '1.6.0 0.80.11'],
      text: `kvm -drive ⟦${DRIVE}⟧`,
      conf: '[global]\nrbd cache = true\n',
      finds: [
        {
          severity: 'warning',
          says: ['takes an absent `cache=` as `unsafe` by mistake'],
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    {
      about: 'a bare 1.6 is taken as 1.6.0, and told so',
      pairs: ['1.6 0.87'],
      text: `kvm -drive ⟦${DRIVE}⟧`,
      finds: [
        {
          severity: 'information',
          says: ['taken as exactly 1.6.0'],
          fixes: { 'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback` },
        },
      ],
    },
    { about: 'other releases', pairs: ['1.6.1 0.87', '1.5 0.87', '1.7 0.87'], text: `kvm -drive ${DRIVE}`, finds: [] },
    { about: 'a mode is stated', pairs: ['1.6 0.87'], text: `kvm -drive ${DRIVE},cache=writeback`, finds: [] },
  ],
  'writethrough-loses-writes': [
    {
      about: 'the default mode with RBDCache on',
      pairs: ['1.1 0.48', '1.0 0.56.7'],
      text: `kvm -drive ⟦${DRIVE}⟧`,
      conf: '[global]\nrbd cache = true\n',
      finds: [
        {
          severity: 'error',
          says: ['a crash loses writes', 'line 2 of /etc/ceph/ceph.conf'],
          related: ['rbd cache = true'],
          fixes: {
            'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback`,
            'Set rbd cache = false in the file': '[global]\nrbd cache = false\n',
          },
        },
      ],
    },
    {
      about: 'until-flush keeps it in write-through',
      pairs: ['1.1 0.87'],
      text: `kvm -drive ${DRIVE},⟦cache=directsync⟧`,
      conf: '[global]\nrbd cache = true\nrbd cache writethrough until flush = true\n',
      finds: [
        {
          severity: 'information',
          says: ['keeps the writes safe'],
          fixes: {
            'Set cache=writeback': `kvm -drive ${DRIVE},cache=writeback`,
            'Set rbd cache = false in the file':
              '[global]\nrbd cache = false\nrbd cache writethrough until flush = true\n',
          },
        },
      ],
    },
    {
      about: 'from 1.2 on QEMU flushes after each write',
      pairs: ['1.2 0.56.7', '10.0 18.2'],
      text: `kvm -drive ${DRIVE},cache=writethrough`,
      conf: '[global]\nrbd cache = true\n',
      finds: [],
    },
    {
      about: 'without RBDCache, or in write-back',
      pairs: ['1.1 0.56.7'],
      text: `kvm -drive ${DRIVE} -drive file=rbd:p/i,id=d2,format=raw,cache=writeback`,
      finds: [],
    },
  ],
  'until-flush-off': [
    {
      about: 'the file turns it off',
      pairs: ['2.2 0.87', '10.0 18.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache = true\n⟦rbd cache writethrough until flush = false⟧\n',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set it to true': '[client]\nrbd cache = true\nrbd cache writethrough until flush = true\n',
            'Delete the line (other programs read this file too)': '[client]\nrbd cache = true\n',
          },
        },
      ],
    },
    {
      about: 'the drive turns it off',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_writethrough_until_flush=false⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set it to true': 'kvm -drive file=rbd:p/i:rbd_cache_writethrough_until_flush=true,format=raw',
            'Remove it from the drive': 'kvm -drive file=rbd:p/i,format=raw',
          },
        },
      ],
    },
    {
      about: "the release's default",
      pairs: ['2.2 0.80.11'],
      text: `kvm -drive ⟦${DRIVE}⟧`,
      finds: [{ severity: 'information', says: ['off by default'] }],
    },
    {
      about: "Proxmox's QEMU",
      pairs: ['10.0 18.2'],
      vendor: 'proxmox',
      text: `kvm -drive ⟦${DRIVE}⟧`,
      finds: [{ severity: 'information', says: ["Proxmox's QEMU 10.0"] }],
    },
    {
      about: 'QEMU flushes after each write, or RBDCache is off',
      pairs: ['10.0 18.2'],
      text: `kvm -drive ${DRIVE},cache=writethrough -drive file=rbd:p/i,id=d2,format=raw,cache=none`,
      conf: '[client]\nrbd cache writethrough until flush = false\n',
      finds: [],
    },
  ],
  'until-flush-unknown': [
    {
      about: 'before 0.56.5 there is none',
      pairs: ['2.2 0.48', '1.2 0.56.4'],
      text: `kvm -drive ⟦${DRIVE},cache=writeback⟧`,
      finds: [{ severity: 'information', says: ['0.56.5'] }],
    },
    { about: 'later ones', pairs: ['2.2 0.56.7', '10.0 18.2'], text: `kvm -drive ${DRIVE}`, finds: [] },
    { about: 'without RBDCache', pairs: ['2.2 0.48'], text: `kvm -drive ${DRIVE},cache=none`, finds: [] },
  ],
  'snapshot-on-enables-cache': [
    {
      about: 'its own word, and the flag for all drives',
      pairs: ['1.5 0.87', '2.5 0.87'],
      text: 'kvm -drive file=rbd:p/i,format=raw,⟦cache=none⟧,snapshot=on',
      finds: [{ severity: 'information', related: ['snapshot=on'], says: ['RBDCache is on'] }],
    },
    {
      about: 'the flag for all drives',
      pairs: ['2.2 0.87'],
      text: 'kvm -snapshot -drive file=rbd:p/i,format=raw,⟦cache=directsync⟧',
      finds: [{ severity: 'information', related: ['-snapshot'] }],
    },
    {
      about: 'from 2.6 on the image keeps its mode',
      pairs: ['2.6 0.87', '10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=none,snapshot=on',
      finds: [],
    },
    {
      about: 'a mode with cache, or no snapshot',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i,format=raw,cache=writeback,snapshot=on -drive file=rbd:p/j,format=raw,cache=none,snapshot=off',
      finds: [],
    },
  ],
  'json-cache-ignored': [
    {
      about: 'a cache object at the top',
      pairs: ['2.9 12.2', '10.0 18.2'],
      script: true,
      text: `kvm -drive 'file=json:{"driver":"raw",,"cache":{⟦"direct":true⟧},,"file":{"driver":"rbd",,"filename":"rbd:p/i"}}'`.replace(
        '"filename":"rbd:p/i"',
        '"pool":"p",,"image":"i"',
      ),
      finds: [
        {
          severity: 'warning',
          says: ['`cache=none`'],
          tags: ['unnecessary'],
          fixes: {
            'Set cache=none on the drive': `kvm -drive 'file=json:{"driver":"raw",,"cache":{"direct":true},,"file":{"driver":"rbd",,"pool":"p",,"image":"i"}},cache=none'`,
          },
        },
      ],
    },
    {
      about: 'the child is listened to; the drive says the same',
      pairs: ['10.0 18.2'],
      script: true,
      text:
        `kvm -drive 'file=json:{"driver":"raw",,"file":{"driver":"rbd",,"pool":"p",,"image":"i",,"cache":{"direct":true}}}'\n` +
        `kvm -drive 'file=json:{"driver":"raw",,"cache":{"direct":true},,"file":{"driver":"rbd",,"pool":"p",,"image":"i"}},cache=none'`,
      finds: [],
    },
  ],
  'node-cache-not-inherited': [
    {
      about: 'in words',
      pairs: ['2.9 12.2', '10.0 18.2'],
      text: 'kvm -blockdev driver=rbd,pool=p,image=i,node-name=s -blockdev driver=raw,file=s,node-name=f,⟦cache.direct=on⟧',
      finds: [
        {
          severity: 'warning',
          says: ['`f`', '`s`', 'RBDCache is on'],
          related: ['driver=rbd,pool=p,image=i,node-name=s'],
          fixes: {
            'Set cache.direct on s':
              'kvm -blockdev driver=rbd,pool=p,image=i,node-name=s,cache.direct=on -blockdev driver=raw,file=s,node-name=f,cache.direct=on',
          },
        },
      ],
    },
    {
      about: 'in JSON',
      pairs: ['10.0 18.2'],
      script: true,
      text: `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"no-flush":false}}' -blockdev '{"driver":"raw","file":"s","node-name":"f","cache":{⟦"direct":true⟧}}'`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set cache.direct on s': `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"no-flush":false,"direct":true}}' -blockdev '{"driver":"raw","file":"s","node-name":"f","cache":{"direct":true}}'`,
          },
        },
      ],
    },
    {
      about: 'in JSON without a cache object',
      pairs: ['10.0 18.2'],
      text: `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s"}' -blockdev '{"driver":"raw","file":"s","node-name":"f","cache":{⟦"direct":true⟧}}'`,
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set cache.direct on s': `kvm -blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"s","cache":{"direct":true}}' -blockdev '{"driver":"raw","file":"s","node-name":"f","cache":{"direct":true}}'`,
          },
        },
      ],
    },
    {
      about: 'a node given inside another inherits; a switch of its own is meant',
      pairs: ['10.0 18.2'],
      text:
        'kvm -blockdev driver=raw,node-name=f,cache.direct=on,file.driver=rbd,file.pool=p,file.image=i ' +
        '-blockdev driver=rbd,pool=p,image=j,node-name=s,cache.direct=off -blockdev driver=raw,file=s,node-name=g,cache.direct=on',
      finds: [],
    },
  ],
  'writearound-no-reads': [
    {
      about: 'a size in the file',
      pairs: ['7.2 16.2', '10.0 18.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\n\t⟦rbd cache size = 67108864⟧\n\trbd cache max dirty = 25165824\n',
      finds: [
        {
          severity: 'information',
          tags: ['unnecessary'],
          fixes: {
            'Set rbd cache policy = writeback':
              '[client]\n\trbd cache policy = writeback\n\trbd cache size = 67108864\n\trbd cache max dirty = 25165824\n',
            'Delete the line (other programs read this file too)': '[client]\n\trbd cache max dirty = 25165824\n',
          },
        },
      ].map((each) => ({ ...each, severity: 'information' as const, tags: ['unnecessary' as const] })),
    },
    {
      about: 'an age in the drive',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_max_dirty_age=5⟧,format=raw',
      finds: [
        {
          severity: 'information',
          fixes: {
            'Set rbd_cache_policy=writeback':
              'kvm -drive file=rbd:p/i:rbd_cache_max_dirty_age=5:rbd_cache_policy=writeback,format=raw',
            'Remove it from the drive': 'kvm -drive file=rbd:p/i,format=raw',
          },
        },
      ],
    },
    {
      about: 'the policy is said',
      pairs: ['10.0 18.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache policy = writearound\n⟦rbd readahead max bytes = 4194304⟧\n',
      finds: [
        {
          severity: 'information',
          says: ['because rbd_cache_policy says so'],
          fixes: {
            'Set the policy to writeback':
              '[client]\nrbd cache policy = writeback\nrbd readahead max bytes = 4194304\n',
          },
        },
      ],
    },
    {
      about: '15.2.0 to 15.2.12 go on reading ahead',
      pairs: ['5.2 15.2.8'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd readahead max bytes = 4194304\n',
      finds: [],
    },
    {
      about: 'no writearound, or no cache',
      pairs: ['4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache size = 67108864\n',
      finds: [],
    },
  ],
  'writethrough-by-zero': [
    {
      about: 'write-through',
      pairs: ['2.2 0.87', '4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache = true\n⟦rbd cache max dirty = 0⟧\n',
      finds: [{ severity: 'information', says: ['is write-through'] }],
    },
    {
      about: 'writearound does nothing',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_max_dirty=0⟧,format=raw',
      finds: [{ severity: 'information', says: ['RBDCache does nothing'] }],
    },
    {
      about: 'without RBDCache',
      pairs: ['10.0 18.2'],
      text: `kvm -drive ${DRIVE},cache=none`,
      conf: '[client]\nrbd cache max dirty = 0\n',
      finds: [],
    },
  ],
  'cache-limits': [
    {
      about: 'max dirty at the size',
      pairs: ['2.2 0.87', '4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache = true\nrbd cache size = 33554432\n⟦rbd cache max dirty = 33554432⟧\n',
      finds: [
        {
          severity: 'warning',
          says: ['64 MiB'],
          fixes: {
            'Set rbd_cache_max_dirty to 25165824 (24 MiB)':
              '[client]\nrbd cache = true\nrbd cache size = 33554432\nrbd cache max dirty = 25165824\n',
          },
        },
      ],
    },
    {
      about: 'only the size is said, and too small',
      pairs: ['4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\n⟦rbd cache size = 16777216⟧\n',
      finds: [
        {
          severity: 'warning',
          fixes: { 'Set rbd_cache_size to 33554432 (32 MiB)': '[client]\nrbd cache size = 33554432\n' },
        },
      ],
    },
    {
      about: 'a target above the limit',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=12582912:⟦rbd_cache_target_dirty=16777216⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set rbd_cache_target_dirty to 8388608 (8 MiB)':
              'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=12582912:rbd_cache_target_dirty=8388608,format=raw',
          },
        },
      ],
    },
    {
      about: 'a limit under the default target',
      pairs: ['2.2 0.87'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_cache_max_dirty=8388608⟧,format=raw',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set rbd_cache_max_dirty to 25165824 (24 MiB)':
              'kvm -drive file=rbd:p/i:rbd_cache_max_dirty=25165824,format=raw',
          },
        },
      ],
    },
    {
      about: 'max dirty over the size, and a target that would not fit then',
      pairs: ['4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd cache size = 33554432\n⟦rbd cache max dirty = 67108864⟧\nrbd cache target dirty = 50331648\n',
      finds: [
        {
          severity: 'warning',
          fixes: {
            'Set rbd_cache_max_dirty to 25165824 (24 MiB) and rbd_cache_target_dirty to 16777216 (16 MiB)':
              '[client]\nrbd cache size = 33554432\nrbd cache max dirty = 25165824\nrbd cache target dirty = 16777216\n',
          },
        },
      ],
    },
    {
      about: 'the defaults, and zero',
      pairs: ['2.2 0.87', '10.0 18.2'],
      text: `kvm -drive ${DRIVE} -drive file=rbd:p/i:rbd_cache_max_dirty=0,id=d2,format=raw`,
      finds: [],
    },
  ],
  'persistent-cache': [
    {
      about: 'no plug-in',
      pairs: ['10.0 18.2', '7.2 16.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\n⟦rbd_persistent_cache_mode = ssd⟧\n',
      finds: [{ severity: 'warning', says: ['pwl_cache', 'exclusive-lock'] }],
    },
    {
      about: 'a size in decimal units, under the minimum',
      pairs: ['10.0 18.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd_plugins = pwl_cache\n⟦rbd_persistent_cache_mode = ssd⟧\nrbd_persistent_cache_size = 1G\n',
      finds: [{ severity: 'warning', says: ['1073741824'] }],
    },
    {
      about: 'a plug-in that there is not',
      pairs: ['10.0 18.2'],
      text: 'kvm -drive file=rbd:p/i:⟦rbd_plugins=pwl⟧,format=raw',
      finds: [{ severity: 'warning', says: ['the image does not open'] }],
    },
    {
      about: 'all that the text can say is there; a release without it',
      pairs: ['10.0 18.2', '4.2 14.2'],
      text: `kvm -drive ${DRIVE}`,
      conf: '[client]\nrbd_plugins = pwl_cache\nrbd_persistent_cache_mode = rwl\nrbd_persistent_cache_size = 1073741824\n',
      finds: [],
    },
  ],
};
