import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { type Given, readCommandLine } from '../../simulate/qemu/command-line.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRule, CommandRuleContext } from '../rule.js';
import { replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const driveSecretNotBase64: CommandRule = {
  id: 'drive-secret-not-base64',
  severity: 'warning',
  statement: 'A cephx key in a secret object needs `format=base64`; else QEMU encodes it a second time.',
  looksAt: 'command',
  *check(context) {
    const used = secretsOfDrives(context);
    if (used.size === 0) return;
    for (const given of readCommandLine(context.command.words.map((word) => word.value)).objects) {
      const secret = rawSecret(context, given);
      if (secret === null || !used.has(secret.id)) continue;
      const { span, format } = secret;
      yield driveFinding(
        this,
        inCommand(span),
        `QEMU ${context.releases.qemu.label} encodes the data of this secret in base64 before it hands it to librados, and a cephx key is base64 already: the key arrives encoded twice. Add ${code('format=base64')}.`,
        {
          fixes: [
            format === null
              ? fix('Add format=base64', [replaceIn({ start: span.end, end: span.end }, ',format=base64')], {
                  preferred: true,
                })
              : fix('Set format=base64', [replaceIn(format, 'base64')], { preferred: true }),
          ],
        },
      );
    }
  },
};

/** Ids of the secrets that hold the key of an rbd drive. */
function secretsOfDrives(context: CommandRuleContext): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { syntax } of context.command.trace.drives) {
    for (const { key, value } of [...syntax.options, ...(syntax.jsonMembers ?? [])]) {
      if (/(?:^|\.)(?:key|password)-secret$/.test(key) && !key.includes('encrypt')) ids.add(value);
    }
  }
  return ids;
}

/** 28 bytes, as every cephx key has; what is no key may well be meant as it stands. */
const CEPHX_KEY = /^AQ[A-Za-z0-9+/]{30,60}={0,2}$/;

interface RawSecret {
  readonly id: string;
  readonly span: Span;
  readonly format: Span | null;
}

/** A secret given by options whose data is a cephx key, or comes from a file, and is taken as it stands. */
function rawSecret(context: CommandRuleContext, { argument }: Given): RawSecret | null {
  const rules = qemuBehaviour(context.releases.qemu).driveOpts;
  if (argument.text.startsWith('{') || argument.text.includes(UNKNOWN)) return null;
  const { tree } = parseQemuOpts(argument, { ...rules, firstKey: 'qom-type' });
  const values = new Map(tree.options.map((option) => [option.key, option]));
  if (values.get('qom-type')?.value !== 'secret' || values.has('keyid')) return null;
  const format = values.get('format');
  const data = values.get('data')?.value;
  const isKey = data === undefined ? values.has('file') : CEPHX_KEY.test(data);
  if (!isKey || (format !== undefined && format.value !== 'raw')) return null;
  return {
    id: values.get('id')?.value ?? '',
    span: argument.span(),
    format: format === undefined ? null : argument.span(format.valueStart, format.end),
  };
}
