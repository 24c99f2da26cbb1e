/** The decoded text behind a drive's spans, and edits in it that survive its quoting. */
import { parserEra } from '../../catalog/librados-rules.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveOption, DriveSyntax, DriveTrace } from '../../simulate/model.js';
import { normalizeKeyName } from '../../syntax/ceph-conf/key-name.js';
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

const TO_BE_FILLED_IN = [
  /<(?=[^<>\n]*[A-Za-z])[^<>\n]*>/,
  /\{[A-Za-z_$][^{}\n":]*\}/,
  /\{\{(?!")|<%/,
  /@@\w+@@|@[A-Z][A-Z0-9_]*@|%[A-Z][A-Z0-9_]*%|%[sd]\b/,
  /\.\.\.|…/,
  /\[[A-Za-z][\w -]*\]/,
];

/** True for a text that holds something to be filled in (`<pool>`, `{monitor-host}`, `{{ x }}`, `@X@`), or was cut (`...`). */
export function isTemplate(text: string): boolean {
  return TO_BE_FILLED_IN.some((mark) => mark.test(text));
}

/** True where a part of the text is a variable. */
export function isUnknownText(text: string): boolean {
  return text.includes(UNKNOWN);
}

/** Takes an option out of a `-drive` with the comma that joined it; null where the text around it is not plain. */
export function removeOption(context: CommandRuleContext, option: { readonly span: Span }): TextEdit[] | null {
  return removeOptions(context, [option]);
}

/** Takes several options out, each with one comma. */
export function removeOptions(
  context: CommandRuleContext,
  options: readonly { readonly span: Span }[],
): TextEdit[] | null {
  const { text } = context.command;
  const edits: TextEdit[] = [];
  let taken = 0;
  for (const { span } of options.toSorted((a, b) => a.span.start - b.span.start)) {
    const { start, end } = span;
    if (start === end) return null;
    // Members of JSON may have blanks around their commas.
    let before = start;
    while (text[start] === '"' && before > taken && /\s/.test(text[before - 1] ?? '')) before--;
    if (text[before - 1] === ',' && text[before - 2] !== ',' && before > taken) {
      edits.push(replaceIn({ start: before - 1, end }, ''));
      taken = end;
    } else if (text[end] === ',' && text[end + 1] !== ',') {
      edits.push(replaceIn({ start, end: end + 1 }, ''));
      taken = end + 1;
    } else return null;
  }
  return edits;
}

/** Writes another value in the place of `value`, within the quotes of JSON if there are any; null where it is written otherwise. */
export function rewriteValue(
  context: CommandRuleContext,
  span: Span,
  value: string,
  newValue: string,
): TextEdit[] | null {
  const text = written(context, span);
  if (text === value) return [replaceIn(span, newValue)];
  const quote = jsonQuote(text);
  if (text !== `${quote}${value}${quote}`) return null;
  return [replaceIn({ start: span.start + quote.length, end: span.end - quote.length }, newValue)];
}

/** How a double quote of JSON is written in this text: within double quotes of a shell a backslash stands before it. */
export function jsonQuote(text: string): string {
  return text.includes('\\"') ? '\\"' : '"';
}

/** Every id and node-name in the command's text, or what looks like one. */
export const idsOf = (() => {
  const known = new WeakMap<CommandRuleContext['command']['words'], ReadonlySet<string>>();
  return ({ command: { text, words } }: CommandRuleContext): ReadonlySet<string> => {
    const kept = known.get(words);
    if (kept !== undefined) return kept;
    const ids = new Set<string>();
    for (const [, id = ''] of text.matchAll(/\b(?:id|node-name)(?:=|\\?"\s*:\s*\\?")([\w.-]{1,100})/g)) ids.add(id);
    known.set(words, ids);
    return ids;
  };
})();

/** Adds an option of plain characters at the end of the drive's argument, behind one comma. */
export function appendOption({ options, span: { end } }: DriveSyntax, option: string): TextEdit[] {
  const last = options.reduce((most, { span }) => Math.max(most, span.end), 0);
  // What stands behind the last option is a comma that has been written already.
  const joined = last > 0 && last < end ? '' : ',';
  return [{ at: inCommand({ start: end, end }), newText: `${joined}${option}` }];
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

/** The option that librados takes a key of the name for. */
export function cephKey({ releases: { librbd } }: DriveTrace, key: string): string {
  return normalizeKeyName(key, parserEra(librbd));
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
