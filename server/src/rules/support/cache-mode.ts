/** A drive's cache mode in words, and edits that change it wherever the text says it: `-drive`, a `json:` name, a node. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheMode, cacheModeName } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveSyntax, DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { TextEdit } from '../rule.js';
import { appendOption, jsonQuote, oppositeWord, replaceIn } from './drive-text.js';
import { code } from './shown.js';

/** A drive with the text that the spans of its trace count in. */
export interface DriveText {
  readonly trace: DriveTrace;
  readonly text: string;
}

export interface ModeChange {
  /** What the text says afterwards: `cache=writeback`, `cache.direct=off`. */
  readonly says: string;
  readonly edits: readonly TextEdit[];
}

/** True for a `-blockdev`, whose own switches count instead of a mode. */
export function isNode({ syntax }: DriveTrace): boolean {
  return /^--?blockdev$/.test(syntax.flag);
}

/** True for the words that QEMU and its JSON take as true. */
export function isOn(value: string): boolean {
  return /^(?:on|yes|true|y)$/.test(value);
}

/** What made the cache mode, as it is written: `cache=none`, `snapshot=on`; the mode's name where it is a default. */
export function modeWords({ trace, text }: DriveText): string {
  const { decidedBy, name, isDefault } = trace.cacheMode;
  if (decidedBy !== null) return code(text.slice(decidedBy.start, decidedBy.end));
  if (isNode(trace)) return l10n.t('the node without {0}', code('cache.direct'));
  return isDefault ? l10n.t('the default mode {0}', code(name)) : l10n.t('a mode without {0}', code('cache.direct'));
}

/** Where the mode is said, else the drive as a whole. */
export function modeSpan({ cacheMode: { decidedBy }, syntax }: DriveTrace): Span {
  return decidedBy ?? syntax.span;
}

/** The mode with the direct switch as wanted and the write-back switch as it is; `none` or `writeback` where that has no name. */
export function modeWith({ cacheMode: now, releases }: DriveTrace, direct: boolean): string {
  const name = cacheModeName(direct, !direct && now.noFlush, now.writeback);
  return cacheMode(releases.qemu, name) === undefined ? (direct ? 'none' : 'writeback') : name;
}

/**
 * Makes the rbd node direct or not: changes the word that decided, or says it where nothing was said. `mode` is written
 * where the text speaks of modes. Null where the text has no place for it (`-hda`), or something else decided.
 */
export function changeDirect(
  drive: DriveText,
  direct: boolean,
  mode: string = modeWith(drive.trace, direct),
): ModeChange | null {
  const { syntax, cacheMode: now, releases } = drive.trace;
  const decider = [...syntax.options, ...(syntax.jsonMembers ?? [])].find(
    ({ span }) => span.start === now.decidedBy?.start && span.end === now.decidedBy.end,
  );
  if (decider !== undefined) {
    if (/(?:^|\.)cache\.direct$/.test(decider.key)) return flipDirect(drive, decider, direct);
    return decider.key === 'cache' ? { says: `cache=${mode}`, edits: [replaceIn(decider.valueSpan, mode)] } : null;
  }
  if (now.decidedBy !== null) return null;
  if (isNode(drive.trace)) return direct ? sayDirect(drive) : null;
  if (!/^--?drive$/.test(syntax.flag)) return null;
  const says =
    syntax.options.some(({ key }) => /(?:^|\.)cache\./.test(key)) && qemuBehaviour(releases.qemu).driverOptions
      ? `cache.direct=${direct ? 'on' : 'off'}`
      : `cache=${mode}`;
  return { says, edits: appendOption(syntax, says) };
}

/** The switch that decided, and that of the nodes above, so that they keep saying the same. */
function flipDirect({ trace, text }: DriveText, decider: DriveOption, direct: boolean): ModeChange | null {
  const above = (trace.nodesAbove ?? []).flatMap(({ options }) => options);
  const others = above.filter(
    ({ key, value, effective, unknown }) =>
      /(?:^|\.)cache\.direct$/.test(key) && effective && !unknown && isOn(value) !== direct,
  );
  const edits = [decider, ...others].map((option) => turn(text, option, direct));
  return edits.every((edit) => edit !== null) ? { says: `cache.direct=${direct ? 'on' : 'off'}`, edits } : null;
}

