import { cephOption } from '../../catalog/ceph-options.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheModes } from '../../catalog/qemu-options.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { removeOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, librbdName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { nearest } from '../support/nearest.js';
import { complaint, type Refusal, refusals, refusedOption, stageWords } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { readableSpelling } from '../support/spellings.js';

export const driveSyntax: CommandRule = {
  id: 'drive-syntax',
  severity: 'error',
  statement: 'This QEMU refuses the drive; its own complaint, at its place.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { error, trace, span } = refusal;
      const qemu = `QEMU ${context.releases.qemu.label}`;
      const message =
        error.stage === 'crash'
          ? `${qemu} dies here: ${complaint(error)}.`
          : `${qemu} refuses this${stageWords(error)}: ${complaint(error)}.${advice(context, refusal)}`;
      const file = error.code === 'conf-refused' ? trace?.reads.findLast(({ taken }) => taken !== null)?.taken : null;
      yield driveFinding(this, inCommand(span), message, {
        related:
          file == null
            ? []
            : [
                {
                  at: { in: 'file', file: file.file.id, span: { start: 0, end: 0 } },
                  message: 'The file that librados refuses.',
                },
              ],
        fixes: trace === null ? lowerCasePrefix(context, refusal) : fixes(context, trace, refusal),
      });
    }
  },
};

function advice(context: CommandRuleContext, { error, trace }: Refusal): string {
  const { qemu } = context.releases;
  switch (error.code) {
    case 'cache-repeated':
      return ' Say `cache=` once.';
    case 'conf-refused':
      return trace === null ? '' : ` ${librbdName(trace)} cannot read that file as a whole.`;
    case 'bad-value':
      if (trace !== null && refusedOption(trace, error)?.key === 'cache') {
        return ` It knows ${cacheModes(qemu)
          .map(({ name }) => code(name))
          .join(', ')}.`;
      }
      return '';
    case 'bad-conf-value':
      return trace === null ? '' : ` In a drive string ${librbdName(trace)} takes no value that it cannot read.`;
    case 'name-pool-missing':
      return ' Write `rbd:pool/image`.';
    case 'secret-missing':
      return ' It takes an `-object secret,id=…` of that name.';
    case 'unknown-protocol':
      return ' The prefix is `rbd:`, in lower case.';
    case 'snapshot-read-only':
      return ` A snapshot is opened with ${trace?.syntax.form === 'drive' ? '`readonly=on`' : '`read-only`'}.`;
    case 'file-missing':
      return ' The json: name describes the whole node; leave `format=` out.';
    default:
      return '';
  }
}

function fixes(context: CommandRuleContext, trace: DriveTrace, refusal: Refusal): Fix[] {
  const { error } = refusal;
  const option = refusedOption(trace, error);
  switch (error.code) {
    case 'cache-repeated': {
      const edits = option === undefined ? null : removeOption(context, { span: error.span ?? option.span });
      return edits === null ? [] : [fix('Delete the earlier copy', edits, { preferred: true })];
    }
    case 'format-and-driver': {
      const edits = option === undefined ? null : removeOption(context, option);
      return edits === null ? [] : [fix(`Delete ${code(`${option?.key}=${option?.value}`)}`, edits)];
    }
    case 'file-missing': {
      const format = trace.syntax.options.find(({ key }) => key === 'format');
      const edits = trace.syntax.form !== 'json' || format === undefined ? null : removeOption(context, format);
      return edits === null ? [] : [fix('Delete `format=`', edits, { preferred: true })];
    }
    case 'bad-conf-value':
      return readableValue(trace, refusal);
    case 'bad-value':
    case 'wrong-type':
      return option === undefined ? [] : otherWords(context, trace, option.key, option.valueSpan);
    default:
      return [];
  }
}

const ON: ReadonlySet<string> = new Set(['yes', 'true', 'y', '1', 'enable', 'enabled']);
const OFF: ReadonlySet<string> = new Set(['no', 'false', 'n', '0', 'disable', 'disabled']);

function otherWords(
  context: CommandRuleContext,
  trace: DriveTrace,
  key: string,
  span: { readonly start: number; readonly end: number },
): Fix[] {
  const text = written(context, span);
  const bare = text.replace(/^"(.*)"$/, '$1').toLowerCase();
  const { qemu } = trace.releases;
  if (key === 'cache') {
    return nearest(
      text,
      cacheModes(qemu).map(({ name }) => name),
    ).map((mode, index) => fix(`Write ${code(`cache=${mode}`)}`, [replaceIn(span, mode)], { preferred: index === 0 }));
  }
  const json = trace.syntax.form === 'json' || /^['"]?\s*\{/.test(written(context, trace.syntax.span));
  const wanted = ON.has(bare) || bare === 'on' ? 'on' : OFF.has(bare) || bare === 'off' ? 'off' : null;
  if (wanted === null || (!json && qemuBehaviour(qemu).booleans.has(text))) return [];
  const word = json ? String(wanted === 'on') : wanted;
  return [fix(`Write ${code(word)}`, [replaceIn(span, word)], { preferred: true })];
}

/** A value of the name's that librados refuses, in the spelling that it reads. */
function readableValue(trace: DriveTrace, { error }: Refusal): Fix[] {
  const key = trace.syntax.name?.options.find(({ valueSpan }) => valueSpan.start === error.span?.start);
  const option = key === undefined ? undefined : cephOption(trace.releases.librbd, key.key.replaceAll(' ', '_'));
  if (key === undefined || option === undefined || !/^[\w.]*$/.test(key.value)) return [];
  const spelling = readableSpelling(trace.releases.librbd, option, key.value);
  if (spelling === null) return [];
  return [fix(`Write ${code(spelling)}`, [replaceIn(key.valueSpan, spelling)], { preferred: true })];
}

/** `RBD:` for `rbd:`. */
function lowerCasePrefix(context: CommandRuleContext, { error, span }: Refusal): Fix[] {
  const text = written(context, span);
  if (error.code !== 'unknown-protocol' || !/^rbd:/i.test(text)) return [];
  const prefix = { start: span.start, end: span.start + 3 };
  return [fix('Write `rbd:`', [replaceIn(prefix, 'rbd')], { preferred: true })];
}
