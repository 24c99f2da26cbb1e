/** Pages: the file, the drive string and the nodes against the cache mode. */
import type { RulePage } from './page.js';

const drive = (more: string): string =>
  `qemu-system-x86_64 -drive file=rbd:volumes/vm1,if=virtio,id=d1,format=raw${more}\n`;

const SET_FIRST =
  'QEMU, `block/rbd.c` `qemu_rbd_open` of 1.2 to 2.3: `rados_conf_set("rbd_cache", …)` stands before the files and keys are read (commit b11f38fcdf)';
const SET_LAST =
  'QEMU, `block/rbd.c` of 2.4 on: `rbd_cache` is set after all configuration, just before `rados_connect` (commit 99a3c89d5d, 2015); the result of the call is ignored';
const LEVELS =
  'Ceph, `src/common/config.h` of 13.2 on: levels default < mon < file < env < cmdline < override; `rados_conf_set` writes level override (commit f8d4e5b5e9, first in 13.0.2)';
const ONE_SLOT = 'Ceph up to 12.2: `md_config_t::set_val_impl` keeps one value for each option, so the last write wins';

export const WHO_WINS_PAGES: Readonly<Record<string, RulePage>> = {
  'cache-overridden-by-drive': {
    what: 'A `rbd cache` line of this ceph.conf counts for nothing: QEMU tells librbd itself whether to cache, from the cache mode of the drive. Whoever reads the file believes the line; the disk does as the drive says. Where line and mode say the same, the line is only dimmed.',
    releases:
      'With QEMU 1.2 to 2.3 only on librados 13 and later; before, the file wins there (`cache-overrides-drive`).',
    why: 'From QEMU 2.4 on `rbd_cache` is set from the mode as the last thing before the connection: `none`, `directsync` and `cache.direct=on` turn it off, every other mode turns it on. QEMU 1.2 to 2.3 set it before they read any file, but librados 13 and later rank what a program sets above all files, so the line loses there as well. The other `rbd cache …` options of the file are not touched.',
    fix: 'Say it where it counts: the quick fix gives the drives the mode (or the node the `cache.direct`) that the line asked for. Or delete the line; other programs that read the same file, such as `rbd` or rbd-nbd, may still go by it, so that is never done by itself.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = false\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\n' },
        { name: 'vm1.sh', text: drive(',cache=none') },
      ],
    },
    evidence: [
      SET_LAST,
      LEVELS,
      'Tried with librados 14.2, 16.2, 18.2 and 20.2: a value that a program set stays, whether a file is read before or after',
    ],
  },
  'cache-overrides-drive': {
    what: 'The file has the last word over the cache mode: `cache=none` runs with RBDCache on where the file says `rbd cache = true`, and `cache=writeback` without it where the file says `false`. With the next QEMU (2.4) or the next librados (13) it is the other way round, so the disk changes its behaviour in an upgrade that nobody connects with it.',
    why: 'These releases of QEMU set `rbd_cache` from the mode first and read the ceph.conf afterwards. Before 13, librados keeps one value for each option, and whoever writes last wins: the file. The guest still sees the cache that the mode describes.',
    fix: 'Make the two agree, either way. The first quick fix lets the drive say what is in force already, which changes nothing today and keeps it in an upgrade; the second lets the line say what the drive says, for all programs that read the file.',
    example: {
      qemu: '2.2',
      librbd: '0.87',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[global]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=none') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[global]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: [SET_FIRST, ONE_SLOT, 'Seen in 2016 with QEMU 2.2 and librbd 0.87: RBDCache on with `cache=none`'],
  },
  'drive-rbd-cache-ignored': {
    what: '`:rbd_cache=` in a drive string has no effect: QEMU sets the option again, from the cache mode, after the keys of the string. A value that librados cannot read is still fatal. Where key and mode say the same, the finding is a hint.',
    why: 'From QEMU 2.4 on files are read first, then the keys of the name are set in order, and `rbd_cache` from the cache mode comes last of all. With no `cache=` at all the mode is `writeback`, which turns RBDCache on.',
    fix: 'Remove the key, or remove it and set the mode that does what it asked for; both are quick fixes. Preferred is the first where a mode was written, else the second. A key that says what the mode says goes with all safe fixes.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        {
          name: 'vm1.sh',
          text: 'qemu-system-x86_64 -drive file=rbd:volumes/vm1:rbd_cache=false,if=virtio,id=d1,format=raw\n',
        },
      ],
      after: [{ name: 'vm1.sh', text: drive(',cache=none') }],
    },
    evidence: [SET_LAST, 'QEMU, `block/rbd.c` of 2.4 on: files and keys are read in two passes (commit e34d8f297d)'],
  },
  'drive-rbd-cache-wins': {
    what: '`:rbd_cache=` in the drive string beats the cache mode: RBDCache is on with `cache=none`, or off with `cache=writeback`. From QEMU 2.4 on the mode wins, so the disk changes its behaviour in an upgrade.',
    why: 'These releases of QEMU set `rbd_cache` from the mode first, then read the files, then set the keys of the name. That is so with every librados: both are set by the program, and the later one counts.',
    fix: 'Make the mode say what the key says, and remove the key: that keeps what is in force, and keeps it in later releases (preferred). Or remove the key only, and the mode decides.',
    example: {
      qemu: '2.2',
      librbd: '0.87',
      before: [
        {
          name: 'vm1.sh',
          text: 'qemu-system-x86_64 -drive file=rbd:volumes/vm1:rbd_cache=true,if=virtio,id=d1,format=raw,cache=none\n',
        },
      ],
      after: [{ name: 'vm1.sh', text: drive(',cache=writeback') }],
    },
    evidence: [
      SET_FIRST,
      'Recorded with QEMU 1.2 to 2.3: `rbd_cache` is set right after `rados_create`, the keys of the name follow',
    ],
  },
  'cache-none-disables-rbdcache': {
    what: 'The ceph.conf asks for RBDCache, but the drive has a direct mode, and that turns it off: reads and writes go to the cluster each time.',
    releases: 'With QEMU 1.2 to 2.3 only on librados 13 and later; before, the file wins there.',
    why: 'A direct mode (`none`, `directsync`, `cache.direct=on`) makes QEMU set `rbd_cache=false`, and nothing in a ceph.conf can turn it on again. `none` and `writeback` show the guest the same write cache and pass its flushes on: for an RBD disk, where there is no page cache of the host to go around, they differ in RBDCache and in nothing else.',
    fix: 'If the cache is wanted, set `cache=writeback`; for `directsync` there is `cache=writethrough` too, which goes on flushing after each write. If it is not wanted, let the file say so, or turn this rule off.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=none') },
      ],
      after: [
        { name: 'etc/ceph/ceph.conf', text: '[client]\nrbd cache = true\n' },
        { name: 'vm1.sh', text: drive(',cache=writeback') },
      ],
    },
    evidence: [
      SET_LAST,
      LEVELS,
      'Recorded with QEMU 1.2 to 11.1: `cache=none`, `directsync` and (from 1.7) `cache.direct=on` give `rados_conf_set("rbd_cache", "false")`',
    ],
  },
  'snapshot-on-enables-cache': {
    what: 'With `snapshot=on` (or `-snapshot`) a drive with a direct mode runs with RBDCache on. Writes go to the temporary overlay, so no data of the image is at risk; its reads may come from the cache.',
    releases: 'From 1.2 to 1.4 a temporary snapshot of an rbd image fails but for `format=rbd`.',
    why: 'Up to 2.5 QEMU opened the whole chain below the overlay as `unsafe`, the image included, so that the mode of the drive no longer reached it. From 2.6 on the image keeps its mode.',
    fix: 'Nothing needs mending. Say `cache=writeback` if the mode is to say what happens.',
    example: {
      qemu: '2.5',
      librbd: '0.94',
      before: [{ name: 'vm1.sh', text: drive(',cache=none,snapshot=on') }],
      after: [{ name: 'vm1.sh', text: drive(',cache=writeback,snapshot=on') }],
    },
    evidence: [
      'QEMU, `blockdev.c` of 2.0 to 2.5: snapshot flags are unsafe for the chain; `block.c` of 2.6 passes the mode on (commit 73176bee99)',
      'Recorded: `cache=none,snapshot=on` gives `rbd_cache` true in 1.5 to 2.5, false from 2.6 on',
    ],
  },
  'json-cache-ignored': {
    what: 'A `cache` object at the top of a `json:` file name counts for nothing in a `-drive`: the drive runs in the mode that the `-drive` itself says, `writeback` if it says none.',
    releases: 'QEMU 2.1 to 2.5 refuse the object.',
    why: 'A `-drive` fills in its own cache mode, the default one if none is given, before the file name is opened; the object comes too late. The same object in the child node counts, and in a `-blockdev` it counts at every level.',
    fix: 'Say the mode to the drive (`cache=none` outside of the name), or move the object into the child that is the rbd node. Both are quick fixes.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        {
          name: 'vm1.sh',
          text: `qemu-system-x86_64 -drive 'file=json:{"driver":"raw",,"cache":{"direct":true},,"file":{"driver":"rbd",,"pool":"volumes",,"image":"vm1"}}'\n`,
        },
      ],
      after: [
        {
          name: 'vm1.sh',
          text: `qemu-system-x86_64 -drive 'file=json:{"driver":"raw",,"file":{"driver":"rbd",,"pool":"volumes",,"image":"vm1"}},cache=none'\n`,
        },
      ],
    },
    evidence: [
      'QEMU, `blockdev.c` `blockdev_init`: explicit defaults for `cache.direct` and `cache.no-flush` are set before the image is opened',
      'Recorded: `cache.direct` on in the JSON still gives `rbd_cache` true in QEMU 5.2, 7.2, 10.0 and 11.1; in the child it gives false',
    ],
  },
  'node-cache-not-inherited': {
    what: 'A format node says `cache.direct=on`, but the rbd node below it was given by itself and does not: RBDCache is on, although the command reads as if it were off.',
    why: 'A block node that is written inside another takes over its parent’s `cache.direct`. One that is given by itself, with its own `-blockdev` and a node-name, inherits nothing: its own switch decides, and that is off by default.',
    fix: 'Say it on both nodes, as libvirt does. The quick fix copies it to the rbd node.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: [
        {
          name: 'vm1.sh',
          text: 'qemu-system-x86_64 \\\n  -blockdev driver=rbd,pool=volumes,image=vm1,node-name=storage \\\n  -blockdev driver=raw,file=storage,node-name=format,cache.direct=on\n',
        },
      ],
      after: [
        {
          name: 'vm1.sh',
          text: 'qemu-system-x86_64 \\\n  -blockdev driver=rbd,pool=volumes,image=vm1,node-name=storage,cache.direct=on \\\n  -blockdev driver=raw,file=storage,node-name=format,cache.direct=on\n',
        },
      ],
    },
    evidence: [
      'QEMU, `block.c` `bdrv_inherited_options` of 2.9 on: only a child that is opened for its parent inherits',
      'Recorded: raw with `cache.direct=on` over a named rbd node without it gives `rbd_cache` true in QEMU 5.2 to 11.1; over an inline child false',
    ],
  },
};
