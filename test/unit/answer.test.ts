import { describe, expect, test } from 'vitest';
import { type AnsweredDrive, fullAnswer, headline, shortAnswer } from '../../server/src/features/answer.js';
import { outcomesByCacheMode } from '../../server/src/features/answer-modes.js';
import {
  answerToMarkdown,
  answerToText,
  sentenceToMarkdown,
  sentenceToText,
} from '../../server/src/features/answer-render.js';
import { inForceInstead } from '../../server/src/features/effective-words.js';
import { NO_SURROUNDINGS } from '../../server/src/features/no-surroundings.js';
import { outcomeHint } from '../../server/src/features/outcome-words.js';
import type { FileLookup } from '../../server/src/simulate/model.js';
import { simulateCommand } from '../../server/src/simulate/simulate.js';
import { confFile } from '../../server/src/syntax/ceph-conf/conf-file.js';
import { findQemuCommands } from '../../server/src/syntax/commands.js';
import { type ReleaseStatements, releasesInForce } from '../../server/src/workspace/releases-in-force.js';

const PATH = '/etc/ceph/ceph.conf';

/** `drive` is what stands behind `-drive`; `conf` null: there is no ceph.conf. */
function drive(drive: string, conf: string | null, said: ReleaseStatements): AnsweredDrive {
  const text = `qemu-kvm -drive ${drive}`;
  const [command] = findQemuCommands(text, 'shellscript');
  if (command === undefined) throw new Error('no command');
  const releases = releasesInForce(said);
  const found: FileLookup = conf === null ? { status: 'missing' } : { status: 'file', file: confFile(PATH, conf) };
  const [trace] = simulateCommand({
    args: command.args,
    releases: releases.pair,
    ...NO_SURROUNDINGS,
    files: { lookUp: (path) => (path === PATH ? found : { status: 'missing' }) },
  }).drives;
  if (trace === undefined) throw new Error('no drive');
  return { trace, text, releases };
}

function pair(qemu: string, librbd: string): ReleaseStatements {
  return { comment: { qemu, librbd } };
}

const mode = (name: string): string => `file=rbd:volumes/v1,if=none,id=d,format=raw,cache=${name}`;
const UNTIL = "write-through until the guest's first flush";

describe('the seven rows of the 2016 study', () => {
  const ON = '[global]\nrbd cache = true\n';
  const OFF = '[global]\nrbd cache = false\n';
  const NEITHER = '[global]\nlog file = /x\n';
  test.each([
    [1, ON, 'writeback', `on, ${UNTIL}`, `on, ${UNTIL}`, `on, ${UNTIL}`],
    [2, ON, 'none', 'on, write-back from the first write', `on, ${UNTIL}`, 'off'],
    [3, OFF, 'none', 'off', 'off', 'off'],
    [4, OFF, 'writeback', 'off', 'off', `on, ${UNTIL}`],
    [5, NEITHER, 'none', 'off', 'off', 'off'],
    [6, NEITHER, 'writeback', `on, ${UNTIL}`, `on, ${UNTIL}`, `on, ${UNTIL}`],
    [7, null, 'writeback', `on, ${UNTIL}`, `on, ${UNTIL}`, `on, ${UNTIL}`],
    [7, null, 'none', 'off', 'off', 'off'],
  ])('row %d, ceph.conf %j, %s', (_, conf, name, firefly, giant, nautilus) => {
    const old = firefly.replace(UNTIL, 'write-back from the first write');
    const outcome = (qemu: string, librbd: string): string =>
      sentenceToText(headline(drive(mode(name), conf, pair(qemu, librbd))), () => null);
    expect(outcome('2.2', '0.80')).toBe(`RBDCache ${old} — QEMU 2.2, librbd 0.80`);
    expect(outcome('2.2', '0.87')).toBe(`RBDCache ${giant} — QEMU 2.2, librbd 0.87`);
    expect(outcome('2.2', '14.2')).toBe(`RBDCache ${nautilus} — QEMU 2.2, librbd 14.2`);
    expect(outcome('2.4', '0.87')).toBe(`RBDCache ${nautilus} — QEMU 2.4, librbd 0.87`);
  });
});

