import { describe, expect, test } from 'vitest';
import { qemuBehaviour } from '../../../server/src/catalog/qemu-behaviour.js';
import { redact } from '../../../server/src/features/redact.js';
import { parseCephConf } from '../../../server/src/syntax/ceph-conf/parse.js';
import { findQemuCommands } from '../../../server/src/syntax/commands.js';
import { directivesIn } from '../../../server/src/syntax/directives.js';
import { MappedText } from '../../../server/src/syntax/mapped-text.js';
import { parseJsonText } from '../../../server/src/syntax/qemu/json-text.js';
import { parseKeyval } from '../../../server/src/syntax/qemu/keyval.js';
import { parseQemuOpts } from '../../../server/src/syntax/qemu/qemu-opts.js';
import { parseRbdName } from '../../../server/src/syntax/qemu/rbd-name.js';
import { looksLikeCephConf } from '../../../server/src/workspace/looks-like-ceph-conf.js';
import { parseRcFile } from '../../../server/src/workspace/rc-file.js';
import { COMMAND, CONF, checkLog, everythingSaid, openWorkspace, releasePair } from '../../fuzz/everything.js';

const CHARACTERS_OF_TEXT = 100_000;
/** Of longer pieces, of which there are more. */
const CHARACTERS_OF_PIECES = 40_000;
const LIMIT_MS = 1_000;
/** What costs no more for so long a text cannot have looked at each character for each other one. */
const FAST_MS = 100;
/** Ten times the text: a square would be a hundred times; what such a run keeps alive costs the collector more, too. */
const MOST = 30;

/** Single characters, repeated a hundred thousand times. */
const CHARACTERS = [...',\'"{}[]()\\#;=:@/`$!~*&|<> \n\r\t\0.-a9é', '\ud800', '\ufffc', '\u2028'];
const PIECES = [
  ...[
    '\\\n',
    '\\\\',
    '""',
    "'' ",
    ',,',
    '{}',
    '$(',
    '${',
    '${a',
    '`a',
    '"a ',
    "'a ",
    '<<E\n',
    '<(',
    '{a,',
    '{a,b}',
    '$((',
    "$'\\x",
  ],
  ...[
    '[a]\n',
    '[a',
    'a=\n',
    'a = 1\n',
    '# x\n',
    'a \\\n',
    'a = "\n',
    'a = $b\n',
    ' = ',
    'a b ',
    ';\n',
    '\n\n',
    '\r\n',
    'é=1\n',
  ],
  ...[
    '"k":',
    '[[',
    '{"a":',
    '[{',
    ',a=1',
    'a=1,',
    ':k=v',
    ':k',
    '.0',
    'a.b.',
    '.0.',
    '\\:',
    '\\@',
    '\\,',
    'id=',
    ',id=x',
    ':conf=',
  ],
  ...[
    '-drive ',
    '-drive rbd:p/i ',
    'qemu-kvm ',
    'qemu-kvm\n',
    'sudo ',
    'A=1 ',
    'if ',
    'case x in ',
    '&& ',
    '| ',
    '( ',
    '; ',
  ],
  ...[
    'rbdcache: ',
    '# rbdcache: qemu=2.2\n',
    '# rbdcache-disable x\n',
    '# rbdcache-disable-next-line x\n',
    'key=',
    'secret data=',
  ],
];

/** What stands before and behind the pieces. */
type Context = readonly [before: string, after: string];
const BARE: readonly Context[] = [['', '']];
const IN_CONF: readonly Context[] = [...BARE, ['[client]\nkey = ', '\n']];
const IN_COMMAND: readonly Context[] = [...BARE, ['qemu-kvm -drive file=rbd:p/i', ',format=raw\n']];

const { driveOpts: newOpts, name: newName, json: newJson } = qemuBehaviour(releasePair(['10.0', '18.2']).qemu);
const { driveOpts: oldOpts, name: oldName } = qemuBehaviour(releasePair(['2.2', '0.87']).qemu);

interface Measured {
  readonly name: string;
  readonly contexts: readonly Context[];
  readonly run: (text: string) => void;
}

