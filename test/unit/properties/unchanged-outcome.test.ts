import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parserEra } from '../../../server/src/catalog/librados-rules.js';
import type { DriveTrace, FileSystem, ReleasePair } from '../../../server/src/simulate/model.js';
import { simulateCommand } from '../../../server/src/simulate/simulate.js';
import { confFile } from '../../../server/src/syntax/ceph-conf/conf-file.js';
import { parseCephConf } from '../../../server/src/syntax/ceph-conf/parse.js';
import type { ConfNode, ParserEra } from '../../../server/src/syntax/ceph-conf/tree.js';
import { MappedText } from '../../../server/src/syntax/mapped-text.js';
import { PAIRS, releasePair } from '../../fuzz/everything.js';
import { property } from './property.js';
import { CONF_SOURCES, confText, driveText } from './texts.js';

const pair = fc.constantFrom(...PAIRS.map(releasePair));
const PATH = '/etc/ceph/ceph.conf';
/** Options that a run is compared by. */
const OPTIONS = [
  ...['rbd_cache', 'rbd_cache_size', 'rbd_cache_max_dirty', 'rbd_cache_target_dirty', 'rbd_cache_max_dirty_age'],
  ...['rbd_cache_writethrough_until_flush', 'rbd_cache_policy', 'mon_host', 'keyring', 'log_file', 'debug_rbd'],
  ...['rbd_default_features', 'rbd_op_threads', 'rbd_plugins', 'fsid', 'crush_location', 'host', 'auth_supported'],
];

function run(drive: string, conf: string, releases: ReleasePair): DriveTrace | undefined {
  const file = confFile('conf', conf);
  const files: FileSystem = {
    lookUp: (path) => (path === PATH ? { status: 'file', file } : { status: 'missing' }),
  };
  const environment = { env: {}, cwd: '/', home: '/root', pid: 1, host: 'h' };
  const args = ['-drive', drive].map((word) => MappedText.verbatim(word));
  return simulateCommand({ args, releases, files, environment }).drives[0];
}

/** What the drive runs with, without the places that made it so. */
function result(trace: DriveTrace | undefined): unknown {
  if (trace === undefined) return null;
  const { outcome, error, config, reads, image } = trace;
  return {
    outcome,
    refused: error === null ? null : [error.stage, error.code],
    reads: reads.map(({ returned, abort }) => [returned, abort !== null]),
    image,
    config: OPTIONS.map((option) => [option, config?.get(option), config?.trace(option)?.winner.level]),
  };
}

const conf = fc.oneof(
  { weight: 3, arbitrary: confText },
  fc.constantFrom(...CONF_SOURCES).map(({ text }) => text),
);
const plainDrive = fc.constantFrom(
  'file=rbd:p/i,if=none,id=d,format=raw,cache=writeback',
  'file=rbd:p/i:id=u,if=none,id=d,format=raw',
  'file=rbd:p/i:id=u:rbd_cache_size=1048576,if=none,id=d,format=raw,cache=none',
);

/**
 * Offsets at which a line starts that is not joined to the one before. From 15.2 on a line of blanks before the first
 * section refuses the file, and a key before it stands alone or not at all: nothing is put there.
 */
function lineStarts(text: string, era: ParserEra): number[] {
  const { nodes } = parseCephConf(text, era);
  const from = era === 'C' ? nodes.findIndex(({ kind }) => kind === 'section') + 1 : 0;
  if (era === 'C' && from === 0) return [];
  const starts = nodes.slice(from).map(({ span }) => span.start);
  return starts.filter((start) => (start === 0 ? !text.startsWith('\uFEFF') : text[start - 1] === '\n'));
}

