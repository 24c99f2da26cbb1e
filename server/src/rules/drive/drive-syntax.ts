import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheModes } from '../../catalog/qemu-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Finding } from '../rule.js';
import { written } from '../support/drive-text.js';
import { inCommand, librbdName, qemuName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { codes, complaint, refusedDrive } from '../support/refusal-words.js';
import { type Refusal, refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { commasOfJsonName, fixesOfCommand, fixesOfDrive } from '../support/syntax-fixes.js';
import { Devices, isDeviceProperty } from '../support/to-device.js';
import { sentences } from '../support/wording.js';

export const driveSyntax: CommandRule = {
  id: 'drive-syntax',
  severity: 'error',
  statement: 'This QEMU refuses the drive; its own complaint, at its place.',
  looksAt: 'command',
  *check(context) {
    const devices = new Devices(context);
    for (const refusal of refusals(context, this.id)) {
      const { trace } = refusal;
      yield trace === null ? ofCommand(context, refusal) : ofDrive(context, devices, trace, refusal);
    }
  },
};

/** QEMU refuses the arguments before, or beside, any rbd drive. */
function ofCommand(context: CommandRuleContext, refusal: Refusal): Finding {
  const { error, span } = refusal;
  const qemu = `QEMU ${context.releases.qemu.label}`;
  const message =
    error.code === 'argument-missing'
      ? l10n.t(
          '{0} refuses the command line, and no disk of it starts: {1} needs an argument.',
          qemu,
          code(written(context, span)),
        )
      : sentences(
          l10n.t('{0} refuses the command line: {1}.', qemu, complaint(error)),
          adviceForCommand(context, refusal),
        );
  return findingAt(driveSyntax, inCommand(span), message, { fixes: fixesOfCommand(context, refusal) });
}

function adviceForCommand(context: CommandRuleContext, { error, span }: Refusal): string {
  if (error.code === 'unknown-protocol')
    return /rbd:/i.test(written(context, span)) ? l10n.t('The prefix is `rbd:`, in lower case.') : '';
  if (error.code === 'json-syntax' && commasOfJsonName(context, span).length > 0) {
    return l10n.t(
      'A single comma ends the name: within {0} each comma of a json: name is written twice.',
      code('-drive'),
    );
  }
  if (error.code === 'bad-secret' && !qemuBehaviour(context.releases.qemu).objectJson) {
    return written(context, span).trimStart().startsWith('{')
      ? l10n.t('`-object` takes JSON from QEMU 6.0 on; before, it is written {0}.', code('secret,id=…,file=…'))
      : '';
  }
  return '';
}

function ofDrive(context: CommandRuleContext, devices: Devices, trace: DriveTrace, refusal: Refusal): Finding {
  const { error, span } = refusal;
  const message =
    error.stage === 'crash'
      ? l10n.t('{0} dies here: {1}.', qemuName(trace), complaint(error))
      : sentences(refusedDrive(trace, error), advice(trace, refusal));
  const file = error.code === 'conf-refused' ? trace.reads.findLast(({ taken }) => taken !== null)?.taken : null;
  return findingAt(driveSyntax, inCommand(span), message, {
    related:
      file == null
        ? []
        : [
            {
              at: { in: 'file', file: file.file.id, span: { start: 0, end: 0 } },
              message: l10n.t('The file that librados refuses.'),
            },
          ],
    fixes: fixesOfDrive(context, devices, trace, refusal),
  });
}

function advice(trace: DriveTrace, { error }: Refusal): string {
  const { qemu } = trace.releases;
  switch (error.code) {
    case 'cache-repeated':
      return l10n.t('Say `cache=` once.');
    case 'conf-refused':
      return l10n.t('{0} cannot read that file as a whole.', librbdName(trace));
    case 'bad-value': {
      const key = refusedOption(trace, error)?.key;
      if (key === 'cache') return l10n.t('It knows {0}.', codes(cacheModes(qemu).map(({ name }) => name)));
      return key !== undefined && isDeviceProperty(key) ? l10n.t('{0} belongs to the device.', code(`${key}=`)) : '';
    }
    case 'bad-conf-value':
      return l10n.t('In a drive string {0} takes no value that it cannot read.', librbdName(trace));
    case 'drive-in-use':
      return l10n.t('With {0} the -device alone takes it up.', code('if=none'));
    case 'drive-unused':
      return l10n.t(
        'No device of this machine takes the drive up: write {0}, and a -device that names its id.',
        code('if=none'),
      );
    case 'name-pool-missing':
      return l10n.t('Write {0}.', code('rbd:pool/image'));
    case 'duplicate-id':
      return l10n.t('Each drive needs an id of its own.');
    case 'node-name-missing':
      return l10n.t('A node at the top needs a name, which its -device gives as {0}.', code('drive='));
    case 'wrong-type':
      return refusedOption(trace, error)?.key.endsWith('cache') === true
        ? l10n.t(
            'A node has no cache modes, but two switches: {0} and {1}.',
            code('cache.direct'),
            code('cache.no-flush'),
          )
        : '';
    case 'read-only-disk':
      return l10n.t('An IDE disk is never read-only; a virtio or SCSI disk may be.');
    case 'encryption-unsupported':
      return l10n.t(
        '{0} is too old: encryption takes librbd 16.2, `parent` and `luks-any` take 18.2.',
        librbdName(trace),
      );
    case 'secret-missing':
      return l10n.t('It takes an {0} of that name.', code('-object secret,id=…'));
    case 'snapshot-read-only':
      return l10n.t(
        'A snapshot is opened with {0}.',
        code(
          trace.syntax.form === 'drive'
            ? 'readonly=on'
            : trace.syntax.form === 'json'
              ? '"read-only": true'
              : 'read-only=on',
        ),
      );
    case 'file-missing':
      return l10n.t('The json: name describes the whole node; leave `format=` out.');
    default:
      return '';
  }
}
