/** Pages: who connects, with which key and which ceph.conf. */
import { commandExample, drive } from './drive-example.js';
import type { ExampleFile, RulePage } from './page.js';

const CONF: ExampleFile = { name: 'etc/ceph/ceph.conf', text: '[global]\nmon_host = 192.0.2.1\n' };
const KEYS_IN_ORDER =
  'QEMU, `block/rbd.c` of 0.15 to 2.3, `qemu_rbd_set_conf`: files and keys one by one, from left to right';
const FILES_FIRST =
  'QEMU 2.4: two passes, files before keys (commit e34d8f297d); 2.9: one file, the last one named (commit c7cacb3e7a)';
const FATAL_KEYS =
  'QEMU, `block/rbd.c`, `qemu_rbd_set_keypairs` (`qemu_rbd_set_conf` up to 2.8): the first `rados_conf_set` that fails ends the open with “invalid conf option”';

export const CLIENT_PAGES: Readonly<Record<string, RulePage>> = {
  'drive-conf-missing': {
    what: 'The drive names a ceph.conf that is not there, and so does not open. A default ceph.conf may be missing: QEMU goes on with built-in defaults.',
    releases: 'QEMU 0.15 needs a default file as well.',
    why: 'The result of reading the default file is ignored since 1.0; that of a file that `conf=` (or the member `conf`) names is not. The finding needs certainty: it is given where a root folder or the host’s own files are configured. Elsewhere the answers assume that the file is there, and say so.',
    fix: 'Create the file, or name another. The quick fixes name the default file or one that another drive of the command reads, if it is there, or leave `conf=` out.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:conf=/etc/ceph/cehp.conf'),
      drive('volumes/vm1:conf=/etc/ceph/ceph.conf'),
      [CONF],
    ),
    evidence: [
      'QEMU, `block/rbd.c`, `qemu_rbd_connect`: “error reading conf file %s”; the default file’s result is dropped (commit f9fe18ec77, 1.0)',
      'Recorded with librados 14.2.21 to 20.2.4: `rados_conf_read_file` gives -2 for a file that is not there',
    ],
  },
  'drive-conf-repeated': {
    what: 'The name says `conf=` more than once. Up to 2.8 QEMU reads every file, one over the other; from 2.9 on only the last one. The drive changes with the upgrade. Where the copies are the same, it is a hint.',
    why: 'The old code walks through the options and reads a file at each `conf`; the new one keeps the members of a node, of which `conf` is one, so that a later one takes the place of an earlier one.',
    fix: 'Keep one. The quick fix keeps the last, which is what 2.9 and later do.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:conf=/etc/ceph/east.conf:conf=/etc/ceph/west.conf'),
      drive('volumes/vm1:conf=/etc/ceph/west.conf'),
    ),
    evidence: [KEYS_IN_ORDER, FILES_FIRST],
  },
  'drive-conf-order': {
    what: 'A key of the drive string counts for nothing: `conf=` stands behind it, and the file that it names says the same option otherwise. The message names the line that wins.',
    why: 'QEMU up to 2.3 takes the pieces of a name one by one, `conf=` among them, so that the key is set first and the file is read over it. Before 13, librados keeps one value for each option: the last word counts. From QEMU 2.4 on files are read before keys, and from librados 13 on what a program sets outranks any file. libvirt wrote `conf=` last. It is reported where the file really says something else.',
    fix: 'Move `conf=` to the front of the options: the quick fix does so. It changes nothing for newer releases.',
    example: commandExample(
      { qemu: '2.2', librbd: '0.94' },
      drive('volumes/vm1:log_file=/var/log/ceph/vm1.log:conf=/etc/ceph/ceph.conf'),
      drive('volumes/vm1:conf=/etc/ceph/ceph.conf:log_file=/var/log/ceph/vm1.log'),
      [{ name: 'etc/ceph/ceph.conf', text: '[client]\nlog_file = /var/log/ceph/client.log\n' }],
    ),
    evidence: [
      KEYS_IN_ORDER,
      FILES_FIRST,
      'Ceph up to 12.2: `md_config_t::set_val_impl` keeps one value for each option; from 13.0.2 on levels (commit f8d4e5b5e9)',
      'Recorded with librados 0.80.5 to 12.2: a file read after `rados_conf_set` wins',
    ],
  },
  'drive-conf-text': {
    what: 'The drive is opened without any ceph.conf, although it names none of its own: no monitors, no keyring, no cache settings from the default file.',
    why: 'Up to 2.8 QEMU searches the text of the options for `conf=` to see whether the drive names a file, and finds it inside other keys and values as well, such as `log_file=/srv/conf=1`. It then leaves the default file alone, and looks in vain for a key `conf`. From 2.9 on the names of keys count.',
    fix: 'Name the file: the quick fix puts `conf=/etc/ceph/ceph.conf` at the front. Or write the value in another way.',
    example: commandExample(
      { qemu: '2.2', librbd: '0.87' },
      drive('volumes/vm1:log_file=/srv/conf=1/vm1.log'),
      drive('volumes/vm1:conf=/etc/ceph/ceph.conf:log_file=/srv/conf=1/vm1.log'),
    ),
    evidence: [
      'QEMU, `block/rbd.c` of 0.15 to 2.8, `qemu_rbd_open`: `strstr(conf, "conf=") == NULL` before the default file is read',
    ],
  },
  'drive-conf-key-unknown': {
    what: 'The drive string sets an option that this librados does not know, and the drive does not open. In a ceph.conf the same key would be passed over in silence.',
    why: 'QEMU hands each key of the name to `rados_conf_set` and gives up at the first one that fails: a slip, an option of another release, `user=` for `id=`, dashes for underscores (a file does not take them either, but keeps quiet).',
    fix: 'Write the name that was meant; the quick fixes offer the nearest ones, or QEMU’s own `id` and `conf`. An option that this release does not have can be deleted.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:rados_mon_op_timeuot=5'),
      drive('volumes/vm1:rados_mon_op_timeout=5'),
    ),
    evidence: [
      FATAL_KEYS,
      'Ceph, `md_config_t::set_val`: -ENOENT for an unknown option, seen with librados 0.80.5 to 20.2.4',
    ],
  },
  'drive-auth-supported-gone': {
    what: 'The drive string says `auth_supported`, which this librados does not know any more: the drive does not open. Older libvirt, libguestfs and Proxmox wrote it into every drive.',
    releases: 'It went between librados 18.2.7 and 20.2.4.',
    why: 'In a file an unknown option is passed over; in a drive string it is fatal. `auth_supported` stood for three options, of which a client needs one, `auth_client_required`.',
    fix: 'Write `auth_client_required` in its place, with the same value: the preferred quick fix. Where the cluster asks for cephx, which is the default, it can be left out.',
    example: commandExample(
      { qemu: '10.0', librbd: '20.2' },
      drive('volumes/vm1:id=cinder:auth_supported=cephx'),
      drive('volumes/vm1:id=cinder:auth_client_required=cephx'),
    ),
    evidence: [
      FATAL_KEYS,
      'Run: QEMU 11.1.3 over librados 20.2.4 says “invalid conf option auth_supported: No such file or directory”; librados 18.2.7 takes it',
    ],
  },
  'drive-mon-host-differs': {
    what: 'The drive names monitors (`mon_host=` in its name, `server` of a node), and its ceph.conf names others. The message says which of them are asked. If one set is a part of the other, it is a piece of information.',
    why: 'Both are compared as sets of addresses, spellings and default ports left aside. The drive’s are asked, but for QEMU up to 2.3 with librados before 13, where a file that `conf=` names behind `mon_host=` wins. If a host name stands among them, which may be any address, nothing is said.',
    fix: 'For one cluster name the same monitors, best only in the file. For two clusters give the drive a file of its own by `conf=`: with the monitors alone it would take the keyring and everything else from the wrong one.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:mon_host=198.51.100.1'),
      drive('volumes/vm1'),
      [CONF],
    ),
    evidence: [
      KEYS_IN_ORDER,
      FILES_FIRST,
      'QEMU 2.9 on, `qemu_rbd_mon_host`: `server` is set as `mon_host`, after the keys of the name',
    ],
  },
  'drive-id-prefixed': {
    what: '`id=client.x` (or the member `user`) makes QEMU connect as `client.client.x`, a client that has no key and no section in the file.',
    why: 'The id is the client’s name without its type: `rados_create` puts `client.` before it. The tools of Ceph take the full name with `--name`, hence the slip.',
    fix: 'Strip the prefix: the quick fix.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:id=client.cinder'),
      drive('volumes/vm1:id=cinder'),
    ),
    evidence: [
      'QEMU 1.0, `block/rbd.c`: `id` goes to `rados_create` (commit 7c7e9df023)',
      'Ceph, `rados_create`: the name is `client.` and the id; only `rados_create2` takes a full name',
    ],
  },
  'drive-id-repeated': {
    what: 'The name says `id=` more than once. Up to 2.8 the first counts, from 2.9 on the last: the drive changes its client, and perhaps loses its access, with the upgrade. Where the copies are the same, it is a hint.',
    why: 'The old code searches for the first piece that begins with `id=`; the new one keeps members of a node, where a later one takes the place of an earlier one. The `id` of the drive itself, behind a comma, is another thing.',
    fix: 'Delete the one that does not count: the quick fix.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:id=admin:id=cinder'),
      drive('volumes/vm1:id=cinder'),
    ),
    evidence: [
      'QEMU, `block/rbd.c` of 1.0 to 2.8, `qemu_rbd_parse_clientname`: the first that it meets',
      'QEMU 2.9, `qemu_rbd_parse_filename`: `user` is set anew by each (commit c7cacb3e7a)',
    ],
  },
  'drive-key-in-plain-text': {
    what: 'The cephx key stands on the command line: in `:key=`, or as the `data` of a secret object. Every user of the host who may list processes has it, and so has whoever reads libvirt’s logs or a bug report.',
    releases: 'Secret objects for the key since QEMU 2.6 (`password-secret`; `key-secret` since 3.0).',
    why: 'The arguments of a process are no secret. A keyring file, or a secret object that reads a file, keeps the key out of them; so does `data` that is encrypted with a master key (`keyid`), as libvirt writes it. Variables and placeholders are left alone.',
    fix: 'The preferred quick fix writes an `-object secret` that reads a file and takes the key from there, or from such an object that is there already; the other names a keyring. Both name a file that has to be made first: put the key there before it is gone from the text.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      drive('volumes/vm1:id=cinder:key=AQAexampleexampleexampleexampleexamp=='),
      `-object secret,id=rbd-key-cinder,format=base64,file=/etc/ceph/client.cinder.key ${drive('volumes/vm1:id=cinder', ',file.key-secret=rbd-key-cinder')}`,
    ),
    evidence: [
      'QEMU 2.6, `block/rbd.c`: `password-secret` (commit 60390a2192); 3.0: `key-secret` (commit d083f954a9)',
      'QEMU, `crypto/secret.c`: `file=` is read when the object is made',
    ],
  },
  'drive-secret-not-base64': {
    what: 'A secret object holds a cephx key without `format=base64`. The key arrives encoded twice, and the cluster refuses it: the drive does not open.',
    why: 'QEMU hands the bytes of the secret to librados in base64. A cephx key is base64 already, as `ceph auth get-key` prints it; without `format=base64` QEMU takes its letters for the bytes. The passphrase of an encrypted image is no key, and is left alone.',
    fix: 'Add `format=base64`: the quick fix, for both ways of writing an object.',
    example: commandExample(
      { qemu: '9.2', librbd: '18.2' },
      '-object secret,id=key0,file=/etc/ceph/client.cinder.key -blockdev driver=rbd,pool=volumes,image=vm1,user=cinder,key-secret=key0,node-name=vm1 -device virtio-blk-pci,drive=vm1',
      '-object secret,id=key0,file=/etc/ceph/client.cinder.key,format=base64 -blockdev driver=rbd,pool=volumes,image=vm1,user=cinder,key-secret=key0,node-name=vm1 -device virtio-blk-pci,drive=vm1',
    ),
    evidence: [
      'QEMU, `block/rbd.c`, `qemu_rbd_set_auth`: `qcrypto_secret_lookup_as_base64`, then `rados_conf_set("key", …)`',
      'Recorded with QEMU 5.2 to 11.1: the key arrives encoded twice without `format=base64`',
    ],
  },
};
