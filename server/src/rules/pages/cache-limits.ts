/** Pages: options of the cache that do nothing, or do not fit each other. */
import type { RulePage } from './page.js';

const START = 'qemu-system-x86_64 -drive file=rbd:volumes/vm1,if=virtio,id=d1,format=raw,cache=writeback\n';

const conf = (...lines: readonly string[]) => [
  { name: 'etc/ceph/ceph.conf', text: `[client]\n${lines.map((line) => `${line}\n`).join('')}` },
  { name: 'vm1.sh', text: START },
];

export const LIMIT_PAGES: Readonly<Record<string, RulePage>> = {
  'writearound-no-reads': {
    what: 'A size, a target, an age or a readahead is set, but this disk runs writearound and never looks at it: there is no read cache. Only the dead lines are reported.',
    releases: '15.2.0 to 15.2.12 left readahead running under writearound.',
    why: 'From 15.2 on `rbd_cache_policy` is `writearound` by default: writes are acknowledged early up to `rbd_cache_max_dirty`, and that is all. There is no read cache, so size, target dirty, age and the limits of objects are never looked at, and neither is readahead.',
    fix: 'For a cache that uses these lines set `rbd cache policy = writeback` (preferred); if writearound is fine, delete the line, or all dead lines at once. Lines that another drive of the command makes use of are not dimmed.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: conf('rbd cache size = 134217728', 'rbd cache max dirty = 67108864'),
      after: conf('rbd cache size = 134217728', 'rbd cache policy = writeback', 'rbd cache max dirty = 67108864'),
    },
    evidence: [
      'Ceph, `WriteAroundObjectDispatch` of 15.2 on; default policy by commit e415f4064a',
      'Ceph: readahead off under writearound since 16.2.0 (commit b65f6b8650) and 15.2.13 (PR 39962)',
    ],
  },
  'writethrough-by-zero': {
    what: 'With `rbd cache max dirty = 0` no write may wait: RBDCache is write-through, and keeps data for reads only. Under writearound, which keeps nothing, the layer is there and does nothing at all.',
    why: 'The ObjectCacher sends each write at once where nothing may be dirty; the writearound layer lets it through. Both may be what is wanted; the option does not say it clearly.',
    fix: 'To say it plainly: `rbd cache policy = writethrough` (15.2 and later), or no RBDCache (`cache=none`).',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: conf('rbd cache max dirty = 0'),
      after: conf('rbd cache policy = writethrough'),
    },
    evidence: [
      'Ceph, `ObjectCacher` with max_dirty 0; `WriteAroundObjectDispatch` with max_dirty 0; policy `writethrough` sets max_dirty to 0 for good',
    ],
  },
  'cache-limits': {
    what: 'Two limits of the cache do not fit each other. With max dirty at or above the size, an image may use the sum of both. With the target at or above max dirty, nothing is written back before writers run into the hard limit and wait; only age flushes.',
    why: 'Nothing in librbd checks the limits against each other. `rbd_cache_size` bounds clean data only, dirty data comes on top. The flusher starts when more than the target is dirty; writers wait at max dirty. The defaults are 32, 24 and 16 MiB.',
    fix: 'Keep target < max dirty < size; numbers in the proportion of the defaults do well. The quick fixes write such numbers: a value that was chosen stays, the others follow; the second fix does it the other way round.',
    example: {
      qemu: '4.2',
      librbd: '14.2',
      before: conf('rbd cache size = 67108864', 'rbd cache max dirty = 134217728'),
      after: conf('rbd cache size = 67108864', 'rbd cache max dirty = 50331648', 'rbd cache target dirty = 33554432'),
    },
    evidence: [
      'Ceph, `ObjectCacher::trim` (the size bounds clean data), `ObjectCacher::_maybe_wait_for_writeback` (writers wait at max dirty), `ObjectCacher::flusher_entry` (target and age)',
    ],
  },
  'persistent-cache': {
    what: 'The persistent write-log cache is asked for, but does not start as it is meant to, because something that the text could say is missing. Without it the disk runs as if it had not been asked for; with a plug-in that there is not, the image does not open.',
    releases: 'In 15.2 as `rbd_rwl_…`, from 16.2 on as `rbd_persistent_cache_…`, which needs the plug-in.',
    why: 'The cache on local storage needs `pwl_cache` in `rbd_plugins` (from 16.2 on), a librbd built with its backend (`rwl` or `ssd`), and the exclusive-lock feature on the image: it starts when the lock is acquired. Its size is 1 GiB at least; the option is a plain number, whose units are decimal, so that `1G` is too small, is refused without a word, and the default of 1 GiB stays.',
    fix: 'The quick fix names the plug-in and writes the smallest size in bytes. Look at `rbd status` for the rest.',
    example: {
      qemu: '10.0',
      librbd: '18.2',
      before: conf('rbd_persistent_cache_mode = ssd', 'rbd_persistent_cache_path = /var/lib/rbd-cache'),
      after: conf(
        'rbd_persistent_cache_mode = ssd',
        'rbd_plugins = pwl_cache',
        'rbd_persistent_cache_path = /var/lib/rbd-cache',
      ),
    },
    evidence: [
      'Ceph, `src/common/options`: `rbd_rwl_*` of 15.2, `rbd_persistent_cache_*` and `rbd_plugins` of 16.2 on; size of type uint with a minimum of 1073741824',
      'Ceph, `librbd/PluginRegistry`: an unknown name fails the open',
    ],
  },
};