const MEASURED: readonly Measured[] = [
  { name: 'ceph.conf, era A', contexts: BARE, run: (text) => parseCephConf(text, 'A') },
  { name: 'ceph.conf, era B', contexts: BARE, run: (text) => parseCephConf(text, 'B') },
  { name: 'ceph.conf, era C', contexts: IN_CONF, run: (text) => parseCephConf(text, 'C') },
  { name: 'commands of a script', contexts: IN_COMMAND, run: (text) => readCommands(text, 'shellscript') },
  { name: 'command lines', contexts: IN_COMMAND, run: (text) => readCommands(text, 'qemu-cmdline') },
  { name: 'directives', contexts: BARE, run: (text) => directivesIn(text) },
  { name: 'QemuOpts of QEMU 10.0', contexts: BARE, run: (text) => parseQemuOpts(MappedText.verbatim(text), newOpts) },
  { name: 'QemuOpts of QEMU 2.2', contexts: BARE, run: (text) => parseQemuOpts(MappedText.verbatim(text), oldOpts) },
  {
    name: 'names of QEMU 10.0',
    contexts: [['rbd:p/i', '']],
    run: (text) => parseRbdName(MappedText.verbatim(text), newName),
  },
  {
    name: 'names of QEMU 2.2',
    contexts: [['rbd:p/i', '']],
    run: (text) => parseRbdName(MappedText.verbatim(text), { ...oldName, limits: null }),
  },
  { name: 'dotted keys', contexts: BARE, run: (text) => parseKeyval(MappedText.verbatim(text), 'driver') },
  {
    name: 'JSON',
    contexts: [
      ['', ''],
      ['["', '"]'],
    ],
    run: (text) => parseJsonText(MappedText.verbatim(text), newJson),
  },
  { name: '.rbdcacherc', contexts: IN_CONF, run: (text) => parseRcFile(text) },
  { name: 'telling a ceph.conf', contexts: BARE, run: (text) => looksLikeCephConf(text) },
  {
    name: 'all views of a ceph.conf',
    contexts: [['[client]\n', '\n']],
    run: (text) => sayEverything({ [CONF]: text, [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw\n' }, CONF),
  },
  {
    name: 'all views of a drive',
    contexts: [['qemu-kvm -drive file=rbd:p/i', ',format=raw\n']],
    run: (text) => sayEverything({ [CONF]: '[client]\nrbd cache = true\n', [COMMAND]: text }, COMMAND),
  },
  { name: 'redaction', contexts: IN_CONF, run: (text) => redact(text) },
];

function readCommands(text: string, language: 'shellscript' | 'qemu-cmdline'): void {
  for (const command of findQemuCommands(text, language)) for (const arg of command.args) arg.span();
}

function sayEverything(documents: Readonly<Record<string, string>>, address: string): void {
  const opened = openWorkspace(documents, undefined);
  const length = documents[address]?.length ?? 0;
  everythingSaid(opened, address, { offsets: [0, length >> 1, length] });
  checkLog(opened.log);
}

/** CPU of the quickest of some runs, in milliseconds. */
function cost(work: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let left = runs; left > 0; left--) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Null where the work grows with the text and no faster. */
function growthFault(work: (text: string) => unknown, make: (share: number) => string, most: number): string | null {
  const long = make(1);
  let all = cost(() => work(long), 1);
  let tenth = 0;
  for (let tries = 4; tries > 0 && all > FAST_MS; tries--) {
    const short = make(0.1);
    tenth = Math.max(
      tenth,
      cost(() => work(short), 3),
    );
    if (all <= LIMIT_MS && all <= most * tenth) return null;
    all = Math.min(
      all,
      cost(() => work(long), 2),
    );
  }
  return all <= FAST_MS ? null : `${all.toFixed(0)} ms, and ${tenth.toFixed(1)} ms for a tenth of it`;
}

function repeated(before: string, piece: string, after: string): (share: number) => string {
  const characters = piece.length === 1 ? CHARACTERS_OF_TEXT : CHARACTERS_OF_PIECES;
  return (share) => before + piece.repeat((characters * share) / piece.length) + after;
}

describe(`no shape of a text of up to ${CHARACTERS_OF_TEXT} characters costs more than its length`, () => {
  const shapes = [...CHARACTERS, ...PIECES];
  test.each(MEASURED.map((measured) => [measured.name, measured] as const))(
    `%s, ${shapes.length} shapes`,
    (_name, { contexts, run }) => {
      const faults = shapes.flatMap((piece) =>
        contexts.flatMap(([before, after]) => {
          const fault = growthFault(run, repeated(before, piece, after), MOST);
          return fault === null ? [] : [`${JSON.stringify([before, piece, after])}: ${fault}`];
        }),
      );
      expect(faults).toEqual([]);
    },
    120_000,
  );
});

describe('ten times the document costs at most twelve times the CPU', () => {
  const conf = (lines: number): string =>
    Array.from(
      { length: lines / 10 },
      (_, i) =>
        `[client.vm${i}]\n# a volume\n${'rbd cache = true\nrbd_cache_size = 64M\n'.repeat(3)}log file = /var/log/$name.log\n\n`,
    ).join('');
  const command = (drives: number): string =>
    Array.from(
      { length: drives },
      (_, i) =>
        `qemu-system-x86_64 -name vm${i} \\\n  -drive file=rbd:volumes/v${i}:id=vm${i},if=virtio,format=raw,cache=none\n`,
    ).join('');
  test.each([
    ['a ceph.conf of 5,000 lines', (share: number) => ({ [CONF]: conf(5_000 * share), [COMMAND]: command(2) }), CONF],
    ['a file of 500 drives', (share: number) => ({ [CONF]: conf(100), [COMMAND]: command(500 * share) }), COMMAND],
  ] as const)('%s', (_name, documents, address) => {
    const run = (share: number): void => sayEverything(documents(share), address);
    let ratio = Number.POSITIVE_INFINITY;
    for (let tries = 5; tries > 0 && ratio > 12; tries--) {
      const tenth = cost(() => {
        for (let left = 10; left > 0; left--) run(0.1);
      }, 2);
      ratio = Math.min(ratio, (cost(() => run(1), 3) / tenth) * 10);
    }
    expect(ratio).toBeLessThanOrEqual(12);
  });
});
