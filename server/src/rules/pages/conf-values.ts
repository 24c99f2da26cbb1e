/** Pages of the rules on what stands behind the equals sign of a ceph.conf. */
import { confExample } from './conf-example.js';
import type { RulePage } from './page.js';

const IGNORED =
  'config.cc, `md_config_t::parse_config_files` and `rados_conf_read_file`, 0.48.3 to 20.2.4: an invalid value is passed over, and the read succeeds';
const VALIDATED = 'options.cc, `Option::parse_value` and `Option::validate`, 12.2.0 to 20.2.4';

export const VALUE_PAGES: Readonly<Record<string, RulePage>> = {
  'conf-placeholder': {
    what: 'A placeholder such as `<FSID>`, `{n}` or `@@x@@` was left in where a number, a boolean, an address, a UUID or one of a few words belongs. The option silently keeps its default.',
    why: 'Manuals show what to fill in, and Ceph says nothing where a value cannot be read. Host names, paths and other texts are not looked at, since anything is valid there; nor are the marks of templates that a program fills in (`{{ x }}`, `<%= x %>`, `$X`).',
    fix: 'Put the real value in the place of the placeholder.',
    example: confExample(
      '18.2',
      ['[global]', 'fsid = <FSID>'],
      ['[global]', 'fsid = 5b9c1f0e-0f7a-4c2b-9a53-0c5f7e3a2b11'],
    ),
    evidence: [IGNORED],
  },
  'conf-value-cut': {
    what: 'A `#` or `;` is glued to the value or leaves it empty: it starts a comment, and what stands behind it is lost. `mon_host = a;b` is `a`, and `mon_host = #a` is empty.',
    why: '`#` and `;` start a comment wherever they stand, with or without a blank before them. An ordinary comment (a blank and the sign, or the sign and a blank behind a number) is no finding. A backslash makes the sign part of the value; up to 14.2 double quotes do so too, later they void the file ([conf-comment-in-quotes](conf-comment-in-quotes.md)).',
    fix: 'Write commas in a list of monitors, put a backslash before a sign that belongs to the value, or a blank before a comment. There is a quick fix for each.',
    example: confExample(
      '18.2',
      ['[global]', 'mon_host = 192.0.2.10;192.0.2.11'],
      ['[global]', 'mon_host = 192.0.2.10,192.0.2.11'],
    ),
    evidence: [
      'ConfUtils.cc, `ConfFile::process_line` (up to 14.2.16) and `ConfFile::parse_buffer` (15.2.0 to 20.2.4)',
      'Observed with the parsers of 0.48.3, 14.2.16 and 18.2.7: `a = b#c` is `b`',
    ],
  },
  'conf-invalid-value': {
    what: 'This release cannot read the value as the option’s type. It ignores the line, and the option keeps its default. Nothing is printed that a user of QEMU would see.',
    releases: 'Which units and signs a number may have depends on the release.',
    why: 'Booleans are `true`, `false` and whole numbers; `yes`, `no`, `on` and `off` are none, in any release. Sizes have units from 0.80.6 on: upper-case letters, one or two of them up to 19.2.2, `MiB` and its like since. The first section that holds the key wins even with an invalid value: there is no fall back to the next.',
    fix: 'Write the value as this release reads it; the quick fix does so where the meaning is sure.',
    example: confExample(
      '18.2',
      ['[client]', 'rbd_cache_size = 64MiB', 'rbd_balance_snap_reads = yes'],
      ['[client]', 'rbd_cache_size = 67108864', 'rbd_balance_snap_reads = true'],
    ),
    evidence: [
      IGNORED,
      'strtol.cc of 0.48.3 to 20.2.4, run on its own; units since commit 5500437e06 (0.80.6, 0.81), of 1000 since f753b74f37 (12.2.8, 13.2), type size since 7c25de3799 (13.2)',
    ],
  },
  'conf-value-out-of-range': {
    what: 'The value lies outside of the option’s minimum, maximum or list of words. It is ignored like one that cannot be read, and the option keeps its default.',
    releases: 'Debug levels end at 99 since 13.2.',
    why: 'Since 12.2 options can have limits. Words are compared letter by letter: `WriteBack` is not `writeback`.',
    fix: 'Take a value within the limits: the quick fixes offer the nearest bound, or the permitted words.',
    example: confExample(
      '18.2',
      ['[client]', 'rbd_cache_policy = WriteBack'],
      ['[client]', 'rbd_cache_policy = writeback'],
    ),
    evidence: [VALIDATED, IGNORED],
  },
  'conf-unit-changed': {
    what: 'The size is written with a unit that meant another number of bytes in another release: moving to that release changes the cache.',
    releases: 'Up to 0.80.5 such a value cannot be read at all.',
    why: '`rbd cache size = 64M` is 67,108,864 bytes from 0.80.6 to 12.2.7, 64,000,000 bytes from 12.2.8 to 12.2.13, and 67,108,864 bytes again since 13.2. Only a plain number of bytes is the same everywhere. The rule looks at options of clients.',
    fix: 'Write the size in bytes; the quick fix puts in what it is for the chosen release.',
    example: confExample('18.2', ['[client]', 'rbd_cache_size = 64M'], ['[client]', 'rbd_cache_size = 67108864']),
    evidence: [
      'strtol.cc, `strict_sistrtoll`: base 1024 since commit 5500437e06 (0.80.6), base 1000 since f753b74f37 (12.2.8)',
      'strtol.cc, `strict_iecstrtoll`, for type size since commit 7c25de3799 (13.2): base 1024',
    ],
  },
  'conf-meta-unknown': {
    what: 'A `$variable` in the value is neither a meta variable of this release nor an option. It stays in the value, dollar sign and all: a log or a socket gets a name that nobody looks for.',
    releases:
      '`$pid` is there since 0.56, `$cctid` since 0.94 and in 0.80 from 0.80.8 on, `$data_dir` since 10.2, `$home` since 13.2.',
    why: 'Ceph puts in `$cluster`, `$type`, `$id`, `$num`, `$name` and `$host`, those that came later, and every option by its name; anything else is left as it is. Names in braces that resemble none of these are left alone, since templates use them.',
    fix: 'Write the variable that was meant; the quick fix offers the nearest one.',
    example: confExample(
      '18.2',
      ['[client]', 'log_file = /var/log/ceph/$nmae.log'],
      ['[client]', 'log_file = /var/log/ceph/$name.log'],
    ),
    evidence: ['config.cc, `md_config_t::expand_meta` (0.48.3 to 12.2.13) and `_expand_meta` (13.2.0 to 20.2.4)'],
  },
  'conf-mon-host-syntax': {
    what: 'A monitor’s address is torn apart by a blank or a semicolon, or written for msgr2 where this librados has none. The client does not find that monitor.',
    releases: 'Brackets with `v1:` and `v2:` are read since 14.2.',
    why: 'Commas, semicolons and blanks part the addresses of the list, so a blank before a port tears it off. Since 14.2 the list is cut at blanks and semicolons before brackets are looked at: inside of `[v2:…,v1:…]` only commas may stand. An older librados knows no `v1:` and `v2:`.',
    fix: 'Take out the blanks, or write plain addresses for a librados before 14.2. There is a quick fix for each.',
    example: confExample(
      '18.2',
      ['[global]', 'mon_host = [v2:192.0.2.10:3300, v1:192.0.2.10:6789]'],
      ['[global]', 'mon_host = [v2:192.0.2.10:3300,v1:192.0.2.10:6789]'],
    ),
    evidence: [
      'ceph_argparse.cc, `parse_ip_port_vec`: up to 13.2 addresses with commas, blanks and semicolons between them; since 14.2 cut at blanks and semicolons first',
      'The option `ms_bind_msgr2` came with msgr2 in 14.2.0',
    ],
  },
};
