/** QEMU's refusals, each given to the one rule that says most about it: one cause, one finding. */
import { cephOption, cephOptionHistory } from '../../catalog/ceph-options.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isDriver } from '../../catalog/qemu-drivers.js';
import { driveOption } from '../../catalog/qemu-options.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { CommandTrace, DriveError, DriveOption, DriveSyntax, DriveTrace } from '../../simulate/model.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRuleContext, TextEdit } from '../rule.js';
import { cephKey, isTemplate, nameText, replaceIn, wordOf, written } from './drive-text.js';
import { optionLife } from './qemu-option-life.js';

export type RefusalRule =
  | 'drive-syntax'
  | 'drive-unknown-option'
  | 'drive-option-removed'
  | 'drive-option-too-new'
  | 'drive-bad-value'
  | 'drive-name-cut'
  | 'drive-escaped-at-crashes'
  | 'drive-name-too-long'
  | 'drive-namespace-unsupported'
  | 'drive-shell-eats-backslash'
  | 'drive-conf-missing'
  | 'drive-comma-for-colon'
  | 'drive-member-crashes'
  | 'drive-duplicate-option'
  | 'drive-auth-supported-gone'
  | 'drive-conf-key-unknown'
  | 'drive-detect-zeroes';

export interface Refusal {
  readonly rule: RefusalRule;
  readonly error: DriveError;
  readonly span: Span;
  /** Null where QEMU refuses the command line before it knows of an rbd drive. */
  readonly trace: DriveTrace | null;
  /** Where the shell takes backslashes away that QEMU needs: edits that double them. */
  readonly doubled?: readonly TextEdit[];
}

const refusalsOf = (() => {
  const known = new WeakMap<CommandTrace, readonly Refusal[]>();
  return (context: CommandRuleContext): readonly Refusal[] => {
    const { trace } = context.command;
    const kept = known.get(trace);
    if (kept !== undefined) return kept;
    const found = findRefusals(context);
    known.set(trace, found);
    return found;
  };
})();

/** The refusals that are this rule's to tell. */
export function refusals(context: CommandRuleContext, rule: string): readonly Refusal[] {
  return refusalsOf(context).filter((refusal) => refusal.rule === rule);
}

function findRefusals(context: CommandRuleContext): Refusal[] {
  const { trace: command } = context.command;
  const found: Refusal[] = [];
  const eaten = eatenBackslashes(context);
  for (const trace of command.drives) {
    const { error } = trace;
    if (error === null || isCalm(context, trace, error)) continue;
    if (error.stage !== 'open' && hasCutText(context, trace)) continue;
    const doubled = eaten.get(trace);
    const span = placeOf(trace, error);
    if (doubled === undefined) {
      for (const each of [error, ...furtherRefusals(trace, error).slice(0, MOST_FURTHER)]) {
        found.push({ rule: ruleFor(trace, each), error: each, span: placeOf(trace, each), trace });
      }
    }
    if (doubled !== undefined) found.push({ rule: 'drive-shell-eats-backslash', error, span, trace, doubled });
  }
  const { error } = command;
  if (error?.span != null && isOurs(context, error, error.span)) {
    const rule = error.code === 'blockdev-too-new' ? 'drive-option-too-new' : 'drive-syntax';
    found.push({ rule, error, span: placeInCommand(context, error.span), trace: null });
  }
  return found;
}

/** What a rule shows although there is nothing of it in the text: the place behind a colon. */
const OF_NOTHING: ReadonlySet<string> = new Set(['name-key-without-value', 'name-too-short']);

/** Where the refusal is shown: what it is about, the file's name where that is no place in the text, else the whole drive. */
function placeOf({ syntax }: DriveTrace, { span, code }: DriveError): Span {
  if (span === null) return syntax.span;
  if (span.end > span.start || OF_NOTHING.has(code)) return span;
  return syntax.name?.span ?? syntax.options.find(({ key }) => key === 'file')?.valueSpan ?? syntax.span;
}

/** A complaint about the end of a text is shown on the text: on a `json:` name, else on the whole argument. */
function placeInCommand({ command }: CommandRuleContext, span: Span): Span {
  if (span.end > span.start) return span;
  const word = command.words.find((each) => each.span.start <= span.start && span.start <= each.span.end);
  if (word === undefined) return span;
  const name = word.value.text.indexOf('json:');
  const start = name < 0 ? word.span.start : word.value.span(name).start;
  return start < span.start ? { start, end: span.start } : word.span;
}

