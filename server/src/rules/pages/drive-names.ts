/** Pages: how this QEMU splits an `rbd:` name. */
import { commandExample, drive, scriptExample } from './drive-example.js';
import type { RulePage } from './page.js';

const OLD_PARSER =
  'QEMU, `block/rbd.c` of 0.15 to 2.8, `qemu_rbd_parsename`, `qemu_rbd_next_tok` and `qemu_rbd_set_conf`: pieces are split at `:`, and each is `key=value`';
const NEW_PARSER =
  'QEMU, `block/rbd.c` of 2.9 on, `qemu_rbd_parse_filename`: the name becomes members and a list of key-value pairs (commit c7cacb3e7a)';

export const NAME_PAGES: Readonly<Record<string, RulePage>> = {
  'drive-name-cut': {
    what: 'A `:`, `@` or `,` that belongs to a value ends that value, and what follows is read as something else: an option called `6789`, a snapshot, an option of `-drive`. The drive does not open, or opens something that was not meant.',
    releases:
      'A value can hold a colon since 1.0, which brought the backslash; an at sign only since 6.1 (before, a lone escaped one is worse: `drive-escaped-at-crashes`).',
    why: 'In `rbd:pool/image@snapshot:key=value:…` a `:` ends a value and the first `@` ends the image’s name, wherever it stands, unless a backslash stands before it. Around all that lies the grammar of `-drive`, where a single comma ends the name. A list of monitors with ports is the usual victim: `mon_host=192.0.2.1:6789` is an address without its port, and an option `6789` without a value. A snapshot in its proper place is no finding.',
    fix: 'Write `\\:` for a colon, `\\@` for an at sign (since 6.1), `,,` for a comma. The quick fix does so for the whole name, with as many backslashes as the quoting around it needs. A colon with nothing behind it is deleted.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:mon_host=192.0.2.1:6789;192.0.2.2:6789'),
      drive('volumes/vm1:mon_host=192.0.2.1\\:6789;192.0.2.2\\:6789'),
    ),
    evidence: [
      OLD_PARSER,
      NEW_PARSER,
      'Recorded: 24 names through the functions of 0.15, 1.0, 1.2, 2.2, 2.4 and 2.8, and through QEMU 5.2, 7.2, 10.0 and 11.1',
    ],
  },
  'drive-shell-eats-backslash': {
    what: 'The backslash that keeps a `:` inside a value is meant for QEMU. In a script the shell takes an unquoted one for itself, QEMU gets a bare `:`, and the name is split there.',
    why: 'Outside quotes a shell removes a backslash and keeps the character behind it. In the output of `ps` and in logs the backslash belongs to the text, and pasting such a line into a script is how this comes about. `\\;` is another matter: there the backslash is for the shell, and QEMU needs none.',
    fix: 'Quote the argument: single quotes, or double ones where variables are to be replaced. The other quick fix doubles the backslashes.',
    example: scriptExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:mon_host=192.0.2.1\\:6789'),
      "-drive 'file=rbd:volumes/vm1:mon_host=192.0.2.1\\:6789,if=virtio,format=raw'",
    ),
    evidence: [
      'POSIX, Shell Command Language, 2.2.1: an unquoted backslash preserves the character behind it and is removed',
      OLD_PARSER,
      NEW_PARSER,
    ],
  },
  'drive-escaped-at-crashes': {
    what: 'QEMU dies with a segmentation fault, without a message, before it calls Ceph: the only `@` of the name is escaped (or, from 5.0 to 6.0, the only `/` behind the pool).',
    why: 'These releases look for the sign with a search that knows no backslashes, and then split with one that does. Where the only sign is escaped the split finds no second piece, and its absence is not looked at. 6.1 made the search know backslashes.',
    fix: 'Take QEMU 6.1 or later, or give the image a name without the sign. There is no spelling that these releases read.',
    example: commandExample({ qemu: '5.2', librbd: '16.2' }, drive('volumes/vm1\\@home'), drive('volumes/vm1-home')),
    evidence: [
      'QEMU, `block/rbd.c`, `qemu_rbd_parse_filename` of 5.2: `strchr` for `@` and `/`, then `qemu_rbd_next_tok`',
      'QEMU 6.1: `qemu_rbd_strchr` skips escaped characters (commit 2b99cfce08)',
      'Recorded: QEMU 5.2 dies, 7.2, 10.0 and 11.1 read the name; so do the functions of 1.0, 2.2 and 2.8 compiled alone (they die)',
    ],
  },
  'drive-name-too-long': {
    what: 'A part of the name is longer than this QEMU’s buffer for it, and the drive is refused; or the text of an option is longer than the parser of `-drive` keeps, and the rest is dropped without a word, so that QEMU works with half a list of monitors.',
    releases: 'The name’s own limits up to 2.8, the silent cut up to 2.12.',
    why: 'Up to 2.8 the parts go into buffers of fixed size, counted with their backslashes: pool 127 bytes, image 95, snapshot 127, all options 1,023, one key 127, one value 511. Up to 2.12 the parser around it copies 127 bytes of a key and 1,023 of a value. From 2.9 and 3.0 on there are no such limits.',
    fix: 'Put what is long, a list of monitors most often, into a ceph.conf, and name that file by `conf=` if it is not the default one.',
    example: commandExample(
      { qemu: '2.2', librbd: '0.87' },
      drive(`volumes/volume-${'0123456789'.repeat(9)}`),
      drive('volumes/volume-0123456789'),
    ),
    evidence: [
      'QEMU, `block/rbd.c` of 2.8: `RBD_MAX_POOL_NAME_SIZE` and its fellows, and “%s too long” of `qemu_rbd_next_tok`',
      'QEMU, `util/qemu-option.c` of 2.12, `get_opt_name` and `get_opt_value`: buffers of 128 and 1,024 bytes',
      'Recorded: names of 95 and 96 bytes through the functions of 2.2 and 2.8',
    ],
  },
  'drive-namespace-unsupported': {
    what: 'The name says `pool/namespace/image`, or the node has a member `namespace`. This QEMU takes everything behind the first slash for the image’s name and finds no such image; the member is refused.',
    why: 'Namespaces of a pool came to librbd with 14.2 and to QEMU with 5.0. Before, a slash in an image’s name is a character like any other.',
    fix: 'Take QEMU 5.0 or later, or an image outside of a namespace.',
    example: commandExample({ qemu: '4.2', librbd: '14.2' }, drive('volumes/tenant1/vm1'), drive('volumes/vm1')),
    evidence: [
      'QEMU 5.0, `block/rbd.c`: namespaces (commit 19ae9ae014); 7.1 refuses one that does not exist (commit 66dc5f9606)',
      'QEMU, `block/rbd.c` of 1.0 to 4.2: the image’s name ends at `@` or `:` only',
    ],
  },
};