describe('headline and hint', () => {
  test.each([
    [
      'writeback',
      null,
      pair('2.2', '0.87'),
      `RBDCache **on**, ${UNTIL} — QEMU 2.2, librbd 0.87`,
      '→ on, write-through until flush',
    ],
    ['none', null, pair('2.2', '0.87'), 'RBDCache **off** — QEMU 2.2, librbd 0.87', '→ off'],
    ['none', null, {}, 'RBDCache **off** — QEMU 11.1, librbd 20.2 (assumed)', '→ off'],
    ['none', null, { setting: { qemu: '7.2' } }, 'RBDCache **off** — QEMU 7.2, librbd 20.2 (assumed)', '→ off'],
    [
      'none',
      null,
      pair('99', '14.2'),
      'RBDCache **off** — QEMU 99 (newer than the data, taken as 11.1), librbd 14.2',
      '→ off',
    ],
    [
      'writeback',
      null,
      pair('10.0', '18.2'),
      `RBDCache **on**, ${UNTIL}, then write-around — QEMU 10.0, librbd 18.2`,
      '→ on, write-through until flush',
    ],
    [
      'unsafe',
      null,
      pair('10.0', '18.2'),
      'RBDCache **on**, write-through for good: no flush ever reaches it — QEMU 10.0, librbd 18.2',
      '→ on, write-through for good',
    ],
    [
      'unsafe',
      null,
      pair('2.2', '0.80'),
      'RBDCache **on**, write-back from the first write — QEMU 2.2, librbd 0.80',
      '→ on, write-back, unsafe',
    ],
    [
      'writethrough',
      null,
      pair('2.2', '0.87'),
      'RBDCache **on**, write-back, and QEMU flushes after every write — QEMU 2.2, librbd 0.87',
      '→ on, flushed after each write',
    ],
    [
      'writeback',
      '[client]\nrbd cache max dirty = 0\n',
      pair('2.2', '0.87'),
      'RBDCache **on**, write-through — QEMU 2.2, librbd 0.87',
      '→ on, write-through',
    ],
    [
      'bad',
      null,
      pair('10.0', '18.2'),
      'QEMU 10.0 **refuses this drive**: `invalid cache option` — QEMU 10.0, librbd 18.2',
      '→ refused',
    ],
    [
      '$MODE',
      null,
      pair('10.0', '18.2'),
      'RBDCache **depends** on `cache=$MODE` — QEMU 10.0, librbd 18.2',
      '→ depends on cache=$MODE',
    ],
  ])('%s, %j', (name, conf, said, markdown, hint) => {
    const answered = drive(mode(name), conf, said);
    expect(sentenceToMarkdown(headline(answered), () => null)).toBe(markdown);
    expect(outcomeHint(answered)).toBe(hint);
  });

  test('a name that ends QEMU', () => {
    const answered = drive("'file=rbd:p/i\\@x,format=raw'", null, pair('2.2', '0.87'));
    expect(outcomeHint(answered)).toBe('→ QEMU crashes');
  });
});

describe('who decided', () => {
  test.each([
    [
      'the file, read later',
      mode('none'),
      '[client]\nrbd cache = true\n',
      pair('2.2', '0.87'),
      '*Decided by*: [`rbd cache = true`](/etc/ceph/ceph.conf) in \\[client\\]; it beats [`cache=none`](drive), because it is set last',
    ],
    [
      'QEMU, since librados 13',
      mode('none'),
      '[client]\nrbd cache = true\n',
      pair('2.2', '14.2'),
      '*Decided by*: [`cache=none`](drive); it beats [`rbd cache = true`](/etc/ceph/ceph.conf) in \\[client\\], because what QEMU sets outranks any file since librados 13',
    ],
    [
      'QEMU, last',
      mode('writeback'),
      '[client]\nrbd_cache=false\n',
      pair('2.4', '0.87'),
      '*Decided by*: [`cache=writeback`](drive); it beats [`rbd_cache = false`](/etc/ceph/ceph.conf) in \\[client\\], because it is set last',
    ],
    [
      'the more specific section',
      'file=rbd:p/i:id=x,format=raw,if=none,id=d',
      '[client]\nrbd cache = false\n[client.x]\nrbd cache = true\n',
      pair('1.1', '0.87'),
      '*Decided by*: [`rbd cache = true`](/etc/ceph/ceph.conf) in \\[client.x\\]; it beats [`rbd cache = false`](/etc/ceph/ceph.conf) in \\[client\\], because its section is the more specific one',
    ],
    [
      'the default, since the line cannot be read',
      'file=rbd:p/i,format=raw,if=none,id=d',
      '[client]\nrbd cache = yes\n',
      pair('1.1', '0.87'),
      "*Decided by*: librbd 0.87's default, `true`; this release cannot read [`rbd cache = yes`](/etc/ceph/ceph.conf) in \\[client\\]",
    ],
    [
      "QEMU's default mode",
      'file=rbd:p/i,format=raw,if=none,id=d',
      null,
      pair('2.4', '0.87'),
      "*Decided by*: QEMU 2.4's default cache mode, `writeback`",
    ],
  ])('%s', (_, given, conf, said, line) => {
    const answered = drive(given, conf, said);
    const markdown = answerToMarkdown(shortAnswer(answered), ({ location }) =>
      location.in === 'file' ? location.file : 'drive',
    );
    expect(markdown.split('\n')).toContain(line);
  });
});

