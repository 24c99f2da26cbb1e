/** Pages: options of `-drive` and members of nodes that this QEMU does not take. */
import { commandExample, drive } from './drive-example.js';
import type { RulePage } from './page.js';

const LATE =
  'QEMU 1.7, `blockdev.c`: what `-drive` does not know goes to the block layer, which refuses what is left when the image is open (commit c0447d870b)';
const SCHEMA = 'QEMU 2.12 on, `qapi/block-core.json`: members of an rbd node are checked before any call to Ceph';

export const OPTION_PAGES: Readonly<Record<string, RulePage>> = {
  'drive-unknown-option': {
    what: 'The drive has an option, or a node a member, that this QEMU does not know. It is refused; `-drive` does so only after the image has been opened, so that the cluster sees the client come and go.',
    releases: 'Up to 1.6 `-drive` refuses it at once.',
    why: 'Up to 1.6 the options of `-drive` are a closed list. From 1.7 on whatever is left travels to the block driver, which says that it does not support it. Members of a node are checked against QEMU’s schema.',
    fix: 'Write the name that was meant: the quick fixes offer the nearest ones that this QEMU has.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1', ',chache=none'),
      drive('volumes/vm1', ',cache=none'),
    ),
    evidence: ["QEMU up to 1.6: “Invalid parameter '%s'”", LATE, SCHEMA, 'Recorded with QEMU 5.2, 7.2, 10.0 and 11.1'],
  },
  'drive-option-removed': {
    what: 'The option describes the device, not the drive, and this QEMU refuses it (an error), or says that it will go (a warning).',
    releases:
      '`serial`, `addr`, `cyls`, `heads`, `secs` and `trans` are deprecated from 2.10 to 3.0 and refused from 3.1 on; `boot` is ignored from 1.3 to 2.11 and refused from 2.12 on. `readonly` works up to today beside `read-only`.',
    why: 'A drive used to make its own device, and so took the device’s properties. With `-device` they have their own place. The manual says 3.0 for their end, the source still has them there.',
    fix: 'Give them to the `-device` that takes the drive: the quick fix moves all of them at once, also into one that is written in JSON. A virtio disk without a `-device` gets one. What the device says already, or never looked at, is deleted.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-drive file=rbd:volumes/vm1,if=none,id=d1,format=raw,serial=vm1-root -device virtio-blk-pci,drive=d1',
      '-drive file=rbd:volumes/vm1,if=none,id=d1,format=raw -device virtio-blk-pci,drive=d1,serial=vm1-root',
    ),
    evidence: [
      'QEMU, `blockdev.c`, `legacy_opts` of `drive_new`: the options are in the table of 3.0.0, with a notice, and not in that of 3.1.0',
      'Recorded: silent in 2.9, a warning in 2.12, refused after the open in 4.2 and later',
    ],
  },
  'drive-option-too-new': {
    what: 'The option exists, but came with a later QEMU than the one chosen, which refuses it.',
    why: '`-blockdev` came with 2.9, `key-secret` with 3.0, `encrypt` with 6.1, and so on. A command that was written for a newer host does not start on an older one.',
    fix: 'Take the QEMU that the message names, or do without. Where the option had another name before (`read-only` was `readonly`, `file.key-secret` was `file.password-secret`), the quick fix writes that.',
    example: commandExample(
      { qemu: '2.12', librbd: '12.2' },
      `-object secret,id=key0,format=base64,file=/etc/ceph/client.cinder.key ${drive('volumes/vm1:id=cinder', ',file.key-secret=key0')}`,
      `-object secret,id=key0,format=base64,file=/etc/ceph/client.cinder.key ${drive('volumes/vm1:id=cinder', ',file.password-secret=key0')}`,
    ),
    evidence: [
      'QEMU, `blockdev.c` and `qapi/block-core.json` of each .0 release, compared',
      'QEMU 3.0: `key-secret` (commit d083f954a9); 5.0: `namespace` (commit 19ae9ae014); 6.1: `encrypt` (commit 42e4ac9ef5)',
    ],
  },
  'drive-duplicate-option': {
    what: 'The drive says the same option twice, and only one of the two counts; or this QEMU refuses the repetition. Where both say the same, it is a hint.',
    releases:
      'An alias beside its full name (`readonly` and `read-only`) is refused from 2.2 on, a repeated alias from 1.6 to 2.1: errors.',
    why: 'Of repeated options the last counts, but for `id` and, from 2.2 on, for aliases such as `readonly`, `iops` and `bps`, where the first does. `cache=` twice is refused from 1.6 on (see `drive-syntax`).',
    fix: 'Delete the one that does not count: the quick fix; it is part of “fix all” where both say the same.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-drive file=rbd:volumes/vm1,if=ide,format=raw,if=virtio',
      '-drive file=rbd:volumes/vm1,format=raw,if=virtio',
    ),
    evidence: [
      'QEMU, `util/qemu-option.c`, `qemu_opt_find`: searches from the end; `qemu_opts_create`: the first id',
      "QEMU 2.2, `blockdev.c`, `qemu_opt_rename`: “'%s' and its alias '%s' can't be used at the same time”",
      'Runs of the system emulators of 1.2 to 4.2 with each kind of repetition',
    ],
  },
  'drive-comma-for-colon': {
    what: 'An option of Ceph’s stands behind a comma, where QEMU takes it for one of its own and refuses the drive, from 1.7 on after it has opened the image, without that option.',
    why: 'Options for Ceph stand inside the name, each behind a colon; the first comma ends the name. `id` exists on both sides and is left alone, as are the members that the rbd driver has (`conf`, `user`, …).',
    fix: 'Write a colon for the comma: the quick fix, which escapes the value on the way. An option further back is moved into the name.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-drive file=rbd:volumes/vm1:id=cinder,keyring=/etc/ceph/cinder.keyring,if=virtio,format=raw',
      '-drive file=rbd:volumes/vm1:id=cinder:keyring=/etc/ceph/cinder.keyring,if=virtio,format=raw',
    ),
    evidence: [LATE, "Recorded with QEMU 5.2 to 11.1: “Block format 'raw' does not support the option 'keyring'”"],
  },
  'drive-member-crashes': {
    what: 'QEMU dies with a segmentation fault, without a message and before it calls Ceph: the name carries keys for Ceph, and the rbd node gets a member that its schema refuses.',
    releases: 'Seen from 5.2 to 11.1; by its source already in 5.1.',
    why: 'Where the schema refuses the members QEMU gives up, unless the name brought keys: then the refusal gets lost, and QEMU goes on without an open image. `id=` and `conf=` are no such keys.',
    fix: 'Correct the member, or take it out: the quick fix. An rbd node takes `pool`, `image`, `snapshot`, `conf`, `user`, `server`, `key-secret`, `auth-client-required`, `namespace` and `encrypt`.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:rados_mon_op_timeout=5', ',file.timeout=5'),
      drive('volumes/vm1:rados_mon_op_timeout=5'),
    ),
    evidence: [
      'QEMU, `block/rbd.c`, `qemu_rbd_open` of 5.1 on: members and key-value pairs',
      'Run: QEMU 5.2.0, 7.2.22, 10.0.13 and 11.1.3 end with a segmentation fault',
    ],
  },
};
