/** Pages of the rules on the names of options and sections, and on who reads them. */
import { besideCommand, confExample } from './conf-example.js';
import type { RulePage } from './page.js';

const LOOK_UP =
  'config.cc, `md_config_t::parse_config_files`, 0.48.3 to 20.2.4: the code walks its own list of options and looks each one up in the file';
const OPTION_LISTS = 'config_opts.h, options.cc and the option yaml files of 36 releases, 0.48.3 to 20.2.4';
const SECTION_ORDER =
  'config.cc, `md_config_t::get_my_sections`, all releases: `[client.<id>]`, `[client]`, `[global]`; the first that holds the key wins';

export const NAME_PAGES: Readonly<Record<string, RulePage>> = {
  'conf-unknown-option': {
    what: 'No release has an option of this name, so the line is dead, without a word. There is one with nearly that name, or the name begins with `rbd_`.',
    releases:
      'A hint where the chosen release is newer than the data, or is a vendor’s build that takes in later options.',
    why: 'Ceph walks its own list of options and looks each one up in the file; a name that is not on the list is never an error. The rule speaks up where a name is within two letters of an option of the chosen release, differs from one in capitals, or begins with `rbd_`. It is silent on names that other programs read from the same file (`mon addr`, `devs`, `osd mkfs type`, keys of deploy tools) and on options of other releases, which [conf-option-not-in-release](conf-option-not-in-release.md) speaks of.',
    fix: 'Take the name that was meant: the quick fixes offer the nearest ones. Names of your own tools are allowed by the setting `rbdcache.allowedOptions`, or by `allow = name, tool_*` under `[options]` in `.rbdcacherc`.',
    example: confExample('18.2', ['[client]', 'rbd_cahce_size = 67108864'], ['[client]', 'rbd_cache_size = 67108864']),
    evidence: [LOOK_UP, OPTION_LISTS],
  },
  'conf-dash-in-key': {
    what: 'A key is written with dashes, as on a command line. In a file no release reads it, and the line is dead, without a word.',
    why: '`--rbd-cache=false` works as an argument and in `CEPH_ARGS`, where dashes become underscores. In a file only blanks do.',
    fix: 'Write underscores or blanks. The quick fix does so where the section does not set the option already.',
    example: confExample('18.2', ['[client]', 'rbd-cache-size = 67108864'], ['[client]', 'rbd_cache_size = 67108864']),
    evidence: [
      'ConfUtils.cc, `ConfFile::normalize_key_name`, all releases: blanks become underscores, dashes stay',
      'ceph_argparse.cc, `dashes_to_underscores`: arguments only',
    ],
  },
  'conf-option-not-in-release': {
    what: 'The option belongs to other releases: it is not there yet, or no more, or has another name. This release ignores the line without a word.',
    releases:
      'A warning for options of clients; a hint for those of daemons, which do no harm to a disk, and where the sources around the chosen release were not read.',
    why: 'Options come, go and get other names, and a file that has moved from release to release keeps the old ones. Ceph never complains of a name that it does not know. Many old options of daemons in one file are one hint together.',
    fix: 'Rename the option where this release has it under another name, or delete the line; other programs may read the file too.',
    example: confExample('20.2', ['[client]', 'auth_supported = cephx'], ['[client]', 'auth_client_required = cephx']),
    evidence: [
      OPTION_LISTS,
      LOOK_UP,
      'Observed with librados 18.2.7 and 20.2.4: `auth_supported` is known to the first only',
    ],
  },
  'conf-duplicate-option': {
    what: 'A section sets the same option twice, in whatever spelling. One of the lines does nothing.',
    releases: 'A hint where both lines say the same. 0.48 takes the first line, every other release the last.',
    why: 'Blanks and underscores are the same in keys, and sections of one name are merged: two lines that look different, pages apart, can set the same option.',
    fix: 'Delete the line that does not count, or the other one if that is what you meant.',
    example: confExample(
      '18.2',
      ['[client]', 'rbd cache size = 67108864', 'rbd_cache_size = 134217728'],
      ['[client]', 'rbd_cache_size = 134217728'],
    ),
    evidence: [
      'ConfUtils.cc, `ConfFile::load_from_buffer`: 0.48.3 keeps the first line; since commit f69d025b3c (0.56) the last one',
      'ConfUtils.cc, `ConfFile::parse_buffer`, 15.2.0 to 20.2.4: the last one',
    ],
  },
  'conf-section-unused': {
    what: 'A `[client.x]` section sets `rbd_*` options, but every drive that is known connects as another client. Nothing of the section counts for them.',
    why: 'QEMU connects as `client.<id>`, with the id of the drive or `admin` where none is given, and reads `[client.<id>]`, `[client]` and `[global]`. The rule is silent while no drive is known, and on sections of other programs (`client.admin`, `client.rgw.*`, `client.crash` …).',
    fix: 'Rename the section to the drives’ client, or give the drives the section’s id: there is a quick fix for either.',
    example: besideCommand(
      'kvm -drive file=rbd:volumes/vm1:id=libvirt,format=raw,if=virtio,cache=writeback',
      confExample(
        '18.2',
        ['[client.cinder]', 'rbd_cache_max_dirty = 16777216', 'rbd_cache_target_dirty = 8388608'],
        ['[client.libvirt]', 'rbd_cache_max_dirty = 16777216', 'rbd_cache_target_dirty = 8388608'],
      ),
    ),
    evidence: [
      SECTION_ORDER,
      'QEMU block/rbd.c: `rados_create` gets the `id` of the name or the member `user`; without one librados takes `admin`',
    ],
  },
  'conf-shadowed-by-section': {
    what: 'A more specific section sets the option too, for every drive in view: this line does nothing for them.',
    why: 'The first of `[client.<id>]`, `[client]` and `[global]` that holds a key wins, even where its value is invalid. Programs that connect as someone else may still read the line.',
    fix: 'Change the option where it counts; the finding links there. There is no quick fix, since other programs may need the line.',
    example: besideCommand(
      'kvm -drive file=rbd:volumes/vm1:id=libvirt,format=raw,if=virtio,cache=writeback',
      confExample(
        '18.2',
        ['[client]', 'rbd_cache_max_dirty = 16777216', '[client.libvirt]', 'rbd_cache_max_dirty = 20971520'],
        ['[client.libvirt]', 'rbd_cache_max_dirty = 20971520'],
      ),
    ),
    evidence: [SECTION_ORDER],
  },
  'conf-socket-shared': {
    what: 'The path of the admin socket is the same for several connections. Only one of them can be asked which RBDCache it runs with.',
    releases: '`$pid` is there since 0.56, `$cctid` since 0.94 and in 0.80 from 0.80.8 on.',
    why: 'QEMU opens one connection for each disk, and each makes its own admin socket when it has connected. `$pid` tells processes apart, `$cctid` the connections of one process. A warning where two drives in view would share the path, else a hint. Log files are appended to and need neither.',
    fix: 'Put `$pid` and `$cctid` into the path. Daemons are asked at the path in `[global]`; for that case a quick fix gives clients a path of their own.',
    example: confExample(
      '18.2',
      ['[client]', 'admin_socket = /var/run/ceph/$name.asok'],
      ['[client]', 'admin_socket = /var/run/ceph/$name.$pid.$cctid.asok'],
    ),
    evidence: [
      'ceph_context.cc, `CephContext::start_service_thread`: the socket is made when `rados_connect` finishes',
      'config.cc: `$pid` since commit cf2a045402 (0.56), `$cctid` since bb45621cb1 (0.88, 0.80.8)',
    ],
  },
};
