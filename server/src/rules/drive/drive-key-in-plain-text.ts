import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace, NameOption } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix, TextEdit } from '../rule.js';
import { appendOption, idsOf, isPlain, isTemplate, replaceIn } from '../support/drive-text.js';
import { inCommand, nameOptionsOf, optionOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { inTitle } from '../support/refusal-words.js';
import { isCephxKey, type SecretObject, secretObjects, secretsOfDrives } from '../support/secret-objects.js';

export const driveKeyInPlainText: CommandRule = {
  id: 'drive-key-in-plain-text',
  severity: 'warning',
  statement: 'The cephx key is readable in the process list, in logs and in reports.',
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      for (const option of nameOptionsOf(trace, 'key')) {
        if (option.unknown || option.value === '' || isTemplate(option.value)) continue;
        yield findingAt(
          this,
          inCommand(option.span),
          l10n.t(
            'The cephx key stands here in plain text: whoever may list processes, or read the logs of {0}, has it. Take it from a secret object that reads a file, or from a keyring.',
            qemuName(trace),
          ),
          { fixes: fixesOfName(context, trace, option) },
        );
      }
    }
    yield* objectsInPlainText(context);
  },
};

/** The data of a secret object stands on the command line, too, unless it is encrypted. */
function* objectsInPlainText(context: CommandRuleContext) {
  const objects = qemuBehaviour(context.releases.qemu).passwordSecret ? secretObjects(context) : [];
  if (objects.length === 0) return;
  const used = secretsOfDrives(context);
  for (const object of objects) {
    const { id, members } = object;
    const data = members.get('data');
    const trace = used.get(id);
    if (trace === undefined || data === undefined || members.has('keyid') || !isCephxKey(data.value)) continue;
    const user = trace.image.user ?? 'admin';
    yield findingAt(
      driveKeyInPlainText,
      inCommand(data.span),
      l10n.t(
        'The cephx key stands here in plain text: whoever may list processes, or read the logs of {0}, has it. Let the secret object read it from a file.',
        qemuName(trace),
      ),
      {
        fixes: isPlain(user)
          ? [fix(fromFile(keyFile(user)), readingFile(object, keyFile(user)), { preferred: true })]
          : [],
      },
    );
  }
}

/** The file holds the key as `ceph auth get-key` prints it, in base64. */
function readingFile({ members, write }: SecretObject, file: string): TextEdit[] {
  const data = members.get('data');
  const format = members.get('format');
  const base64 = write('format', 'base64');
  const edits = format === undefined ? [] : [replaceIn(format.span, base64)];
  const text = format === undefined ? `${write('file', file)},${base64}` : write('file', file);
  return data === undefined ? [] : [replaceIn(data.span, text), ...edits];
}

function keyFile(user: string): string {
  return `/etc/ceph/client.${user}.key`;
}

function fromFile(file: string): string {
  return l10n.t('Take the key from {0} (put it there first)', file);
}

/** Files that the fixes name have to be made first: the titles say so. */
function fixesOfName(context: CommandRuleContext, trace: DriveTrace, option: NameOption): Fix[] {
  const user = trace.image.user ?? 'admin';
  if (!isPlain(user)) return [];
  const keyring = `/etc/ceph/ceph.client.${user}.keyring`;
  const secret = fromSecret(context, trace, option, user);
  const edit = replaceIn(option.span, `keyring=${keyring}`);
  return [...secret, fix(fromFile(keyring), [edit], { preferred: secret.length === 0 })];
}

/** A secret object that reads the key from a file; one that another drive of the command uses already serves this one, too. */
function fromSecret(context: CommandRuleContext, trace: DriveTrace, option: NameOption, user: string): Fix[] {
  const { passwordSecret, open, protocolAtTop } = qemuBehaviour(trace.releases.qemu);
  const { syntax } = trace;
  const removal = removeNameOption(context, option);
  const flag = context.command.words[syntax.argument - 1];
  if (!passwordSecret || removal === null || flag === undefined || syntax.flag !== '-drive') return [];
  if (syntax.options.some(({ key }) => key.endsWith('-secret'))) return [];
  const id = `rbd-key-${user}`.replace(/[^A-Za-z0-9._-]/g, '-');
  const isTop = protocolAtTop && (optionOf(trace, 'format') ?? optionOf(trace, 'driver'))?.value === 'rbd';
  const member = `${isTop ? '' : 'file.'}${open.checksAuth ? 'key-secret' : 'password-secret'}`;
  const edits = [...removal, ...appendOption(syntax, `${member}=${id}`)];
  if (secretObjects(context).some((object) => object.id === id && readsKey(object))) {
    return [fix(l10n.t('Take the key from the secret object {0}', inTitle(id)), edits, { preferred: true })];
  }
  if (idsOf(context).has(id)) return [];
  const at = { start: flag.span.start, end: flag.span.start };
  const object = replaceIn(at, `-object secret,id=${id},format=base64,file=${keyFile(user)} `);
  const title = l10n.t('Take the key from a secret object on {0} (put it there first)', keyFile(user));
  return [fix(title, [object, ...edits], { preferred: true })];
}

function readsKey({ members }: SecretObject): boolean {
  return members.has('file') && members.get('format')?.value === 'base64';
}
