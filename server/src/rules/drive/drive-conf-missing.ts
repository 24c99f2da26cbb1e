import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix, TextEdit } from '../rule.js';
import { isPlain, removeOption, rewriteValue } from '../support/drive-text.js';
import { inCommand, nameOptionsOf, pairName, removeNameOption } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { codes, inTitle } from '../support/refusal-words.js';
import { type Refusal, refusals } from '../support/refusals.js';

export const driveConfMissing: CommandRule = {
  id: 'drive-conf-missing',
  severity: 'error',
  statement: '`conf=` names a file that is not there: the drive does not open. (A missing default file is ignored.)',
  holds: { qemu: { since: '0.15' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    const found = refusals(context, this.id);
    if (found.length === 0) return;
    const fixes = fixesOf(context, found);
    for (const refusal of found) {
      const { trace, span, error } = refusal;
      if (trace === null) continue;
      const paths = (trace.reads.at(-1)?.searched ?? []).map(({ path }) => path);
      const message =
        error.span === null
          ? l10n.t(
              '{0} does not open this drive: there is no ceph.conf at the default places ({1}), and this QEMU needs one. Create the file, or name another.',
              pairName(trace),
              codes(paths),
            )
          : l10n.t(
              '{0} does not open this drive: {1} is not there, and a file that `conf=` names has to be. Create the file, name another, or leave `conf=` out for the default places.',
              pairName(trace),
              codes(paths),
            );
      yield findingAt(this, inCommand(span), message, { fixes: fixes.get(refusal) ?? [] });
    }
  },
};

const DEFAULT_FILE = '/etc/ceph/ceph.conf';
/** Files that other drives of the command read are offered too; more of them are no choice. */
const MOST_FILES = 3;

interface Way {
  readonly title: string;
  readonly file: string | null;
  editsFor(context: CommandRuleContext, refusal: Refusal, trace: DriveTrace): readonly TextEdit[] | null;
}

/** Each way out is tried on all drives at once: a command may hold a thousand. */
function fixesOf(context: CommandRuleContext, found: readonly Refusal[]): ReadonlyMap<Refusal, Fix[]> {
  const fixes = new Map<Refusal, Fix[]>();
  const index = new Map(context.command.trace.drives.map((trace, at) => [trace, at]));
  for (const way of waysOut(context)) {
    const tried: { refusal: Refusal; at: number; edits: readonly TextEdit[] }[] = [];
    for (const refusal of found) {
      const { trace, error } = refusal;
      const at = trace === null ? undefined : index.get(trace);
      const edits = trace === null || error.span === null ? null : way.editsFor(context, refusal, trace);
      if (at !== undefined && edits !== null) tried.push({ refusal, at, edits });
    }
    if (tried.length === 0) continue;
    const { drives } = context.simulateEdited(tried.flatMap(({ edits }) => edits));
    for (const { refusal, at, edits } of tried) {
      const after = drives[at];
      if (after === undefined || after.error?.code === 'conf-missing') continue;
      if (way.file !== null && !after.reads.some(({ taken }) => taken?.path === way.file)) continue;
      const own = fixes.get(refusal) ?? [];
      own.push(fix(way.title, edits, { preferred: own.length === 0 && way.file !== null }));
      fixes.set(refusal, own);
    }
  }
  return fixes;
}

function waysOut({ command }: CommandRuleContext): Way[] {
  const read = command.trace.drives.flatMap(({ reads }) => reads.flatMap(({ taken }) => taken?.path ?? []));
  const files = [...new Set([DEFAULT_FILE, ...read])].filter(isPlain).slice(0, MOST_FILES);
  return [
    ...files.map(
      (file): Way => ({
        title: l10n.t('Name {0}', inTitle(file)),
        file,
        editsFor: (context, { span, error }, trace) => {
          const value = valueAt(trace, error.span?.start ?? -1);
          return value === null || value === file ? null : rewriteValue(context, span, value, file);
        },
      }),
    ),
    {
      title: l10n.t('Leave conf= out'),
      file: null,
      editsFor: (context, { error }, trace) => {
        const inName = nameOptionsOf(trace, 'conf').find(({ valueSpan }) => valueSpan.start === error.span?.start);
        if (inName !== undefined) return removeNameOption(context, inName);
        const member = trace.syntax.options.find(({ valueSpan }) => valueSpan.start === error.span?.start);
        return member === undefined ? null : removeOption(context, member);
      },
    },
  ];
}

/** The value that stands there, of the name or of the drive. */
function valueAt({ syntax }: DriveTrace, start: number): string | null {
  const options = [...(syntax.name?.options ?? []), ...syntax.options];
  const option = options.find(({ valueSpan }) => valueSpan.start === start);
  return option === undefined || option.unknown ? null : option.value;
}
