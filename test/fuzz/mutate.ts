/** Makes inputs: sources cut, joined, doubled and sprinkled with what parsers stumble over; and plain noise. */
import type { Random } from './random.js';
import type { Source, SourceKind } from './sources.js';

/** Words that mean something to some parser. */
const TOKENS: readonly string[] = [
  ...[
    ',',
    ',,',
    '=',
    ':',
    ';',
    '#',
    '@',
    '/',
    '\\',
    '\\\\',
    '"',
    "'",
    '`',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '$',
    '!',
    '%',
    '~',
    '*',
    '|',
    '&',
    '<',
    '>',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\f',
    '\v',
    ' ',
    '  ',
    '\\\n',
    '\\\r\n',
    '\0',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
  ],
  ...['\ud800', '\udc00', '\udfff\ud800', '\u{1f600}', 'é', 'e\u0301', '\ufffc', '\ufffd', '\uffff'],
  ...[
    '$(',
    '${',
    '$((',
    '<<EOF\n',
    "<<-'X'\n",
    '\nEOF\n',
    '<(',
    '{a,b}',
    "$'\\x41\\u{1}'",
    "$'\\",
    '"$@"',
    '&&',
    '||',
    ';;',
    'case x in',
    'esac',
    'if ',
    ' fi',
  ],
  ...[
    '[global]\n',
    '[client]\n',
    '[client.u]\n',
    '\n[',
    ']\n',
    '\nrbd cache = ',
    'rbd_cache=',
    ' # ',
    ' ;',
    '= "',
    '" #',
    '$pid',
    '${name',
    '$$',
    '$cluster',
  ],
  ...[
    '-drive ',
    '-blockdev ',
    '-device ',
    '-object ',
    '-hda ',
    '-snapshot ',
    '-readconfig ',
    '-set ',
    'file=rbd:',
    'rbd:p/i',
    ':id=',
    ':conf=',
    ':key=',
    ':mon_host=',
    '@snap',
  ],
  ...[
    'cache=none',
    'cache=',
    'cache.direct=on',
    'cache.no-flush=',
    'format=raw',
    'if=none',
    'id=d',
    'file.driver=rbd',
    'driver=',
    'node-name=',
    'file.server.0.host=',
    '.0=',
    '..',
    '.',
  ],
  ...[
    'json:{',
    '{"driver":"rbd"',
    '"pool":',
    '"cache":{"direct":true}',
    '[[',
    '{"":',
    '\\u0000',
    '\\ud800',
    '1e999',
    'null',
    '"\\',
    '/*',
  ],
  ...[
    'qemu-system-x86_64 ',
    'kvm ',
    'sudo -u x ',
    'env A=1 ',
    '# rbdcache: qemu=',
    'librbd=',
    'vendor=proxmox',
    '# rbdcache-disable ',
    'rbdcache-disable-next-line',
  ],
  ...[
    '0',
    '-1',
    '1',
    '18446744073709551616',
    '1e309',
    'nan',
    '0x',
    '64M',
    '9'.repeat(40),
    'true',
    'yes',
    'on',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ],
];

const LONGEST = 20_000;

export class Mutator {
  private readonly byKind: Readonly<Record<SourceKind, readonly Source[]>>;

  constructor(private readonly sources: readonly Source[]) {
    this.byKind = {
      conf: sources.filter(({ kind }) => kind === 'conf'),
      command: sources.filter(({ kind }) => kind === 'command'),
    };
  }

  /** One in twelve is noise; the rest are sources of that kind (now and then of the other) with a few mutations. */
  input(random: Random, kind: SourceKind): string {
    if (random.chance(1 / 12)) return noise(random);
    const from = random.chance(1 / 20) ? this.sources : this.byKind[kind];
    let text = random.pick(from).text;
    if (random.chance(0.1)) text += random.pick(from).text;
    for (let left = random.between(0, 6); left > 0; left--) text = this.mutate(text, random);
    return text.slice(0, LONGEST);
  }

  /** A source as it is. */
  source(random: Random, kind: SourceKind): string {
    return random.pick(this.byKind[kind]).text;
  }

  private mutate(text: string, random: Random): string {
    const at = random.below(text.length + 1);
    const length = random.chance(0.7) ? random.below(4) : random.below(text.length - at + 1);
    const before = text.slice(0, at);
    const after = text.slice(at);
    switch (random.below(11)) {
      case 0:
        return before + after.slice(length);
      case 1:
        return before + after.slice(0, length) + after;
      case 2:
      case 3:
      case 4:
        return before + random.pick(TOKENS) + after;
      case 5:
        return before + random.pick(TOKENS) + after.slice(length);
      case 6: {
        const other = random.pick(this.sources).text;
        const from = random.below(other.length + 1);
        return before + other.slice(from, from + random.below(60)) + after;
      }
      case 7:
        return before + String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(8))) + after.slice(1);
      case 8:
        return before + random.pick(TOKENS).repeat(random.pick([2, 3, 10, 200])) + after;
      case 9:
        return random.chance(0.5) ? before : after;
      default:
        return text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n', ' ', '\\\n']));
    }
  }
}

function noise(random: Random): string {
  const length = random.pick([0, 1, 2, 5, 20, 100, 400]);
  const units = (make: () => number): string => String.fromCharCode(...Array.from({ length }, () => make()));
  switch (random.below(5)) {
    case 0:
      return units(() => random.below(0x80));
    case 1:
      return units(() => random.below(0x10000));
    case 2:
      return units(() => random.between(0xd800, 0xdfff));
    case 3:
      return Buffer.from(
        units(() => random.below(0x100)),
        'latin1',
      ).toString('utf8');
    default:
      return Array.from({ length }, () => random.pick(TOKENS)).join('');
  }
}
