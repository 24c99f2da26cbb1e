/** A copy for bug reports: no name, no address, no identifier of the place it comes from is left in it. */
import type { DriveTrace } from '../../simulate/model.js';
import { escapeMarkdown, printable } from '../answer-render.js';
import { shortened } from '../answer-words.js';

const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi;
const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const HOME = /(\/home\/)[^/\s`'"]+/g;
const LINK = /\[(`[^`\n]*`|`` [^\n]*? ``)\]\([^()\s]*\)/g;
/** Code stands apart: what is written there is the user's. */
const CODE = /(```+)[\s\S]*?\1|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)/g;

/** Options whose values name machines. */
const OF_MACHINES = ['mon_host', 'mon_initial_members', 'mon_dns_srv_name', 'host', 'public_addr', 'cluster_addr'];

/** Names that everybody has, and words that the texts around them are made of. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'rbd admin ceph client image images pool config list get show file driver raw none default key cephx qemu librbd ' +
    'rados_create rados_conf_set rados_conf_read_file rados_connect grep sort pid do done for in true false on off yes ' +
    'no writeback writethrough writearound directsync unsafe etc var run log lib usr bin global'
  ).split(' '),
);

/** The text with stand-ins, the same one for the same name; links are taken away. `traces`: the drives it speaks of. */
export function anonymised(markdown: string, traces: readonly DriveTrace[]): string {
  const names = new Map<string, string>();
  for (const trace of traces) for (const [name, standIn] of namesIn(trace)) addName(names, name, standIn);
  const replacements = [...names].sort(([a], [b]) => b.length - a.length);
  let text = '';
  let end = 0;
  const plain = markdown.replace(LINK, '$1');
  for (const { 0: code, index } of plain.matchAll(CODE)) {
    text += inWords(plain.slice(end, index), replacements) + inCode(code, replacements);
    end = index + code.length;
  }
  text += inWords(plain.slice(end), replacements);
  return numbered(numbered(numbered(text, UUID, 'UUID'), IPV4, 'ADDRESS'), IPV6, 'ADDRESS-V6').replace(HOME, '$1USER');
}

function namesIn(trace: DriveTrace): readonly (readonly [name: string, standIn: string])[] {
  const { image, syntax, reads } = trace;
  const ofClusters = reads.flatMap(({ requested, taken }) =>
    [requested, taken?.path].flatMap((path) => /([^/]+)\.conf$/.exec(path ?? '')?.[1] ?? []),
  );
  return [
    [image.pool, 'POOL'],
    [image.namespace, 'NAMESPACE'],
    [image.image, 'IMAGE'],
    [image.snapshot ?? '', 'SNAPSHOT'],
    [image.user ?? '', 'CLIENT'],
    [syntax.id ?? '', 'DRIVE'],
    ...ofClusters.map((name) => [name, 'CLUSTER'] as const),
    ...machinesIn(trace).map((name) => [name, 'HOST'] as const),
  ];
}

/** `mon1.example.net`, of `v2:mon1.example.net:3300/0`: wherever the drive's text or its configuration names a machine. */
function machinesIn({ config, syntax }: DriveTrace): readonly string[] {
  const inName = syntax.name?.options.filter(({ key }) => OF_MACHINES.includes(key.replace(/[ -]/g, '_'))) ?? [];
  const inNode = syntax.options.filter(({ key }) => /(?:^|\.)host$/.test(key));
  const configured = OF_MACHINES.flatMap((option) => config?.trace(option)?.candidates ?? []);
  const texts = [...[...inName, ...inNode].map(({ value }) => value), ...configured.map(({ written }) => written)];
  return texts.flatMap((text) =>
    text
      .split(/[\s,;[\]]+/)
      .map((one) => one.replace(/^v[12]:/, '').replace(/:\d+(?:\/\d+)?$/, ''))
      .filter((one) => /[a-z]/i.test(one) && !/^[0-9a-f:]+$/i.test(one)),
  );
}

/** Several names of one kind are counted; a number is nobody's name. */
function addName(names: Map<string, string>, name: string, standIn: string): void {
  const clean = printable(name);
  if (clean.length < 2 || /^\d+$/.test(clean) || COMMON.has(clean) || names.has(clean)) return;
  const before = [...names.values()].filter((one) => one.replace(/-\d+$/, '') === standIn).length;
  names.set(clean, before === 0 ? standIn : `${standIn}-${before + 1}`);
}

type Replacements = readonly (readonly [name: string, standIn: string])[];

function inCode(code: string, names: Replacements): string {
  return names.reduce((text, [name, standIn]) => text.replace(wholeName(name), standIn), code);
}

/** Our own words may be somebody's names: a plain word is replaced only where it cannot be one of ours. */
function inWords(words: string, names: Replacements): string {
  return words.replace(/^#.*$|^.+$/gm, (line) => {
    if (line.startsWith('# '))
      return names.reduce((text, [name, standIn]) => replaceEscaped(text, name, standIn), line);
    return names.reduce(
      (text, [name, standIn]) =>
        /^[A-Za-z]+$/.test(name) ? text.replace(partOfName(name), standIn) : replaceEscaped(text, name, standIn),
      line,
    );
  });
}

/** A word in a path, or behind a dot: `/etc/ceph/acme.conf`, `client.acme`. */
function partOfName(word: string): RegExp {
  return new RegExp(`(?<=[/@]|\\w\\.)${word}(?!\\w)|(?<!\\w)${word}(?=[/@]|\\.\\w)`, 'g');
}

function replaceEscaped(text: string, name: string, standIn: string): string {
  return text.replace(wholeName(escapeMarkdown(name)), standIn);
}

/** The name as it is, and as it stands where there is little room. */
function wholeName(name: string): RegExp {
  const ways = [...new Set([name, shortened(name)])].map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<!\\w)(?:${ways.join('|')})(?!\\w)`, 'g');
}

function numbered(text: string, pattern: RegExp, standIn: string): string {
  const known = new Map<string, string>();
  return text.replace(pattern, (found) => {
    const named = known.get(found) ?? `${standIn}-${known.size + 1}`;
    known.set(found, named);
    return named;
  });
}
