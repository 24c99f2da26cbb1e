/** The client that a drive connects as, where its text says so. */
import type { Span } from '../../syntax/span.js';
import type { DriveOfFile, TextEdit } from '../rule.js';

/** An edit that makes the drive connect as `client.<id>`; null where its text has no plain place for that. */
export function giveClient(drive: DriveOfFile, id: string): TextEdit | null {
  const { syntax } = drive.trace;
  const base = drive.span.start - syntax.span.start;
  const edit = ({ start, end }: Span, newText: string): TextEdit => ({
    at: { in: 'file', file: drive.document, span: { start: base + start, end: base + end } },
    newText,
  });
  // A JSON value's span may hold its quotes, or a shell's.
  const replace = ({ start, end }: Span): TextEdit | null => {
    const [, quote = '', value = ''] = /^(["']?)([^"']*)\1$/.exec(drive.text.slice(start, end)) ?? [];
    return /^[\w.-]+$/.test(value) ? edit({ start: start + quote.length, end: end - quote.length }, id) : null;
  };
  if (syntax.name !== null) {
    const { options, span } = syntax.name;
    const own = options.filter(({ key }) => key === 'id');
    const [only] = own;
    if (own.length > 1 || only?.unknown === true) return null;
    if (only !== undefined) return replace(only.valueSpan);
    const [first] = options;
    return first === undefined
      ? edit({ start: span.end, end: span.end }, `:id=${id}`)
      : edit({ start: first.span.start, end: first.span.start }, `id=${id}:`);
  }
  const members = syntax.options.filter(({ key, effective }) => effective && /(^|\.)user$/.test(key));
  const [member] = members;
  if (members.length > 1 || member?.unknown === true) return null;
  return member === undefined ? null : replace(member.valueSpan);
}
