import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECK_FORMATS, check } from '../../../server/src/cli/check.js';
import { DIFF_FORMATS, diff, readPair } from '../../../server/src/cli/diff.js';
import { EXPLAIN_FORMATS, explain } from '../../../server/src/cli/explain.js';
import type { Run } from '../../../server/src/cli/run.js';
import { styleFor } from '../../../server/src/cli/style.js';
import { COMMAND, CONF, everythingSaid, openWorkspace, PAIRS, SCRIPT } from '../../fuzz/everything.js';
import { Random } from '../../fuzz/random.js';
import type { Source } from '../../fuzz/sources.js';
import { property, SEED } from './property.js';
import { COMMAND_SOURCES, CONF_SOURCES, SOURCES } from './texts.js';

/** One shaped like a cephx key, one that only its place gives away. */
const CANARIES = ['AQCaNaRyKqFhExAAq7pT0bCaNaRyWfYx3LmZQw==', 'c4n4rY-s3cr3t'];

/** Lines of a ceph.conf that hold a secret. */
const CONF_LINES: readonly ((secret: string) => string)[] = [
  (secret) => `key = ${secret}\n`,
  (secret) => `\tkey=${secret}\n`,
  (secret) => `key = "${secret}"\n`,
  (secret) => `key = ${secret} ; a note\n`,
  (secret) => `key = \\\n  ${secret}\n`,
  (secret) => `KEY = ${secret}\n`,
  (secret) => `[client.x]\n    key = ${secret}\n`,
  (secret) => `rgw keystone admin password = ${secret}\n`,
  (secret) => `rgw_keystone_admin_password=${secret}\n`,
  (secret) => `key: ${secret}\n`.replace(':', ' ='),
  (secret) => `key ${secret} =\n`.replace(` ${secret} =`, ` = ${secret}x`),
  (secret) => `# key = ${secret}\n`,
  (secret) => `; was: key=${secret} until May\n`,
  (secret) => `rbd cache = true # key = ${secret}\n`,
  (secret) => `keyring key = ${secret}\n`,
  (secret) => `rgw crypt token = ${secret}\n`,
  (secret) => `[client.x] key = ${secret}\n`,
];

/** What may stand behind an `rbd:` name, among the options of a drive, and before the command. */
const NAME_PARTS: readonly ((secret: string) => string)[] = [
  (secret) => `:key=${secret}`,
  (secret) => `:id=u:key=${secret}:mon_host=a`,
  (secret) => `:key=${secret.replaceAll('=', '\\=')}:x`,
  (secret) => `:rgw_keystone_admin_password=${secret}`,
  (secret) => `:key =${secret}`,
  (secret) => `@s:key=${secret}`,
];
const OPTIONS: readonly ((secret: string) => string)[] = [
  (secret) => `,key=${secret}`,
  (secret) => `,file.key=${secret}`,
  (secret) => `,password=${secret}`,
  (secret) => `,file.password=${secret}`,
];
const ARGUMENTS: readonly ((secret: string) => string)[] = [
  (secret) => `-object secret,id=s9,data=${secret},format=base64 `,
  (secret) => `-object secret,data=${secret},id=s9 `,
  (secret) => `-object '{"qom-type":"secret","id":"s9","data":"${secret}"}' `,
  (secret) => `-blockdev '{"driver":"rbd","pool":"p","image":"i","node-name":"n9","key":"${secret}"}' `,
  (secret) => `-drive 'json:{"driver":"rbd","pool":"p","image":"i","password":"${secret}"}' `,
  (secret) => `-blockdev driver=rbd,node-name=n9,pool=p,image=i,key=${secret} `,
  (secret) => `-object secret,id=s9,format=raw,data="${secret}" `,
  (secret) => `-object qom-type=secret,id=s9,data=${secret} `,
  (secret) => `-object "{\\"qom-type\\":\\"secret\\",\\"id\\":\\"s9\\",\\"data\\":\\"${secret}\\"}" `,
];
const ENVIRONMENT: readonly ((secret: string) => string)[] = [
  (secret) => `CEPH_ARGS="--key=${secret}" `,
  (secret) => `CEPH_ARGS='--key ${secret} --id u' `,
  (secret) => `CEPH_KEY=${secret} `,
  (secret) => `A=1 CEPH_SECRET='${secret}' `,
  (secret) => `env RBD_TOKEN="${secret}" `,
];

