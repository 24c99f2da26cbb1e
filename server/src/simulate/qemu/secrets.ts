/** `-object secret`: what QEMU hands to librados as the key. Source: crypto/secret.c, crypto/secret_common.c. */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError, FileSystem } from '../model.js';
import type { Given } from './command-line.js';
import { firstInOrder } from './qdict-order.js';
import { fill, refusal } from './refusal.js';

export interface Secret {
  readonly id: string;
  /** What `rados_conf_set("key", …)` gets: the bytes in base64. Null where they cannot be known. */
  readonly base64: string | null;
  /** `data=` or `file=`. */
  readonly span: Span;
  readonly format: 'raw' | 'base64';
  readonly problem: DriveError | null;
}

/** The secrets of a command. */
export interface Secrets {
  readonly byId: ReadonlyMap<string, Secret>;
  /** There may be others. */
  readonly hasMore: boolean;
}

interface Members {
  readonly type: string;
  readonly values: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
  readonly problem: DriveError | null;
}

const KNOWN: ReadonlySet<string> = new Set(['qom-type', 'id', 'data', 'file', 'format', 'keyid', 'iv', 'loaded']);

/** The secret that an `-object` describes; null for any other object. Relative names are looked up under `cwd`. */
export function readSecret(given: Given, release: QemuRelease, files: FileSystem, cwd: string): Secret | null {
  const members = readMembers(given, release);
  if (members === null || members.type !== 'secret') return null;
  const { values } = members;
  const id = values.get('id')?.text ?? '';
  const data = values.get('data');
  const file = values.get('file');
  const span = data?.span ?? file?.span ?? given.argument.span();
  const written = values.get('format')?.text ?? 'raw';
  const format = written === 'base64' ? 'base64' : 'raw';
  const secret = (base64: string | null, problem: DriveError | null = null): Secret => ({
    id,
    base64,
    span,
    format,
    problem,
  });
  if (members.problem !== null) return secret(null, members.problem);
  if ([...values.values()].some(({ text }) => text.includes(UNKNOWN)) || values.has('keyid')) return secret(null);
  const refuse = (message: string) => secret(null, refusal('args', 'bad-secret', message, span));
  const refused = refusedMember(qemuBehaviour(release), values);
  if (refused !== null) return refuse(refused);
  if (data !== undefined && file !== undefined) return refuse("'file' and 'data' are mutually exclusive");
  if (data === undefined && file === undefined) return refuse("Either 'file' or 'data' must be provided");
  let text = data?.text ?? '';
  if (file !== undefined) {
    const path = file.text.startsWith('/') ? file.text : `${cwd === '/' ? '' : cwd}/${file.text}`;
    const found = files.lookUpSecret === undefined ? files.lookUp(path) : files.lookUpSecret(path);
    if (found.status === 'unknown') return secret(null);
    if (found.status !== 'file')
      return refuse(`Unable to read ${file.text}: Failed to open file “${file.text}”: No such file or directory`);
    text = found.file.text;
  }
  if (format === 'raw') return secret(Buffer.from(text, 'utf8').toString('base64'));
  const stripped = text.replace(/[\r\n]+$/, '');
  if (!isBase64(stripped)) return refuse('Base64 data contains invalid characters');
  return secret(Buffer.from(stripped, 'base64').toString('base64'));
}

/** What is wrong with the members as such; null where QEMU goes on to make the object. */
function refusedMember(behaviour: QemuBehaviour, values: Members['values']): string | null {
  const id = values.get('id')?.text;
  if (id !== undefined && !/^[A-Za-z][A-Za-z0-9._-]*$/.test(id)) return "Parameter 'id' expects an identifier";
  if (id === undefined) return "Parameter 'id' is missing";
  const format = values.get('format')?.text ?? 'raw';
  if (format !== 'raw' && format !== 'base64')
    return behaviour.badEnumText.replace('%s', () => 'format').replace('%v', () => format);
  const unknown = firstInOrder(values, (key) => !KNOWN.has(key))?.[0];
  return unknown === undefined ? null : fill(behaviour.unknownPropertyText, unknown);
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/=\n]*$/.test(text);
}

/** The name of a group of limits; null for any other object. */
export function throttleGroup(given: Given, release: QemuRelease): string | null {
  const members = readMembers(given, release);
  return members?.type === 'throttle-group' ? (members.values.get('id')?.text ?? null) : null;
}

function readMembers(given: Given, release: QemuRelease): Members | null {
  const behaviour = qemuBehaviour(release);
  const { argument } = given;
  if (argument.text.startsWith('{') && behaviour.objectJson) {
    const { tree, problems } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object' || problems[0] !== undefined) {
      if (!argument.text.includes('secret')) return null;
      const problem = refusal('args', 'json-syntax', problems[0]?.message ?? '', problems[0]?.span ?? null);
      return { type: 'secret', values: new Map(), problem };
    }
    const values = new Map<string, { text: string; span: Span }>();
    for (const { key, value } of tree.members) {
      if (value.kind === 'string') values.set(key, { text: value.text, span: value.span });
    }
    return { type: values.get('qom-type')?.text ?? '', values, problem: null };
  }
  if (argument.text.startsWith('{')) {
    const problem = refusal('args', 'bad-secret', "Parameter 'id' is missing", argument.span());
    return { type: 'secret', values: new Map(), problem };
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'qom-type' });
  const values = new Map<string, { text: string; span: Span }>();
  for (const option of tree.options) {
    // Of several ids the first counts, of any other member the last.
    if (option.key === 'id' && values.has('id')) continue;
    values.set(option.key, { text: option.value, span: argument.span(option.valueStart, option.end) });
  }
  return { type: values.get('qom-type')?.text ?? '', values, problem: null };
}