describe('the outcome stays the same', () => {
  const extraLine = fc.constantFrom(
    '# a comment\n',
    '; another = one\n',
    '\n',
    '#\n',
    '  \n',
    '\t# [client] rbd cache = false\n',
  );
  property(
    'with comments and blank lines put between the lines of ceph.conf',
    3_000,
    fc.tuple(conf, plainDrive, pair, fc.array(fc.tuple(fc.nat(), extraLine), { minLength: 1, maxLength: 3 })),
    ([text, drive, releases, extra]) => {
      let edited = text;
      for (const [where, line] of extra) {
        const starts = lineStarts(edited, parserEra(releases.librbd));
        const at = starts[where % Math.max(1, starts.length)];
        if (at !== undefined) edited = edited.slice(0, at) + line + edited.slice(at);
      }
      expect(result(run(drive, edited, releases)), edited).toEqual(result(run(drive, text, releases)));
    },
  );

  property(
    'with a comment behind a value',
    1_500,
    fc.tuple(conf, plainDrive, pair, fc.nat()),
    ([text, drive, releases, which]) => {
      const era = parserEra(releases.librbd);
      const lines = parseCephConf(text, era).nodes.filter((node) => takesComment(node, text));
      const line = lines[which % Math.max(1, lines.length)];
      if (line === undefined) return;
      const end = line.span.end - 1;
      const edited = `${text.slice(0, end)} # note${text.slice(end)}`;
      expect(result(run(drive, edited, releases)), edited).toEqual(result(run(drive, text, releases)));
    },
  );

  property(
    'with options of different names in another order',
    3_000,
    fc.tuple(conf, plainDrive, pair, fc.nat()),
    ([text, drive, releases, which]) => {
      const { nodes } = parseCephConf(text, parserEra(releases.librbd));
      const swaps = nodes.flatMap((node, index) => {
        const next = nodes[index + 1];
        return next !== undefined && canSwap(node, next, text) ? [[node, next] as const] : [];
      });
      const swap = swaps[which % Math.max(1, swaps.length)];
      if (swap === undefined) return;
      const [first, second] = swap;
      const edited =
        text.slice(0, first.span.start) +
        text.slice(second.span.start, second.span.end) +
        text.slice(first.span.start, first.span.end) +
        text.slice(second.span.end);
      expect(result(run(drive, edited, releases)), edited).toEqual(result(run(drive, text, releases)));
    },
  );

  const spelling = fc.constantFrom(
    (key: string) => key.replaceAll('_', ' '),
    (key: string) => key.replace(/(?<=\w) (?=\w)/g, '_'),
    (key: string) => key.replace(/(?<=\w)[_ ](?=\w)/g, '   '),
    (key: string) => `${key}  `,
  );
  property(
    'with a key in another of its spellings',
    3_000,
    fc.tuple(conf, plainDrive, pair, fc.nat(), spelling),
    ([text, drive, releases, which, spell]) => {
      const { nodes } = parseCephConf(text, parserEra(releases.librbd));
      const keys = nodes
        .filter((node) => node.kind === 'key')
        .filter(({ key }) => /^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(key));
      const chosen = keys[which % Math.max(1, keys.length)];
      if (chosen === undefined) return;
      const { start, end } = chosen.keySpan;
      const written = text.slice(start, end);
      if (!/^[a-z0-9]+(?:[_ ]+[a-z0-9]+)*$/.test(written)) return;
      const edited = text.slice(0, start) + spell(written) + text.slice(end);
      expect(result(run(drive, edited, releases)), edited).toEqual(result(run(drive, text, releases)));
    },
  );

  property(
    'with CR LF at the end of each line',
    1_500,
    fc.tuple(fc.constantFrom(...CONF_SOURCES), plainDrive, pair),
    ([{ text }, drive, releases]) => {
      // A backslash before a return joins no lines, and inside quotes a return is a character.
      if (/[\\"'\r]/.test(text)) return;
      const edited = text.replaceAll('\n', '\r\n');
      expect(result(run(drive, edited, releases)), edited).toEqual(result(run(drive, text, releases)));
    },
  );

  property(
    'with the options of a drive in another order',
    3_000,
    fc.tuple(driveText, confText, pair, fc.nat()),
    ([drive, text, releases, which]) => {
      const options = drive.split(/(?<!,),(?!,)/);
      const keys = options.map((option) => option.replace(/=.*/s, ''));
      if (new Set(keys).size < keys.length || drive.includes(',,')) return;
      const before = run(drive, text, releases);
      if (before === undefined || before.error !== null) return;
      const at = which % options.length;
      const edited = [...options.slice(at), ...options.slice(0, at)].join(',');
      expect(result(run(edited, text, releases)), edited).toEqual(result(before));
    },
  );
});

/** A plain `key = value` that ends in a plain newline. */
function takesComment(node: ConfNode, text: string): boolean {
  if (node.kind !== 'key' || node.comment !== null || node.lost) return false;
  const written = text.slice(node.span.start, node.span.end);
  return /^[^"'\\\r\n]*=[ \t]*[^"'\\\r\n\s][^"'\\\r\n]*\n$/.test(written);
}

function canSwap(first: ConfNode, second: ConfNode, text: string): boolean {
  if (first.kind !== 'key' || second.kind !== 'key' || first.section !== second.section) return false;
  if (first.key === second.key || first.key === '' || second.key === '') return false;
  // A line that is joined to the end of the file must stay there.
  const whole = ({ span }: ConfNode): boolean =>
    /[^\\]\n$/.test(text.slice(span.start, span.end)) && text[span.start] !== '\uFEFF';
  return whole(first) && whole(second);
}
