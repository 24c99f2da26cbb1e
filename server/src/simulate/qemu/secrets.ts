/** `-object secret`: what QEMU hands to librados as the key. Source: crypto/secret.c, crypto/secret_common.c. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError, FileSystem } from '../model.js';
import type { Given } from './command-line.js';
import { refusal } from './refusal.js';

export interface Secret {
  readonly id: string;
  /** What `rados_conf_set("key", …)` gets: the bytes in base64. Null where they cannot be known. */
  readonly base64: string | null;
  /** `data=` or `file=`. */
  readonly span: Span;
  readonly format: 'raw' | 'base64';
  readonly problem: DriveError | null;
}

interface Members {
  readonly type: string;
  readonly values: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
}

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
  if ([...values.values()].some(({ text }) => text.includes(UNKNOWN)) || values.has('keyid')) return secret(null);
  const refuse = (message: string) => secret(null, refusal('args', 'bad-secret', message, span));
  if (written !== 'raw' && written !== 'base64') return refuse(`Parameter 'format' does not accept value '${written}'`);
  if (data !== undefined && file !== undefined) return refuse("'file' and 'data' are mutually exclusive");
  if (data === undefined && file === undefined) return refuse("Must provide 'file' or 'data'");
  let text = data?.text ?? '';
  if (file !== undefined) {
    const path = file.text.startsWith('/') ? file.text : `${cwd === '/' ? '' : cwd}/${file.text}`;
    const found = files.lookUp(path);
    if (found.status === 'unknown') return secret(null);
    if (found.status !== 'file')
      return refuse(`Unable to read ${file.text}: Failed to open file “${file.text}”: No such file or directory`);
    text = found.file.text;
  }
  if (format === 'raw') return secret(Buffer.from(text, 'utf8').toString('base64'));
  const stripped = text.replace(/[\r\n]+$/, '');
  if (!isBase64(stripped)) return refuse(`Base64 data '${stripped}' is not valid`);
  return secret(Buffer.from(stripped, 'base64').toString('base64'));
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/=\n]*$/.test(text);
}

function readMembers(given: Given, release: QemuRelease): Members | null {
  const behaviour = qemuBehaviour(release);
  const { argument } = given;
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object') return null;
    const values = new Map<string, { text: string; span: Span }>();
    for (const { key, value } of tree.members) {
      if (value.kind === 'string') values.set(key, { text: value.text, span: value.span });
    }
    return { type: values.get('qom-type')?.text ?? '', values };
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'qom-type' });
  const values = new Map<string, { text: string; span: Span }>();
  for (const option of tree.options) {
    values.set(option.key, { text: option.value, span: argument.span(option.valueStart, option.end) });
  }
  return { type: values.get('qom-type')?.text ?? '', values };
}