/**
 * What this QEMU would refuse next, once the first refusal is mended: keys of the name that librados does not know, and
 * options that nobody takes. QEMU itself stops at the first.
 */
function furtherRefusals(trace: DriveTrace, first: DriveError): DriveError[] {
  const { qemu, librbd } = trace.releases;
  const { name, options, form } = trace.syntax;
  if (name === null || form !== 'drive' || first.stage === 'crash' || first.stage === 'filename') return [];
  const isFirst = (span: Span) => first.span !== null && isSame(first.span)(span);
  const keys = name.options.filter(
    ({ key, keySpan, unknown }) =>
      !unknown && !isFirst(keySpan) && !NAMES_OWN.has(key) && cephOption(librbd, cephKey(trace, key)) === undefined,
  );
  const behaviour = qemuBehaviour(qemu);
  const format = options.findLast(({ key }) => key === 'format' || key === 'driver');
  const left = options.filter(
    ({ key, keySpan, unknown }) => !unknown && !isFirst(keySpan) && /^[a-z][\w-]*$/i.test(key) && isNobodys(qemu, key),
  );
  const text = behaviour.unknownOptionText.replace('%f', 'raw').replace(" used by device '%d'", '');
  return [
    ...(first.code === 'name-key-without-value' ? [] : keys).map(
      ({ key, keySpan }): DriveError => ({
        stage: 'conf',
        code: 'unknown-conf-option',
        message: `invalid conf option ${key}`,
        span: keySpan,
      }),
    ),
    ...(format === undefined || format.value === 'raw' ? left : []).map(
      ({ key, keySpan }): DriveError => ({
        stage: behaviour.unknownOptions === 'args' ? 'args' : 'open',
        code: 'unknown-option',
        message: text.replace('%s', () => key),
        span: keySpan,
      }),
    ),
  ];
}

/** More of them in one drive are no mistakes of spelling. */
const MOST_FURTHER = 20;

/** Keys of a name that QEMU keeps for itself. */
const NAMES_OWN: ReadonlySet<string> = new Set(['id', 'conf']);
const OF_RAW: ReadonlySet<string> = new Set(['offset', 'size']);

/** An option that neither the drive, nor any node, nor the raw format takes. */
function isNobodys(qemu: QemuRelease, key: string): boolean {
  const { nodeOptions, rawOffset } = qemuBehaviour(qemu);
  return driveOption(qemu, key) === undefined && !nodeOptions.has(key) && !(rawOffset && OF_RAW.has(key));
}

/**
 * A drive that is not rbd's is nobody's business here; one that was meant to be is. A flag without its argument keeps the
 * rbd disks beside it from starting; by itself it is what one has just begun to type.
 */
function isOurs(context: CommandRuleContext, error: DriveError, { start, end }: Span): boolean {
  const { words, program, trace } = context.command;
  if (error.code === 'argument-missing') return program.end > program.start && trace.drives.length > 0;
  const index = words.findIndex(({ span }) => span.start <= start && end <= span.end);
  const text = `${words[index]?.value.text ?? ''} ${words[index + 1]?.value.text ?? ''}`;
  const isAbove = trace.drives.some(({ nodesAbove = [] }) =>
    nodesAbove.some((node) => contains(node.span, { start, end })),
  );
  return (isAbove || /rbd|secret/i.test(text)) && !isTemplate(text);
}

/** Placeholders, cut texts and excerpts are no mistakes; a file that nobody was allowed to look at is not missing. */
function isCalm(context: CommandRuleContext, trace: DriveTrace, error: DriveError): boolean {
  const { program, trace: command } = context.command;
  const isExcerpt = program.start === program.end;
  // A secret that QEMU refuses is not there: one cause, one finding.
  if (error.code === 'secret-missing' && command.error?.code === 'bad-secret') return true;
  if (isExcerpt && (error.code === 'secret-missing' || error.code === 'node-missing')) return true;
  if (error.code === 'conf-missing' && trace.reads.some((read) => read.uncertain)) return true;
  const { name, span, options } = trace.syntax;
  const holder =
    error.span === null
      ? span
      : (options.find((option) => contains(option.span, error.span))?.span ?? name?.span ?? error.span);
  return isTemplate(written(context, holder));
}

function contains(outer: Span, inner: Span | null): boolean {
  return inner !== null && outer.start <= inner.start && inner.end <= outer.end;
}

