/** Pages: who flushes, and what a crash costs. */
import type { RulePage } from './page.js';

const drive = (more: string): string =>
  `qemu-system-x86_64 -drive file=rbd:volumes/vm1,if=virtio,id=d1,format=raw${more}\n`;

const UNTIL_FLUSH =
  'Ceph, `ObjectCacherObjectDispatch` and `WriteAroundObjectDispatch` (before 13.2 `ImageCtx::user_flushed`): max dirty is 0 until the first flush that comes from the user of the image';
const NO_FLUSH = 'QEMU, `block/io.c` `bdrv_co_flush`: a node with no-flush passes nothing on';

export const COST_PAGES: Readonly<Record<string, RulePage>> = {
  'cache-unsafe': {
    what: 'No flush ever reaches librbd, though the guest believes that its flushes do. If RBDCache writes back from the start, a crash of the host or of QEMU loses data that the guest had flushed: a warning. If write-through until the first flush is on, that flush never comes, and the cache stays in write-through for good: nothing is lost and nothing gained, which is information.',
    releases: 'QEMU 0.15 passes no flush on in any mode.',
    why: 'With `unsafe` (or `cache.no-flush=on` on the rbd node) QEMU throws flushes away: no flush, no FUA, not even the one at the end reaches librbd. RBDCache writes back from the start where `rbd_cache_writethrough_until_flush` is off: by a line, by default (before 0.87), because there is no such option (before 0.56.5), or because Proxmox’s QEMU turns it off on every drive.',
    fix: 'Use `cache=writeback`, or turn `cache.no-flush` off on the node: quick fixes. `unsafe` is meant for disks that may be lost.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        {
          name: 'etc/ceph/ceph.conf',
          text: '[client]\nrbd cache writethrough until flush = true\n',
        },
        { name: 'vm1.sh', text: drive(',cache=unsafe') },
      ],
      after: [
        {
          name: 'etc/ceph/ceph.conf',
          text: '[client]\nrbd cache writethrough until flush = true\n',
        },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: [
      NO_FLUSH,
      UNTIL_FLUSH,
      'Recorded with QEMU 5.2 to 11.1: with `cache=unsafe` no flush reaches librbd, not at stop and not at quit either',
      'Proxmox, pve-qemu: `block/rbd.c` is patched to set `rbd_cache_writethrough_until_flush=false` right after `rbd_cache`',
    ],
  },
  'cache-unsafe-by-default': {
    what: 'A drive without `cache=` throws the guest’s flushes away, as with `cache=unsafe`. Severity as in `cache-unsafe`: a warning where flushed data can be lost, information where RBDCache stays in write-through.',
    releases:
      'A bare `1.6` is taken as 1.6.0; whether 1.6.1 and later carry the repair is not established, so nothing is said of them.',
    why: 'QEMU 1.6.0 split the cache mode in three switches and mixed up the default of one. 1.7 repaired it.',
    fix: 'State the mode: the quick fix adds `cache=writeback`, which is what the default is meant to be.',
    example: {
      qemu: '1.6.0',
      librbd: '0.80',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive('') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: ['QEMU, `blockdev.c` `blockdev_init` of 1.6.0 (commit 29c4e2b50d), repaired in 1.7 (commit 1df6fa4bc6)'],
  },
  'writethrough-loses-writes': {
    what: 'The guest is told that there is no write cache, so it never flushes, and QEMU does not flush either; but RBDCache is on and acknowledges writes early. A crash loses writes that the guest took for finished. While write-through until the first flush is on, the writes are safe, because that flush never comes: then it is information.',
    releases: 'Up to 1.1 `writethrough` is the mode of a drive without `cache=`. QEMU 0.14 does not use librbd.',
    why: 'Up to 1.1 write-through and `directsync` only told the guest about the cache; for an RBD drive nobody flushed, and no release told librbd of it. From 1.2 on QEMU flushes after each write in these modes.',
    fix: 'Set `cache=writeback`, so that the guest knows of the cache and flushes it (from 1.0 on), or turn RBDCache off: for this drive in its string, or in the ceph.conf for all programs that read it. Each is a quick fix.',
    example: {
      qemu: '1.1',
      librbd: '0.48',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writethrough') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: [
      'QEMU, `block.c` up to 1.1: write-through sets a flag for the guest; the flush after each write came with 1.2 (`bdrv_co_do_writev`, commit f05fa4ad03)',
      'QEMU, `block/rbd.c` of 0.15: the driver has no flush operation; 1.0 added it (commit 7a3f5fe9af)',
      UNTIL_FLUSH,
    ],
  },
  'until-flush-off': {
    what: 'Writes wait in RBDCache from the first one on. A guest that never flushes (a very old one, or one with barriers off) loses them in a crash and does not know. A warning where a text turns the safeguard off, information where it is off by default or Proxmox’s QEMU turns it off.',
    releases: 'Off by default before 0.87. Proxmox’s QEMU turns it off on every drive, whatever librbd it is.',
    why: '`rbd_cache_writethrough_until_flush` keeps RBDCache in write-through until the guest’s first flush shows that it knows how to flush. Nothing is said where RBDCache is off, and where QEMU flushes after each write (write-through, from 1.2 on).',
    fix: 'Set it to true, or delete the line where the release defaults to true: quick fixes. What Proxmox sets outranks every file; only the image’s or the pool’s own configuration outranks that (`rbd config image set`).',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache writethrough until flush = false\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache writethrough until flush = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: [
      UNTIL_FLUSH,
      'Ceph: the option came with 0.60 and 0.56.5 (commit 1597b3e3a1); its default changed to true in 0.85, first stable release 0.87 (commit 061c8e93f7)',
      'Proxmox, pve-qemu: the patch of `block/rbd.c`',
    ],
  },
  'until-flush-unknown': {
    what: 'This librbd has no write-through until the first flush: RBDCache writes back from the first write, whatever the guest is like, and a guest that never flushes can lose data in a crash.',
    why: '`rbd_cache_writethrough_until_flush` came with 0.60 and was taken back to 0.56.5.',
    fix: 'For a guest that may not flush use `cache=none`, or a newer librbd.',
    example: {
      qemu: '1.2',
      librbd: '0.48',
      before: [{ name: 'vm1.sh', text: drive(',cache=writeback') }],
      after: [{ name: 'vm1.sh', text: drive(',cache=none') }],
    },
    evidence: ['Ceph, `src/common/config_opts.h`: absent in 0.56.4, there in 0.56.5 (commit 1597b3e3a1)'],
  },
};
