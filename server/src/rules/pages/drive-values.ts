/** Pages: what this QEMU makes of the values of a drive's options. */
import { commandExample, drive } from './drive-example.js';
import type { RulePage } from './page.js';

export const VALUE_PAGES: Readonly<Record<string, RulePage>> = {
  'drive-syntax': {
    what: 'QEMU refuses the drive, or the whole command line; the message gives its own words, at the place that it complains of. This rule speaks where no other one says more: a bad cache mode, a bad boolean, `cache=` twice, broken JSON, a missing pool, a value that librados cannot read, a secret that is not there, a snapshot that something writes to, a flag without its argument.',
    why: 'Each release has its own order of looking at things, and stops at the first complaint; some come only after the image has been opened, and the drive is refused all the same. A flag without its argument is told of where another disk of the command is an rbd one: by itself it is what one has just begun to type.',
    fix: 'Correct the word. Quick fixes offer the nearest cache mode, the boolean that this release reads, the spelling that librados reads, `readonly=on` for a snapshot, doubled commas for a `json:` name, and the like.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1', ',cache=writback'),
      drive('volumes/vm1', ',cache=writeback'),
    ),
    evidence: [
      'QEMU, `blockdev.c`, `blockdev_init` and `drive_new`, and `block/rbd.c` of each .0 release',
      'Recorded: the texts with QEMU 5.2 to 11.1, and with the system emulators of 1.2 to 4.2',
    ],
  },
  'drive-bad-value': {
    what: 'The option takes one of a few words, and this is none of them, or none of this release: the drive is refused.',
    why: '`if`, `media`, `aio`, `discard`, `detect-zeroes`, `werror`, `rerror`, `format` and the like are compared letter by letter. Some words came later than the option: `aio=io_uring` with 5.0.',
    fix: 'Write one of the words that the message lists; the quick fixes offer the nearest.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-drive file=rbd:volumes/vm1,if=virtoi,format=raw',
      '-drive file=rbd:volumes/vm1,if=virtio,format=raw',
    ),
    evidence: [
      "QEMU, `blockdev.c`: “unsupported bus type '%s'”, “invalid aio option”, “Invalid discard option” and their fellows",
      'Recorded with QEMU 5.2 to 11.1, and with the system emulators of 1.2 to 4.2',
    ],
  },
  'drive-format-rbd-flushes': {
    what: 'QEMU flushes after every write to this drive, whatever its cache mode: write-back is write-through, and slow.',
    releases: 'Up to 2.0 even with `cache=unsafe`.',
    why: 'With `format=rbd` (or `driver=rbd`) the rbd driver is the top of the drive, and these releases flush behind each of its writes, in every mode. With `format=raw` above it the mode counts; from 2.4 on it does in any case.',
    fix: 'Write `format=raw`: the quick fix. The image is the same.',
    example: commandExample(
      { qemu: '2.2', librbd: '0.94' },
      '-drive file=rbd:volumes/vm1,if=virtio,format=rbd,cache=writeback',
      '-drive file=rbd:volumes/vm1,if=virtio,format=raw,cache=writeback',
    ),
    evidence: [
      'Runs of the system emulators of 1.2 to 4.2 with `format=rbd` and `driver=rbd` in every mode: a flush behind each write in 1.6.0 to 2.3, the mode’s own behaviour in all others',
    ],
  },
  'drive-format-probed': {
    what: 'The drive does not say its format, so QEMU looks at the first bytes of the image to guess it, and these bytes belong to the guest.',
    releases: 'From 2.3 on QEMU warns, and refuses the guest’s write of such a header: an error for the guest.',
    why: 'A guest that writes the header of a qcow2 image with a backing file there makes an old QEMU open that file, any file of the host, at the next start. A guest that cannot write (`readonly=on`, a CD-ROM) is left alone. So is a node of `-blockdev`, which always names its driver.',
    fix: 'Add `format=raw`, which is what an rbd image nearly always is. A disk given by `-hda` or by its name alone becomes a `-drive`.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-drive file=rbd:volumes/vm1,if=virtio',
      '-drive file=rbd:volumes/vm1,if=virtio,format=raw',
    ),
    evidence: [
      'QEMU, `block.c`, `find_image_format`, and 2.3, `block/raw_bsd.c`: “Image format was not specified … and probing guessed raw”',
      'Recorded with QEMU 5.2 to 11.1: the warning',
    ],
  },
  'drive-cache-mixed': {
    what: 'The drive says `cache=` and one of the switches that it stands for. The switch wins, whatever the order, so that the mode which one reads is not the one in force: `cache=none,cache.direct=off` is write-back with RBDCache on.',
    why: '`cache=` fills in those of `cache.direct`, `cache.no-flush` and `cache.writeback` that are not given by themselves.',
    fix: 'Keep one form. The quick fix writes the mode that results, alone; where the switches say it all, the other one deletes `cache=`.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1', ',cache=none,cache.direct=off'),
      drive('volumes/vm1', ',cache=writeback'),
    ),
    evidence: [
      'QEMU 1.7, `blockdev.c`, `drive_init` (later `drive_new`): a switch is set from the mode only if it is absent',
      'Recorded: `cache=none,cache.direct=off` gives `rbd_cache=true` in 2.2, 5.2, 7.2, 10.0 and 11.1',
    ],
  },
  'drive-aio-ignored': {
    what: '`aio=` has no effect on this drive.',
    why: 'It chooses how host files and devices are read (threads, Linux AIO, io_uring). The rbd driver has its own way and never looks at it. A value that this QEMU does not know is refused all the same.',
    fix: 'Delete it: the quick fix, which is part of “fix all”.',
    example: commandExample({ qemu: '9.2', librbd: '18.2' }, drive('volumes/vm1', ',aio=native'), drive('volumes/vm1')),
    evidence: [
      'QEMU, `block/raw-posix.c` (`file-posix.c` since 2.9): the only reader of the flags that `aio=` sets; `block/rbd.c` has none',
      'Recorded with QEMU 5.2 to 11.1: the same calls with and without it',
    ],
  },
  'drive-detect-zeroes': {
    what: '`detect-zeroes=unmap` turns writes of zeroes into discards, which needs `discard=unmap` beside it. Without it the drive is refused, or nothing is discarded.',
    releases:
      'An error in `-blockdev`, always, and in `-drive` from 2.1 to 2.7; from 2.8 on a `-drive` is taken and zeroes are written as zeroes: information.',
    why: 'A node refuses the pair when it is opened. `-drive` reads the option by itself, and looks at `discard` beside it up to 2.7 only.',
    fix: 'Add `discard=unmap`: the preferred quick fix, which lets the guest discard as well. Or `detect-zeroes=on`, which writes zeroes in the cheapest way without discarding.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-blockdev driver=rbd,pool=volumes,image=vm1,node-name=vm1,detect-zeroes=unmap -device virtio-blk-pci,drive=vm1',
      '-blockdev driver=rbd,pool=volumes,image=vm1,node-name=vm1,detect-zeroes=unmap,discard=unmap -device virtio-blk-pci,drive=vm1',
    ),
    evidence: [
      'QEMU, `block.c` and `blockdev.c`: “setting detect-zeroes to unmap is not allowed without setting discard operation to unmap”',
      'Runs of the system emulators: refused in 2.2 to 2.6, taken from 2.8 on; `-blockdev` refused in 5.2 to 11.1',
    ],
  },
};
