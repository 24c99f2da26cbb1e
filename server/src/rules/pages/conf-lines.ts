/** Pages of the rules on lines and sections of a ceph.conf. */
import { confExample, confTexts } from './conf-example.js';
import type { RulePage } from './page.js';

const WHOLE_FILE =
  'ConfUtils.cc, `ConfFile::parse_buffer`, and config.cc, `md_config_t::parse_buffer`, 15.2.0 to 20.2.4 (commit b128929024): any unmet expectation is -EINVAL, and no value of the file counts';
const LINE_BY_LINE =
  'ConfUtils.cc, `ConfFile::load_from_buffer` and `process_line`, 0.48.3 to 14.2.16: a bad line is dropped, the rest counts, the call returns 0';
const BY_QEMU =
  'QEMU block/rbd.c, `qemu_rbd_connect`: a failure of the default file is ignored, that of a file named by `conf=` ends the open';

export const LINE_PAGES: Readonly<Record<string, RulePage>> = {
  'conf-syntax': {
    what: 'A line is neither `key = value` nor a `[section]` nor a comment. The line is lost or, since 15.2, the file: monitors, keyring and every cache setting with it. The message gives the parser’s own words.',
    releases: 'A warning up to 14.2, where the line is dropped; an error since 15.2, where the file is refused.',
    why: 'Up to 14.2 Ceph reads the file line by line and drops what it cannot read; a client that has no log file never shows the complaint. Since 15.2 one grammar reads the file as a whole, and `rados_conf_read_file` fails on the first unmet expectation. Where QEMU found the file by itself it ignores that failure and goes on with built-in defaults; where the drive names the file by `conf=`, it does not open.',
    fix: 'Write what was meant. Quick fixes put in the missing `=`, close a bracket or a quote, empty a line of blanks before the first section, or make the line a comment.',
    example: confExample(
      '18.2',
      ['[global]', 'fsid 5b9c1f0e-0f7a-4c2b-9a53-0c5f7e3a2b11', 'mon_host = 192.0.2.10'],
      ['[global]', 'fsid = 5b9c1f0e-0f7a-4c2b-9a53-0c5f7e3a2b11', 'mon_host = 192.0.2.10'],
    ),
    evidence: [LINE_BY_LINE, WHOLE_FILE, BY_QEMU],
  },
  'conf-final-newline': {
    what: 'The file ends without a line end. Up to 14.2 its last line is lost, since 15.2 the whole file. No other mistake is as frequent in files that people publish, and most editors do not show it.',
    releases: 'A warning up to 14.2, an error since 15.2.',
    why: 'Both parsers take a line only with its end. A last line that is only a comment may do without, in every release; a comment behind a value does not help.',
    fix: 'Put a line end behind the last line. The quick fix does so, and is part of “fix all”.',
    example: confTexts(
      '18.2',
      '[global]\nmon_host = 192.0.2.10\n[client]\nrbd_cache_size = 67108864',
      '[global]\nmon_host = 192.0.2.10\n[client]\nrbd_cache_size = 67108864\n',
    ),
    evidence: [
      'ConfUtils.cc, `ConfFile::load_from_buffer`, 0.48.3 to 14.2.16: “ignoring line … because it doesn’t end with a newline”',
      WHOLE_FILE,
      'Observed with librados 14.2.21, 16.2.15, 18.2.7 and 20.2.4 on files without a last line end',
    ],
  },
  'conf-indented-section': {
    what: 'A section header stands behind blanks, and the whole file is refused; or it has blanks inside its brackets, and no program reads what stands below it.',
    why: 'Since 15.2 the grammar knows a header only in the first column, and takes the name between the brackets letter by letter: `[ client ]` is not `[client]`. Earlier releases trim both. Keys may be indented in every release.',
    fix: 'Remove the blanks; a second quick fix does so for all headers of the file at once.',
    example: confExample(
      '18.2',
      ['[global]', 'mon_host = 192.0.2.10', '  [client]', '  rbd_cache_size = 67108864'],
      ['[global]', 'mon_host = 192.0.2.10', '[client]', '  rbd_cache_size = 67108864'],
    ),
    evidence: [
      WHOLE_FILE,
      'ConfUtils.cc, `ConfFile::process_line`, up to 14.2.16: leading blanks are skipped and the name is trimmed',
    ],
  },
  'conf-comment-in-quotes': {
    what: 'A `#` or `;` stands inside quotes. The parser takes it for the start of a comment, misses the closing quote, and refuses the whole file.',
    why: 'The grammar of 15.2 ends a quoted text at a comment sign. Up to 14.2 double quotes protect such signs, and the rule is silent. A backslash makes the sign ordinary in every release.',
    fix: 'Write `\\;` or `\\#`; the quick fix puts in the backslashes.',
    example: confExample(
      '18.2',
      ['[client]', 'keyring = "/etc/ceph/a;b.keyring"'],
      ['[client]', 'keyring = "/etc/ceph/a\\;b.keyring"'],
    ),
    evidence: [WHOLE_FILE, 'Observed with the parsers of 0.48.3, 14.2.16 and 18.2.7, compiled on their own'],
  },
  'conf-non-ascii': {
    what: 'A character outside of ASCII stands neither in a comment nor in quotes. The parser of 16.2 can end the whole process on it: QEMU, with the guest.',
    releases:
      'An error for 16.2.15, whose Debian build was seen to do so; a warning for the rest of 16.2, where it depends on how librados was built.',
    why: 'The grammar hands each byte to a character class of Boost that asserts ASCII. A build without assertions reads the character; Debian’s 16.2.15 has them. Comments and quoted values are not looked at in this way. 18.2 and 20.2 were seen to read such characters.',
    fix: 'Put the value in quotes, as the quick fix does, or keep to ASCII.',
    example: confExample(
      '16.2.15',
      ['[client]', 'keyring = /etc/ceph/prüfung.keyring'],
      ['[client]', 'keyring = "/etc/ceph/prüfung.keyring"'],
    ),
    evidence: [
      'Observed with librados 16.2.15 of Debian 12, which aborts; 18.2.7 and 20.2.4 do not',
      'ConfUtils.cc, `ConfFile::parse_buffer`, 16.2.0, over Boost.Spirit’s `ascii` character classes',
    ],
  },
  'conf-section-case': {
    what: 'A section has a name such as `[Client]` or `[GLOBAL]`. No program of any release reads it, and all settings below it are dead, without a word.',
    why: 'Section names are compared letter by letter: a client asks for `client.<id>`, `client` and `global`. The part behind the dot may have capitals, as the client’s id has them.',
    fix: 'Write the name in lower case. The quick fix does so where no other section sets the same options.',
    example: confExample('18.2', ['[Client]', 'rbd_cache_size = 67108864'], ['[client]', 'rbd_cache_size = 67108864']),
    evidence: ['config.cc, `md_config_t::get_my_sections` and `get_val_from_conf_file`, 0.48.3 to 20.2.4'],
  },
  'conf-bom': {
    what: 'The file starts with a byte-order mark. It becomes part of the first line: a section header is lost or a key is unknown; since 15.2 the whole file is refused. Debian’s 16.2.15 ends the process.',
    releases:
      'Up to 14.2 an information where only a comment or a `[global]` is hit, which does no harm; an error everywhere else.',
    why: 'No release skips the mark. Editors write it for “UTF-8 with BOM”, which is what some of them call UTF-8.',
    fix: 'Save the file as UTF-8 without a mark. The quick fix removes it.',
    example: confTexts('18.2', '\ufeff[client]\nrbd_cache_size = 67108864\n', '[client]\nrbd_cache_size = 67108864\n'),
    evidence: [
      'Observed with librados 14.2.21, 16.2.15, 18.2.7 and 20.2.4 on files with a byte-order mark',
      WHOLE_FILE,
    ],
  },
  'conf-key-outside-section': {
    what: 'Keys stand before the first section. Up to 14.2 they belong to `[global]`; since 15.2 the file is refused.',
    releases: 'An information up to 14.2, an error since 15.2.',
    why: 'The grammar of 15.2 knows two forms of a file: one single key, or sections. Only a file that is one key, with nothing but blank and comment lines behind it, is read by every release; the rule is silent on it.',
    fix: 'Put `[global]` above the keys, which changes nothing for older releases. The quick fix does so, and is part of “fix all”.',
    example: confExample(
      '18.2',
      ['mon_host = 192.0.2.10', '[client]', 'rbd_cache_size = 67108864'],
      ['[global]', 'mon_host = 192.0.2.10', '[client]', 'rbd_cache_size = 67108864'],
    ),
    evidence: [
      LINE_BY_LINE,
      WHOLE_FILE,
      'Observed with librados 16.2.15, 18.2.7 and 20.2.4: one key alone is accepted, two are not',
    ],
  },
};
