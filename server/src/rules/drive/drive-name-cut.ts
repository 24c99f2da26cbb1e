import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { MappedText } from '../../syntax/mapped-text.js';
import { isSecretOption } from '../../syntax/secrets.js';
import type { CommandRule, CommandRuleContext, Finding, Fix } from '../rule.js';
import { backslashIn, isTemplate, nameText, replaceIn, wordOf, written } from '../support/drive-text.js';
import { inCommand, qemuName } from '../support/drive-words.js';
import { findingAt, fix } from '../support/finding.js';
import { refusedDrive } from '../support/refusal-words.js';
import { cutByCommas, isPieceOfValue, type Refusal, refusals, refusedOption } from '../support/refusals.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const driveNameCut: CommandRule = {
  id: 'drive-name-cut',
  severity: 'error',
  statement: 'A `:`, `@` or `,` that is not escaped splits the `rbd:` name where it was not meant to be split.',
  holds: { qemu: { since: '0.15' } },
  looksAt: 'command',
  *check(context) {
    const byCommas = new Set<DriveTrace>();
    for (const refusal of refusals(context, this.id)) {
      const { trace, error } = refusal;
      if (trace === null) continue;
      const option = refusedOption(trace, error);
      const pieces = cutByCommas(trace);
      if (option === undefined || !pieces.includes(option)) yield cut(context, trace, refusal);
      else if (!byCommas.has(trace)) {
        byCommas.add(trace);
        yield cutByComma(context, trace, refusal, pieces);
      }
    }
    for (const trace of context.command.trace.drives) yield* cutAtSign(context, trace);
  },
};

const JOINED = /\\\r?\n/g;

function cut(context: CommandRuleContext, trace: DriveTrace, { error, span }: Refusal): Finding {
  const piece = written(context, span);
  const said = refusedDrive(trace, error);
  if (piece === '') {
    const at = { start: span.start - 1, end: span.start };
    const colon = written(context, at) === ':';
    return findingAt(
      driveNameCut,
      inCommand(colon ? at : span),
      sentences(
        said,
        l10n.t('Nothing stands behind this colon, and each piece of the name has to be {0}.', code('key=value')),
      ),
      { fixes: colon ? [fix(l10n.t('Delete the colon'), [replaceIn(at, '')], { preferred: true })] : [] },
    );
  }
  if (/^\\\r?\n/.test(piece)) return brokenLine(context, trace, span, said);
  const { escapes } = qemuBehaviour(trace.releases.qemu).name;
  const advice = escapes
    ? l10n.t('Write {0} for a colon that belongs to a value.', code('\\:'))
    : l10n.t('Before QEMU 1.0 no value can hold a colon: put the option into a ceph.conf.');
  const fixes = escapes ? escapeColons(context, trace) : [];
  if (isRestOfSecret(trace, span)) {
    const message = l10n.t('{0} refuses this drive: a `:` that is not escaped ends the value here.', qemuName(trace));
    return findingAt(driveNameCut, inCommand(span), sentences(message, advice), { fixes });
  }
  const word = /^[A-Za-z0-9_ ]*/.exec(piece)?.[0] ?? '';
  if (isOption(trace, piece)) {
    const message = l10n.t('Each piece behind a `:` has to be {0}: {1} has no value.', code('key=value'), code(word));
    return findingAt(driveNameCut, inCommand(span), sentences(said, message));
  }
  return findingAt(
    driveNameCut,
    inCommand(span),
    sentences(
      said,
      isPieceOfValue(piece)
        ? l10n.t(
            'A `:` that is not escaped ends the option before it, so that {0} is read as the name of the next one.',
            code(piece),
          )
        : l10n.t('Each piece behind a `:` has to be {0}.', code('key=value')),
      advice,
    ),
    { fixes },
  );
}

/** What follows a secret may be a part of it: no message repeats it. */
function isRestOfSecret({ syntax }: DriveTrace, { start }: Refusal['span']): boolean {
  const before = syntax.name?.options.find(({ valueSpan }) => valueSpan.end + 1 === start);
  return before !== undefined && isSecretOption(before.key);
}

/** One finding for all pieces of a name. */
function cutByComma(
  context: CommandRuleContext,
  trace: DriveTrace,
  { error, span }: Refusal,
  pieces: readonly DriveOption[],
): Finding {
  const at = pieces[0]?.span ?? span;
  return findingAt(
    driveNameCut,
    inCommand(at),
    sentences(
      refusedDrive(trace, error),
      l10n.t(
        'A single comma ends the name, so that {0} is read as an option of its own. Write {1} for a comma that belongs to the name.',
        code(written(context, at)),
        code(',,'),
      ),
    ),
    { fixes: doubleCommas(context, pieces) },
  );
}