function ruleFor(trace: DriveTrace, error: DriveError): RefusalRule {
  switch (error.code) {
    case 'name-too-long':
      return 'drive-name-too-long';
    case 'name-key-without-value':
      return 'drive-name-cut';
    case 'name-too-short':
      return isEmptyPiece(error) ? 'drive-name-cut' : 'drive-syntax';
    case 'escaped-at-crash':
    case 'escaped-slash-crash':
      return 'drive-escaped-at-crashes';
    case 'conf-missing':
      return 'drive-conf-missing';
    case 'unknown-conf-option':
      return ruleForKey(trace, error);
    case 'unknown-option':
    case 'member-unexpected':
      return ruleForOption(trace, error);
    case 'member-crash':
      return 'drive-member-crashes';
    case 'alias-clash':
    case 'alias-repeated':
      return 'drive-duplicate-option';
    case 'detect-zeroes-without-discard':
      return 'drive-detect-zeroes';
    case 'unknown-driver':
      return 'drive-bad-value';
    case 'bad-value':
      return ruleForValue(trace, error);
    default:
      return 'drive-syntax';
  }
}

interface PlacedOptions {
  readonly options: readonly DriveOption[];
  /** The last option whose key, value or whole stands at a place. */
  readonly at: ReadonlyMap<number, DriveOption>;
}

/** One number for a span in a text of less than 2²⁶ characters. */
const place = ({ start, end }: Span): number => start * 2 ** 26 + end - start;

const placedOptions = (() => {
  const known = new WeakMap<DriveSyntax, PlacedOptions>();
  return (syntax: DriveSyntax): PlacedOptions => {
    const kept = known.get(syntax);
    if (kept !== undefined) return kept;
    const options = [...syntax.options, ...(syntax.jsonMembers ?? [])].filter((option) => option.span.end > 0);
    const at = new Map<number, DriveOption>();
    for (const option of options) {
      for (const span of [option.keySpan, option.valueSpan, option.span]) at.set(place(span), option);
    }
    const placed = { options, at };
    known.set(syntax, placed);
    return placed;
  };
})();

/** The option that a refusal is about. */
export function refusedOption({ syntax, releases: { qemu } }: DriveTrace, error: DriveError): DriveOption | undefined {
  const { span } = error;
  const { options, at } = placedOptions(syntax);
  if (span === null) {
    return options.findLast(({ key, value }) => /(?:^|\.)driver$|^format$/.test(key) && !isDriver(qemu, value));
  }
  return at.get(place(span)) ?? options.findLast((option) => contains(option.span, span));
}

function isSame(span: Span) {
  return (other: Span): boolean => other.start === span.start && other.end === span.end;
}

/** A key of the name that librados does not know. */
function ruleForKey(trace: DriveTrace, error: DriveError): RefusalRule {
  const option = trace.syntax.name?.options.find(({ keySpan }) => error.span !== null && isSame(error.span)(keySpan));
  const key = option?.key ?? '';
  if (cephKey(trace, key) === 'auth_supported') return 'drive-auth-supported-gone';
  return isPieceOfValue(key) ? 'drive-name-cut' : 'drive-conf-key-unknown';
}

/** Nothing stands behind a colon. */
function isEmptyPiece({ message, span }: DriveError): boolean {
  return span !== null && span.start === span.end && /^conf(?:iguration| option name)/.test(message);
}

/** No option of Ceph's begins or looks like this: it is what a cut left behind. */
export function isPieceOfValue(key: string): boolean {
  return !/^[A-Za-z_]/.test(key) || /[:;,/@[\]]|^\d+$/.test(key);
}

function ruleForOption(trace: DriveTrace, error: DriveError): RefusalRule {
  const option = refusedOption(trace, error);
  if (option === undefined) return 'drive-syntax';
  const { qemu, librbd } = trace.releases;
  if (option.key.endsWith('namespace') && !qemuBehaviour(qemu).name.namespaces) return 'drive-namespace-unsupported';
  const life = optionLife(qemu, option.key, trace.syntax.form === 'drive' ? 'drive' : 'node');
  if (life.kind === 'removed') return 'drive-option-removed';
  if (life.kind === 'too-new') return 'drive-option-too-new';
  if (cutByCommas(trace).includes(option)) return 'drive-name-cut';
  const ceph = option.key.replaceAll(/[ -]/g, '_');
  const isCeph = cephOption(librbd, ceph) !== undefined || cephOptionHistory(ceph) !== undefined;
  return isCeph && trace.syntax.name !== null && qemuBehaviour(qemu).name.options && !option.key.includes('.')
    ? 'drive-comma-for-colon'
    : 'drive-unknown-option';
}

