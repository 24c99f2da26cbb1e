import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace } from '../../simulate/model.js';
import type { MappedText } from '../../syntax/mapped-text.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { backslashIn, isTemplate, nameText, replaceIn, wordOf, written } from '../support/drive-text.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { complaint, isPieceOfValue, refusals, refusedBy } from '../support/refusals.js';
import { code } from '../support/shown.js';

export const driveNameCut: CommandRule = {
  id: 'drive-name-cut',
  severity: 'error',
  statement: 'A `:` or `@` that is not escaped splits the `rbd:` name where it was not meant to be split.',
  looksAt: 'command',
  *check(context) {
    for (const refusal of refusals(context, this.id)) {
      const { trace, error, span } = refusal;
      if (trace === null) continue;
      const piece = written(context, span);
      const what = isPieceOfValue(piece)
        ? `A \`:\` that is not escaped ends the option before it, so that ${code(piece)} is read as the name of the next one`
        : `Each piece behind a \`:\` has to be ${code('key=value')}`;
      yield driveFinding(
        this,
        inCommand(span),
        `${refusedBy(trace, refusal)}: ${complaint(error)}. ${what}. Write ${code('\\:')} for a colon that belongs to a value.`,
        {
          fixes: escapeColons(context, trace),
        },
      );
    }
    for (const trace of context.command.trace.drives) yield* cutAtSign(context, trace);
  },
};

/** `rbd:p/i:password=a@b` is the image `i:password=a` and its snapshot `b`. */
function* cutAtSign(context: CommandRuleContext, trace: DriveTrace) {
  const { name } = trace.syntax;
  if (name?.imageSpan == null || name.snapshotSpan === null || (trace.error !== null && trace.error.stage !== 'open'))
    return;
  const image = written(context, { start: (name.namespaceSpan ?? name.imageSpan).start, end: name.imageSpan.end });
  if (!/(?:^|[^\\]):[a-z][a-z0-9_ ]*=/i.test(image) || isTemplate(image)) return;
  const text = nameText(context, trace);
  const at = text === null ? -1 : placeOf(text, name.snapshotSpan.start) - 1;
  const word = wordOf(context, trace.syntax);
  const backslash = word === undefined ? null : backslashIn(context, word);
  // Before 6.1 a lone escaped at sign is worse than none.
  const { escapedSearch } = qemuBehaviour(trace.releases.qemu).name;
  const place = text === null || at < 0 || !escapedSearch ? null : text.span(at, at + 1).start;
  yield driveFinding(
    driveNameCut,
    inCommand(name.snapshotSpan),
    `${qemuName(trace)} ends the image's name at the first \`@\` that is not escaped, wherever it stands: the options before it become part of the image's name, and what follows ` +
      `is taken for a snapshot. ${escapedSearch ? `Write ${code('\\@')} for an at sign inside a value.` : 'Before QEMU 6.1 no value can hold one: put the option into a ceph.conf.'}`,
    {
      fixes:
        place === null || backslash === null || text?.text[at] !== '@'
          ? []
          : [fix('Escape the @', [replaceIn({ start: place, end: place }, backslash)], { preferred: true })],
    },
  );
}

function placeOf(text: MappedText, source: number): number {
  for (let i = 0; i < text.length; i++) if (text.span(i, i + 1).start >= source) return i;
  return -1;
}

/** A backslash before each colon that no `key=` follows. */
function escapeColons(context: CommandRuleContext, trace: DriveTrace): Fix[] {
  const text = nameText(context, trace);
  const word = wordOf(context, trace.syntax);
  const backslash = word === undefined ? null : backslashIn(context, word);
  if (text === null || backslash === null) return [];
  const source = text.text;
  const edits = [];
  for (let at = source.indexOf('/') + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ':' && !/^[A-Za-z_][A-Za-z0-9_ ]*=/.test(source.slice(at + 1, at + 80))) {
      const { start } = text.span(at, at + 1);
      edits.push(replaceIn({ start, end: start }, backslash));
    }
  }
  const title = edits.length === 1 ? 'Escape the colon' : 'Escape the colons';
  return edits.length === 0 ? [] : [fix(title, edits, { preferred: true })];
}