/** In single quotes a backslash at the end of a line joins nothing. */
function brokenLine(context: CommandRuleContext, trace: DriveTrace, span: Refusal['span'], said: string): Finding {
  const name = trace.syntax.name?.span ?? span;
  const text = written(context, name);
  const edits = [...text.matchAll(JOINED)].map((match) => {
    const start = name.start + match.index;
    return replaceIn({ start, end: start + match[0].length }, '');
  });
  return findingAt(
    driveNameCut,
    inCommand(span),
    sentences(
      said,
      l10n.t(
        'Between single quotes a backslash at the end of a line joins nothing: with the line break it becomes part of the name.',
      ),
    ),
    { fixes: [fix(l10n.t('Join the lines'), edits, { preferred: true })] },
  );
}

/** `rbd:p/i:password=a@b` is the image `i:password=a` and its snapshot `b`. */
function* cutAtSign(context: CommandRuleContext, trace: DriveTrace): Generator<Finding> {
  const { name } = trace.syntax;
  if (name?.imageSpan == null || name.snapshotSpan === null || (trace.error !== null && trace.error.stage !== 'open'))
    return;
  const { escapedSearch, options } = qemuBehaviour(trace.releases.qemu).name;
  const image = written(context, { start: (name.namespaceSpan ?? name.imageSpan).start, end: name.imageSpan.end });
  if (!options || !/(?:^|[^\\]):[a-z][a-z0-9_ ]*=/i.test(image) || isTemplate(image)) return;
  const text = nameText(context, trace);
  const at = text === null ? -1 : placeOf(text, name.snapshotSpan.start) - 1;
  const word = wordOf(context, trace.syntax);
  const backslash = word === undefined ? null : backslashIn(context, word);
  // Before 6.1 a lone escaped at sign is worse than none.
  const place = text === null || at < 0 || !escapedSearch ? null : text.span(at, at + 1).start;
  yield findingAt(
    driveNameCut,
    inCommand(name.snapshotSpan),
    sentences(
      l10n.t(
        "{0} ends the image's name at the first `@` that is not escaped, wherever it stands: the options before it become part of the image's name, and what follows is taken for a snapshot.",
        qemuName(trace),
      ),
      escapedSearch
        ? l10n.t('Write {0} for an at sign inside a value.', code('\\@'))
        : l10n.t('Before QEMU 6.1 no value can hold one: put the option into a ceph.conf.'),
    ),
    {
      fixes:
        place === null || backslash === null || text?.text[at] !== '@'
          ? []
          : [
              fix(l10n.t('Escape the at sign'), [replaceIn({ start: place, end: place }, backslash)], {
                preferred: true,
              }),
            ],
    },
  );
}

function placeOf(text: MappedText, source: number): number {
  for (let i = 0; i < text.length; i++) if (text.span(i, i + 1).start >= source) return i;
  return -1;
}

/** A backslash before each colon that no `key=` follows, nor an option without its value. */
function escapeColons(context: CommandRuleContext, trace: DriveTrace): Fix[] {
  const text = nameText(context, trace);
  const word = wordOf(context, trace.syntax);
  const backslash = word === undefined ? null : backslashIn(context, word);
  if (text === null || backslash === null) return [];
  const source = text.text;
  const edits = [];
  for (let at = source.indexOf('/') + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === ':' && !isOption(trace, source.slice(at + 1, at + 80))) {
      const { start } = text.span(at, at + 1);
      edits.push(replaceIn({ start, end: start }, backslash));
    }
  }
  const title = edits.length === 1 ? l10n.t('Escape the colon') : l10n.t('Escape the colons');
  return edits.length === 0 ? [] : [fix(title, edits, { preferred: true })];
}

function isOption({ releases: { librbd } }: DriveTrace, text: string): boolean {
  const word = /^[A-Za-z_][A-Za-z0-9_ ]*/.exec(text)?.[0] ?? '';
  const next = text[word.length] ?? ':';
  return word !== '' && (next === '=' || (next === ':' && cephOption(librbd, word.replaceAll(' ', '_')) !== undefined));
}

/** A comma before each piece is written twice. */
function doubleCommas(context: CommandRuleContext, pieces: readonly DriveOption[]): Fix[] {
  const edits = pieces.map(({ span: { start } }) => replaceIn({ start, end: start }, ','));
  if (!pieces.every(({ span: { start } }) => context.command.text[start - 1] === ',')) return [];
  const title = edits.length === 1 ? l10n.t('Write {0} for the comma', ',,') : l10n.t('Write {0} for the commas', ',,');
  return [fix(title, edits, { preferred: true })];
}