/** Turns a switch, in the spelling that stands there: a boolean of JSON stays one, a bare word gets a value. */
function turn(text: string, { key, span, valueSpan }: DriveOption, on: boolean): TextEdit | null {
  const word = text.slice(valueSpan.start, valueSpan.end);
  if (word === '') {
    const whole = text.slice(span.start, span.end);
    return whole.replace(/^no/, '') === key ? replaceIn(span, `${key}=${on ? 'on' : 'off'}`) : null;
  }
  const opposite = oppositeWord(word);
  return opposite === null ? null : replaceIn(valueSpan, opposite);
}

/** Says `cache.direct=on` on a node that says nothing of it. */
export function sayDirect({ trace: { syntax }, text }: DriveText): ModeChange | null {
  const says = 'cache.direct=on';
  if (syntax.form === 'blockdev') return { says, edits: appendOption(syntax, says) };
  const edit = addToJson(text, syntax);
  return edit === null ? null : { says, edits: [edit] };
}

function addToJson(text: string, { options, span }: DriveSyntax): TextEdit | null {
  const written = text.slice(span.start, span.end);
  const quote = jsonQuote(written);
  const name = (word: string): string => `${quote}${word}${quote}`;
  const insert = (at: number, newText: string): TextEdit => replaceIn({ start: at, end: at }, newText);
  const sibling = options.find(({ key }) => /^cache\.[^.]+$/.test(key));
  if (sibling !== undefined) {
    const isNested = text.startsWith(name(sibling.key.slice('cache.'.length)), sibling.span.start);
    return isNested ? insert(sibling.span.end, `,${name('direct')}:true`) : null;
  }
  const close = /\}\s*$/.exec(written);
  return close === null ? null : insert(span.start + close.index, `,${name('cache')}:{${name('direct')}:true}`);
}

/** The word that asks for no-flush; a member at the top of a `json:` name never counts. */
export function noFlushOption({ syntax, releases: { qemu } }: DriveTrace): DriveOption | undefined {
  const effective = syntax.options.filter((option) => option.effective && !option.unknown);
  const members = (syntax.jsonMembers ?? []).filter(({ key }) => key !== 'cache.no-flush');
  const on = [...effective, ...members].findLast(
    ({ key, value }) => /(?:^|\.)cache\.no-flush$/.test(key) && isOn(value),
  );
  return on ?? effective.find(({ key, value }) => key === 'cache' && cacheMode(qemu, value)?.noFlush === true);
}

/** Takes no-flush back where the text says it; where nothing does (QEMU 1.6.0 by default), the mode is stated. */
export function stopNoFlush(drive: DriveText): ModeChange | null {
  const option = noFlushOption(drive.trace);
  if (option === undefined) return stateMode(drive.trace, 'writeback');
  if (option.key === 'cache') return { says: 'cache=writeback', edits: [replaceIn(option.valueSpan, 'writeback')] };
  const edit = turn(drive.text, option, false);
  return edit === null ? null : { says: 'cache.no-flush=off', edits: [edit] };
}

/** States a mode on a `-drive`: none where its switches say more than one word can, or where it has no place for it. */
export function stateMode({ syntax }: DriveTrace, mode: string): ModeChange | null {
  if (!/^--?drive$/.test(syntax.flag) || syntax.options.some(({ key }) => /(?:^|\.)cache\./.test(key))) return null;
  const named = syntax.options.filter(({ key }) => key === 'cache');
  const [only] = named;
  if (named.length > 1) return null;
  const says = `cache=${mode}`;
  return { says, edits: only === undefined ? appendOption(syntax, says) : [replaceIn(only.valueSpan, mode)] };
}