/** The text with the secret in one of the places where one may stand. */
function plant({ kind, text }: Source, secret: string, random: Random): string {
  const at = (places: readonly number[], added: string): string => {
    const place = places.length === 0 ? text.length : random.pick(places);
    return text.slice(0, place) + added + text.slice(place);
  };
  const ends = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map((match) => match.index + match[0].length);
  const starts = (pattern: RegExp): number[] => [...text.matchAll(pattern)].map((match) => match.index);
  if (kind === 'conf') return at([0, ...ends(/(?<!\\)\n/g)], random.pick(CONF_LINES)(secret));
  const name = ends(/rbd:[^\s,:@"'/]+\/[^\s,:@"']+/g);
  switch (random.below(name.length === 0 ? 2 : 4)) {
    case 0:
      return at(starts(/-(?:drive|blockdev)\b/g), random.pick(ARGUMENTS)(secret));
    case 1:
      return at(starts(/(?:\S*\/)?(?:qemu-system-\w+|qemu-kvm|\bkvm)\b/g), random.pick(ENVIRONMENT)(secret));
    case 2:
      return at(ends(/\b(?:format|cache|if)=\w+/g), random.pick(OPTIONS)(secret));
    default:
      return at(name, random.pick(NAME_PARTS)(secret));
  }
}

const NO_PAIR = { qemu: null, librbd: null };

/** Any eight characters of it in a row tell too much. */
function leaks(said: string, secret: string): string[] {
  const parts = Array.from({ length: secret.length - 7 }, (_, start) => secret.slice(start, start + 8));
  return parts
    .filter((part) => said.includes(part))
    .slice(0, 1)
    .map((part) => around(said, part));
}

function around(said: string, part: string): string {
  const at = said.indexOf(part);
  return said.slice(Math.max(0, at - 300), at + 60);
}

/** Edits go nowhere but into the document itself, and what a reference is written as goes nowhere at all. */
function withoutEdits(name: string, value: unknown): unknown {
  return name === 'edits' || name === 'written' ? undefined : value;
}

const BESIDE: Readonly<Record<string, string>> = {
  [CONF]: '[global]\nrbd cache = true\n',
  [COMMAND]: 'qemu-kvm -drive file=rbd:p/i,format=raw,cache=none\n',
};

describe('a secret never leaves its document', () => {
  property(
    `by any view: hover, diagnostics, hints, symbols, links, completions, status, titles of fixes, log; planted in ${SOURCES.length} texts`,
    600,
    fc.tuple(
      fc.oneof(fc.constantFrom(...CONF_SOURCES), fc.constantFrom(...COMMAND_SOURCES)),
      fc.constantFrom(...CANARIES),
      fc.option(fc.constantFrom(...PAIRS), { freq: 8, nil: undefined }),
      fc.boolean(),
      fc.nat(),
    ),
    ([source, secret, pair, asScript, seed]) => {
      const text = plant(source, secret, new Random(seed));
      const address = source.kind === 'conf' ? CONF : asScript ? SCRIPT : COMMAND;
      const opened = openWorkspace({ ...BESIDE, [address]: text }, pair);
      const place = Math.max(0, text.indexOf(secret));
      const offsets = [
        0,
        place - 30,
        place - 5,
        place,
        place + 4,
        place + secret.length,
        place + 60,
        seed % text.length,
      ];
      for (const one of new Set([address, CONF, COMMAND])) {
        const inside = offsets.map((at) => Math.max(0, Math.min(at, text.length)));
        const said = everythingSaid(opened, one, {
          offsets: one === address ? inside : [0, 20],
          fixes: seed % 8 === 0,
        });
        expect(leaks(JSON.stringify(said, withoutEdits), secret), text).toEqual([]);
      }
      expect(leaks(opened.log.join('\n'), secret), text).toEqual([]);
    },
  );
});

describe('by the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const random = new Random(SEED);
  const planted = Array.from({ length: 240 }, (_, index) => {
    const source = random.pick(SOURCES);
    const secret = random.pick(CANARIES);
    const text = plant(source, secret, random);
    const name = `${index}.${source.kind === 'conf' ? 'ceph.conf' : index % 2 === 0 ? 'qemu' : 'sh'}`;
    return { name, text };
  });
  const told: string[] = [];
  const options = {
    cwd: folder,
    readHostFiles: false,
    style: styleFor({}, {}),
    version: '0',
    packageFolder: folder,
    quiet: false,
    failOn: ['error'],
    progress: () => undefined,
    tell: (line: string) => void told.push(line),
  };
  const everything = (run: Run): string => [...run].join('');

  test.each(CHECK_FORMATS.map((format) => [format] as const))(
    `check --format %s, ${planted.length} files of seed ${SEED}`,
    (format) => {
      for (const { name, text } of planted) writeFileSync(join(folder, name), text);
      for (const releases of [{}, { qemu: '2.2', librbd: '0.87' }, { qemu: '7.2', librbd: '16.2.15' }]) {
        const text = everything(check(['.'], { ...options, releases, format, fix: 'show' }));
        expect(text.length).toBeGreaterThan(1_000);
        for (const secret of CANARIES) expect(leaks(text + told.join('\n'), secret)).toEqual([]);
      }
    },
  );

  test.each(DIFF_FORMATS.map((format) => [format] as const))(
    `diff --format %s, ${planted.length} files of seed ${SEED}`,
    (format) => {
      for (const { name, text } of planted) writeFileSync(join(folder, name), text);
      const failOnChange = false;
      for (const [from, to] of [
        ['2.2/0.87', '9.2/18.2'],
        ['7.2/16.2', '2.4/0.94'],
      ] as const) {
        const pairs = { from: readPair(from) ?? NO_PAIR, to: readPair(to) ?? NO_PAIR };
        const text = everything(diff(['.'], { ...options, ...pairs, releases: {}, format, failOnChange }));
        expect(text.length).toBeGreaterThan(1_000);
        for (const secret of CANARIES) expect(leaks(text, secret)).toEqual([]);
      }
    },
  );

  test.each(EXPLAIN_FORMATS.map((format) => [format] as const))(
    `explain --format %s, ${planted.length} files of seed ${SEED}`,
    (format) => {
      for (const { name, text } of planted) writeFileSync(join(folder, name), text);
      const { text: all } = explain('.', { ...options, releases: {}, format, drive: undefined, conf: undefined });
      const single = planted.slice(0, 60).map(({ name }) => {
        const releases = { qemu: '2.8', librbd: '10.2' };
        return explain(name, { ...options, releases, format, drive: undefined, conf: undefined }).text;
      });
      const drives = planted.slice(0, 120).map(({ text: drive }) => {
        return explain(undefined, { ...options, releases: {}, format, drive, conf: undefined }).text;
      });
      expect(all.length).toBeGreaterThan(1_000);
      for (const secret of CANARIES) expect(leaks([all, ...single, ...drives].join('\n'), secret)).toEqual([]);
    },
  );
});
