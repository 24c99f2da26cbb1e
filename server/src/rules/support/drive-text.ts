/** The decoded text behind a drive's spans, and edits in it that survive its quoting. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveOption, DriveSyntax, DriveTrace } from '../../simulate/model.js';
import type { CommandWord } from '../../syntax/commands.js';
import { type MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import { parseQemuOpts, valueText } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRuleContext, TextEdit } from '../rule.js';
import { inCommand } from './drive-words.js';

/** The text of a span as it is written in the document. */
export function written(context: CommandRuleContext, { start, end }: Span): string {
  return context.command.text.slice(start, end);
}

/** The argument that holds the drive, and how it is written. */
export function wordOf(context: CommandRuleContext, syntax: DriveSyntax): CommandWord | undefined {
  return context.command.words[syntax.argument];
}

/** The `rbd:` name as QEMU gets it, each character with its place; null where the drive has none. */
export function nameText(context: CommandRuleContext, trace: DriveTrace): MappedText | null {
  const { name } = trace.syntax;
  const argument = wordOf(context, trace.syntax)?.value;
  if (name === null || argument === undefined) return null;
  if (argument.text.startsWith('rbd:')) return argument;
  const { tree } = parseQemuOpts(argument, { ...qemuBehaviour(trace.releases.qemu).driveOpts, firstKey: null });
  const option = tree.options.findLast(
    ({ valueStart, value }) => value.startsWith('rbd:') && argument.span(valueStart).start === name.span.start,
  );
  return option === undefined ? null : valueText(argument, option);
}

/** True for a text that holds something to be filled in (`<pool>`, `{monitor-host}`, `@@x@@`), or was cut (`...`). */
export function isTemplate(text: string): boolean {
  return /<(?=[^<>\n]*[A-Za-z])[^<>\n]*>|\{[A-Za-z_$][^{}\n":]*\}|@@\w+@@|\.\.\.|…|%[sd]\b|\[[A-Za-z][\w -]*\]/.test(
    text,
  );
}

/** True where a part of the text is a variable. */
export function isUnknownText(text: string): boolean {
  return text.includes(UNKNOWN);
}

/** Takes an option out of a `-drive` with the comma that joined it; null where the text around it is not plain. */
export function removeOption(context: CommandRuleContext, option: { readonly span: Span }): TextEdit[] | null {
  const { text } = context.command;
  const { start, end } = option.span;
  if (start === end) return null;
  if (text[start - 1] === ',' && text[start - 2] !== ',') {
    return [{ at: inCommand({ start: start - 1, end }), newText: '' }];
  }
  if (text[end] === ',' && text[end + 1] !== ',') return [{ at: inCommand({ start, end: end + 1 }), newText: '' }];
  return null;
}

/** Adds an option of plain characters at the end of the drive's argument. */
export function appendOption(syntax: DriveSyntax, option: string): TextEdit[] {
  return [{ at: inCommand({ start: syntax.span.end, end: syntax.span.end }), newText: `,${option}` }];
}

export function replaceIn(span: Span, newText: string): TextEdit {
  return { at: inCommand(span), newText };
}

/**
 * How a backslash that is to reach QEMU is written at a place of this word (before a colon or an at sign); null where
 * the word mixes ways of quoting.
 */
export function backslashIn(context: CommandRuleContext, word: CommandWord): string | null {
  if (context.command.language === 'qemu-cmdline') return '\\';
  switch (word.quoting) {
    case 'none':
      return '\\\\';
    case 'single':
    case 'double':
      return '\\';
    case 'mixed':
      return null;
  }
}

/** Of each key, the copy that counts. */
export function winners(syntax: DriveSyntax): ReadonlyMap<string, DriveOption> {
  const winning = new Map<string, DriveOption>();
  for (const option of syntax.options) {
    if (option.effective && !winning.has(option.key)) winning.set(option.key, option);
  }
  return winning;
}

/** True for a text of letters, digits and a few signs that no shell and no QEMU takes for anything else. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9._/=+-]*$/.test(text);
}

/** The other word of a switch, in the spelling that stands there: a boolean of JSON stays one. */
export function oppositeWord(word: string): string | null {
  const pairs = [
    ['on', 'off'],
    ['true', 'false'],
    ['yes', 'no'],
    ['y', 'n'],
  ] as const;
  for (const [on, off] of pairs) {
    if (word === on) return off;
    if (word === off) return on;
  }
  return null;
}
