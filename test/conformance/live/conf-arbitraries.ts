/** Seeded makers of ceph.conf texts: grammar first, then odd spellings, mutations and bytes. */
import fc from 'fast-check';
import type { FileContent } from './live-case.js';
import { mutated } from './mutations.js';
import { setting } from './value-arbitraries.js';

const spelling = fc.oneof(
  fc.constant((name: string) => name),
  fc.constant((name: string) => name.replaceAll('_', ' ')),
  fc.constantFrom(
    (name: string) => name.replace('_', '  '),
    (name: string) => name.replace('_', '\t'),
    (name: string) => name.replaceAll('_', '-'),
    (name: string) => `\t${name} `,
    (name: string) => name.toUpperCase(),
    (name: string) => name.replace('_', ' _'),
  ),
);
const quoting = fc.oneof(
  { weight: 8, arbitrary: fc.constant((value: string) => value) },
  fc.constantFrom(
    (value: string) => `"${value}"`,
    (value: string) => `'${value}'`,
    (value: string) => `" ${value} "`,
    (value: string) => `"${value}`,
    (value: string) => `${value}"`,
    (value: string) => `"${value}" x`,
    (value: string) => `\\${value}`,
    (value: string) => `${value}\\`,
    (value: string) => `\\\n${value}`,
    (value: string) => value.replaceAll(';', '\\;').replaceAll('#', '\\#'),
  ),
);
const equals = fc.oneof(
  { weight: 6, arbitrary: fc.constant(' = ') },
  fc.constantFrom('=', '= ', '\t=\t', ' == ', ' ', ''),
);
const tail = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  fc.constantFrom(' # note', ';note', ' ', '\t', '\r', '#', ' ; "', ' \\'),
);

const keyLine = fc
  .tuple(setting, spelling, equals, quoting, tail)
  .map(([[name, value], spell, separator, quote, end]) => `${spell(name)}${separator}${quote(value)}${end}`);
const sectionLine = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('[global]', '[client]', '[client.admin]', '[client.u]', '[mon]', '[osd.0]') },
  fc.constantFrom(
    '[Client]',
    '[ client ]',
    ' [client]',
    '[client] # c',
    '[client]x',
    '[client',
    '[]',
    '[client.u]\r',
    '[mon0]',
    '[cl\\ient]',
    '\t[global]',
    '[client.a b]',
    '[client.u.v]',
    '[client.]',
    '[ client.u ]',
    '[client.u]; c',
    '["client.u"]',
    '[client] rbd_cache=1',
    '[\\client]',
    '[client]\\',
    '[client',
    '[vm]',
    '[client.vm]',
  ),
);
const otherLine = fc.oneof(
  fc.constantFrom(
    '',
    '# comment',
    '; comment',
    ' ',
    '\t',
    '# é',
    '\\',
    ' \\',
    '\\\\',
    'word',
    '!include x',
    '\f',
    '\r',
    '=',
    '= 1',
    '[',
    '// x',
    'include /srv/a.conf',
    'rbd_cache',
    'rbd_cache = true rbd_cache_size = 1',
    'rbd_cache = "true',
    "rbd_cache = 'true'",
    'rbd_cache =\\',
    'rbd_cache = tr\\',
    'ue',
    '  rbd_cache = false',
    '\t',
    '#\\',
    'rbd_cache = true \\# x',
    ';= =',
    'rbd\\ cache = 0',
    'rbd_cache = 0;1',
    'rbd_cache = "0" ; "1"',
  ),
  fc.string({ maxLength: 10 }),
);
const line = fc.oneof(
  { weight: 8, arbitrary: keyLine },
  { weight: 3, arbitrary: sectionLine },
  { weight: 1, arbitrary: otherLine },
);
const calmLine = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(setting, fc.constantFrom(' = ', '='))
      .map(([[name, value], separator]) => `${name}${separator}${value}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('[global]', '[client]', '[client.admin]', '[client.u]') },
  { weight: 1, arbitrary: fc.constantFrom('', '# c', 'rbd cache = true') },
);

const lineEnd = fc.oneof({ weight: 8, arbitrary: fc.constant('\n') }, fc.constant('\r\n'));
const lastEnd = fc.oneof({ weight: 12, arbitrary: fc.constant('\n') }, fc.constantFrom('', '\n\n', '\r\n', '\r'));

/** A whole ceph.conf: mostly well formed, sometimes not. Printable ASCII, so that no build aborts on it. */
export const confText = fc.oneof(
  fc
    .tuple(fc.constantFrom('[global]', '[client]', '[client.u]'), fc.array(calmLine, { maxLength: 6 }), lineEnd)
    .map(([first, rest, end]) => `${[first, ...rest].join(end)}${end}`),
  fc.tuple(fc.array(line, { maxLength: 7 }), lineEnd, lastEnd).map(([lines, end, last]) => lines.join(end) + last),
);

/** The same, damaged. */
const damagedConfText = mutated(confText);

/** Bytes that are no text, put between a text's lines or into them. */
const confBytes = fc
  .tuple(
    confText,
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom(
          '00',
          'ff',
          'c3',
          'c3a9',
          'efbbbf',
          'f09f9880',
          'eda080',
          'c0af',
          '7f',
          '01',
          '0b',
          'c2a0',
          '85',
          '80',
        ),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([text, odd]): FileContent => {
    let bytes = Buffer.from(text);
    for (const [at, hex] of odd) {
      const place = Math.floor((at * bytes.length) / 1000);
      bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(hex, 'hex'), bytes.subarray(place)]);
    }
    return { b64: bytes.toString('base64') };
  });

/** What stands in a file of ceph.conf's kind. */
export const confContent: fc.Arbitrary<FileContent> = fc.oneof(
  { weight: 10, arbitrary: confText },
  { weight: 3, arbitrary: damagedConfText },
  { weight: 1, arbitrary: confBytes },
);