describe('the ceph.conf that was taken', () => {
  test.each([
    ['found', '[client]\n', mode('none'), pair('2.2', '0.87'), '/etc/ceph/ceph.conf.'],
    [
      'refused',
      '[client]\nrbd cache = true',
      mode('none'),
      pair('7.2', '16.2.14'),
      '/etc/ceph/ceph.conf is refused as a whole',
    ],
    ['none', null, mode('none'), pair('2.2', '0.87'), 'none found (/etc/ceph/ceph.conf,'],
    [
      'named and missing',
      null,
      'file=rbd:p/i:conf=/x.conf,format=raw',
      pair('2.2', '0.87'),
      '/x.conf, named by the drive, cannot be read',
    ],
  ])('%s', (_, conf, given, said, text) => {
    expect(answerToText(shortAnswer(drive(given, conf, said)), () => null)).toContain(text);
  });
});

test('the short form fits a hover, the full form holds every candidate', () => {
  const answered = drive(mode('writeback'), '[client]\nrbd cache = false\nlog file = /x\n', pair('2.2', '14.2'));
  const short = answerToText(shortAnswer(answered), () => null);
  expect(short.split('\n').length).toBeLessThanOrEqual(8);
  expect(short).toContain('32 MiB cache, 24 MiB dirty at most, 16 MiB target dirty, written back after 1 s');
  expect(short).toContain('A change of ceph.conf counts only when the disk is attached again or the VM is restarted.');
  const full = answerToText(fullAnswer(answered), () => null);
  expect(full).toContain("rbd_cache     librbd 14.2's default, true (default)");
  expect(full).toContain('rbd cache = false in [client] (file)');
  expect(full).toContain('cache=writeback (override) ← in force');
  expect(full).toContain('rados_conf_read_file(NULL) = 0');
});

test('a line that loses says to whom', () => {
  const answered = drive(mode('none'), '[client]\nrbd cache = true\n', pair('2.4', '0.87'));
  const lost = answered.trace.config?.trace('rbd_cache')?.candidates.find(({ level }) => level === 'file');
  expect(lost && inForceInstead(answered, lost)).toEqual({ value: 'false', by: 'cache=none', refused: false });
  const winner = answered.trace.config?.trace('rbd_cache')?.winner;
  expect(winner && inForceInstead(answered, winner)).toBeNull();
});

test('what is not verified is said', () => {
  const text = (qemu: string, librbd: string): string =>
    answerToText(shortAnswer(drive(mode('none'), null, pair(qemu, librbd))), () => null);
  expect(text('10.0', '19.2')).toContain('Not verified  librbd 19.2: its source was not read');
  expect(text('11.0', '18.2')).toContain('Not verified  QEMU 11.0: neither its source nor the program was at hand');
  expect(text('10.0', '18.2.7')).not.toContain('Not verified');
});

test('names from the text cannot become Markdown, secrets stay', () => {
  const given = "'file=rbd:p/[x](command:evil)`**:key=CANARY,format=raw,if=none,id=<img>'";
  const answered = drive(given, '[client]\nlog file = [x](command:evil)\nkey = CANARY\n', pair('10.0', '18.2'));
  const markdown = answerToMarkdown(fullAnswer(answered), () => null);
  expect(markdown).not.toContain('CANARY');
  expect(markdown.replace(/(`+)[^\n]*?\1/g, '')).not.toContain('](command:evil)');
});

test('a ceph.conf without drives: the outcome of each cache mode', () => {
  const rows = outcomesByCacheMode(
    confFile(PATH, '[client]\nrbd cache = true\n'),
    releasesInForce(pair('2.2', '14.2')),
  );
  expect(rows.map(({ mode: name, isDefault, drive: answered }) => [name, isDefault, outcomeHint(answered)])).toEqual([
    ['none', false, '→ off'],
    ['writeback', true, '→ on, write-through until flush'],
    ['writethrough', false, '→ on, flushed after each write'],
    ['directsync', false, '→ off'],
    ['unsafe', false, '→ on, write-through for good'],
  ]);
});

test('a ceph.conf is read as the client of the section in view', () => {
  const file = confFile(PATH, '[client.x]\nrbd cache max dirty = 0\n');
  const hint = (client: string): string | undefined => {
    const rows = outcomesByCacheMode(file, releasesInForce(pair('2.2', '14.2')), undefined, client);
    const row = rows.find(({ mode: name }) => name === 'writeback');
    return row && outcomeHint(row.drive);
  };
  expect(hint('x')).toBe('→ on, write-through');
  expect(hint('admin')).toBe('→ on, write-through until flush');
});