/**
 * Pieces of the name that commas have made options of: they stand right behind it, one behind the other, and are none, or
 * the first is one more of the monitors.
 */
export function cutByCommas(trace: DriveTrace): readonly DriveOption[] {
  const { name, options } = trace.syntax;
  const last = name?.options.at(-1);
  if (name === null || last === undefined) return [];
  const first = options.findIndex(({ span }) => span.start === name.span.end + 1);
  const pieces: DriveOption[] = [];
  for (let at = first; at >= 0 && at < options.length; at++) {
    const option = options[at];
    const before = pieces.at(-1)?.span.end ?? name.span.end;
    if (option === undefined || option.span.start !== before + 1) break;
    const bare = option.keySpan.end >= option.span.end;
    const isMonitor = pieces.length === 0 && bare && cephKey(trace, last.key) === 'mon_host';
    if (!isMonitor && !isPieceOfValue(option.key)) break;
    pieces.push(option);
  }
  return pieces;
}

const WITH_NAMES: ReadonlySet<string> = new Set(['format', 'driver', 'file.driver']);

function ruleForValue(trace: DriveTrace, error: DriveError): RefusalRule {
  const key = refusedOption(trace, error)?.key.replace(/^file\./, '');
  if (key === undefined || key === 'cache') return 'drive-syntax';
  const hasWords = WITH_NAMES.has(key) || (driveOption(trace.releases.qemu, key)?.allowed.size ?? 0) > 0;
  return hasWords ? 'drive-bad-value' : 'drive-syntax';
}

/** True where this QEMU keeps less of the argument than there is, without a word. */
export function hasCutText(context: CommandRuleContext, trace: DriveTrace): boolean {
  return cutTexts(context, trace).length > 0;
}

/** What the length limits of this QEMU's option parser take away, in the order of the text. */
export function cutTexts(context: CommandRuleContext, trace: DriveTrace): readonly { code: string; span: Span }[] {
  const rules = qemuBehaviour(trace.releases.qemu).driveOpts;
  const argument = wordOf(context, trace.syntax)?.value;
  const shortest = Math.min(rules.keyMax ?? Infinity, rules.valueMax ?? Infinity);
  if (argument === undefined || trace.syntax.form !== 'drive' || argument.length <= shortest / 3) return [];
  return parseQemuOpts(argument, rules).problems;
}

/**
 * Backslashes in the drives' names that the shell takes away, where QEMU gets further once they reach it, with edits that
 * double them. All drives are tried at once: a command may hold a thousand.
 */
function eatenBackslashes(context: CommandRuleContext): ReadonlyMap<DriveTrace, readonly TextEdit[]> {
  const suspects = new Map<DriveTrace, readonly TextEdit[]>();
  const { command } = context;
  if (command.language !== 'shellscript') return suspects;
  for (const trace of command.trace.drives) {
    const taken = trace.error === null ? [] : takenBackslashes(context, trace);
    if (taken.length === 0) continue;
    suspects.set(
      trace,
      taken.map((at) => replaceIn({ start: at, end: at }, '\\\\')),
    );
  }
  if (suspects.size === 0) return suspects;
  const after = context.simulateEdited([...suspects.values()].flat());
  for (const [index, trace] of command.trace.drives.entries()) {
    const other = after.drives[index];
    if (trace.error !== null && (other === undefined || !differs(trace.error, other.error))) suspects.delete(trace);
  }
  return suspects;
}

/** In the drive's name, if one of them stands before a sign that splits it. */
function takenBackslashes(context: CommandRuleContext, trace: DriveTrace): readonly number[] {
  const { text } = context.command;
  const word = wordOf(context, trace.syntax);
  if (word === undefined || word.takenBackslashes.length === 0) return [];
  const name = nameText(context, trace)?.span();
  const taken = name === undefined ? [] : word.takenBackslashes.filter((at) => at >= name.start && at < name.end);
  return taken.some((at) => text[at + 1] === ':' || text[at + 1] === '@') ? taken : [];
}

function differs(before: DriveError, after: DriveError | null): boolean {
  return after === null || after.code !== before.code || after.message !== before.message;
}
