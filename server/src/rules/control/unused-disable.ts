import * as l10n from '@vscode/l10n';
import { editDistance } from '../../catalog/edit-distance.js';
import type { Suppression } from '../../syntax/directives.js';
import type { Span } from '../../syntax/span.js';
import type { CommentRule, CommentRuleContext, Finding, Fix, Location } from '../rule.js';
import { findingAt, fix } from '../support/finding.js';
import { code } from '../support/shown.js';

/** A rule's name that turns nothing off. */
interface Unused {
  readonly id: string;
  readonly span: Span;
  readonly index: number;
}

export const unusedDisable: CommentRule = {
  id: 'unused-disable',
  severity: 'hint',
  statement: 'A comment turns a rule off that finds nothing there, or that does not exist.',
  looksAt: 'comments',
  *check(context) {
    let told = 0;
    for (const comment of context.comments) {
      for (const one of ofComment(context, comment, told)) {
        told += 1;
        if (told > MOST_TOLD) return;
        yield one;
      }
    }
  },
};

/** Of one document; a comment may name words without end. */
const MOST_TOLD = 200;

function* ofComment(context: CommentRuleContext, comment: Suppression, told: number): Generator<Finding> {
  const unused = unusedIn(context, comment, MOST_TOLD - told + 1);
  if (unused.length < 2 || unused.length < comment.rules.length) {
    for (const one of unused) yield ofOne(context, comment, one);
  } else {
    yield ofAll(context, comment);
  }
}

function unusedIn(context: CommentRuleContext, comment: Suppression, most: number): readonly Unused[] {
  const found: Unused[] = [];
  for (const [index, id] of comment.rules.entries()) {
    const span = comment.ruleSpans[index];
    if (span === undefined || id === unusedDisable.id) continue;
    if (context.ruleIds.has(id) && (!context.isHeard(id) || context.silences(comment, id))) continue;
    found.push({ id, span, index });
    if (found.length >= most) break;
  }
  return found;
}

function ofOne(context: CommentRuleContext, comment: Suppression, unused: Unused): Finding {
  const known = context.ruleIds.has(unused.id);
  const name = code(unused.id);
  const near = known ? undefined : nearest(context.ruleIds, unused.id);
  const others = comment.rules.length > 1;
  const removal = others
    ? fix(l10n.t('Take {0} out of the comment', name), [edit(context, spanOfName(comment, unused), '')], {
        preferred: near === undefined,
        safe: near === undefined,
      })
    : removeComment(context, comment, near === undefined);
  const fixes = [
    ...(near === undefined
      ? []
      : [fix(l10n.t('Write {0}', code(near)), [edit(context, unused.span, near)], { preferred: true })]),
    ...(removal === null ? [] : [removal]),
  ];
  const message = known ? nothingFound(context, comment, name) : noSuchRule(name, near);
  return finding(context, unused.span, message, fixes);
}

function ofAll(context: CommentRuleContext, comment: Suppression): Finding {
  const removal = removeComment(context, comment, true);
  const end = comment.ruleSpans.at(-1)?.end ?? comment.span.end;
  const message = l10n.t(
    'None of the rules named here finds anything in {0} with {1}: the comment turns nothing off.',
    ...pair(context),
  );
  return finding(context, { start: comment.span.start, end }, message, removal === null ? [] : [removal]);
}

function nothingFound(context: CommentRuleContext, { scope }: Suppression, name: string): string {
  return scope === 'file'
    ? l10n.t('{0} finds nothing in this file with {1} and {2}: the comment turns nothing off.', name, ...pair(context))
    : l10n.t('{0} finds nothing there with {1} and {2}: the comment turns nothing off.', name, ...pair(context));
}

function noSuchRule(name: string, near: string | undefined): string {
  return near === undefined
    ? l10n.t(
        'There is no rule {0}: it turns nothing off. A reason is written behind two dashes: {1}.',
        name,
        code('-- …'),
      )
    : l10n.t('There is no rule {0}: it turns nothing off. Did you mean {1}?', name, code(near));
}

function pair({ releases }: CommentRuleContext): [qemu: string, librbd: string] {
  return [`QEMU ${releases.qemu.label}`, `librbd ${releases.librbd.label}`];
}

/** Edits that make one rule's name of another, at most. */
const FURTHEST = 3;

function nearest(ids: ReadonlySet<string>, written: string): string | undefined {
  let best: { readonly id: string; readonly distance: number } | undefined;
  for (const id of ids) {
    const distance = editDistance(written, id, FURTHEST);
    if (distance <= FURTHEST && distance * 3 < written.length && distance < (best?.distance ?? FURTHEST + 1)) {
      best = { id, distance };
    }
  }
  return best?.id;
}

/** The name with what parts it from the next one, else from the one before. */
function spanOfName({ ruleSpans }: Suppression, { span, index }: Unused): Span {
  const next = ruleSpans[index + 1];
  if (next !== undefined) return { start: span.start, end: next.start };
  return { start: ruleSpans[index - 1]?.end ?? span.start, end: span.end };
}

/** Null where a backslash at the comment's end may join it with the next line. */
function removeComment(context: CommentRuleContext, { comment }: Suppression, preferred: boolean): Fix | null {
  const { text } = context;
  if (text.charAt(comment.end - 1) === '\\') return null;
  const lineStart = Math.max(text.lastIndexOf('\n', comment.start - 1) + 1, text.startsWith('\uFEFF') ? 1 : 0);
  const newline = text.indexOf('\n', comment.end);
  const before = text.slice(lineStart, comment.start);
  const span =
    before.trim() === ''
      ? { start: lineStart, end: newline < 0 ? text.length : newline + 1 }
      : { start: lineStart + before.trimEnd().length, end: comment.end };
  return fix(l10n.t('Remove the comment'), [edit(context, span, '')], { preferred, safe: preferred });
}

function at({ document }: CommentRuleContext, span: Span): Location {
  return { in: 'file', file: document, span };
}

function edit(context: CommentRuleContext, span: Span, newText: string) {
  return { at: at(context, span), newText };
}

function finding(context: CommentRuleContext, span: Span, message: string, fixes: readonly Fix[]): Finding {
  return findingAt(unusedDisable, at(context, span), message, { tags: ['unnecessary'], fixes });
}
