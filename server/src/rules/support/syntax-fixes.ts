/** What mends a drive that QEMU refuses, by the refusal's code. */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { cacheModes, driveOption } from '../../catalog/qemu-options.js';
import type { DriveOption, DriveTrace } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRuleContext, Fix } from '../rule.js';
import { appendOption, cephKey, jsonQuote, removeOption, replaceIn, rewriteValue, written } from './drive-text.js';
import { optionOf } from './drive-words.js';
import { fix } from './finding.js';
import { nearest } from './nearest.js';
import { inTitle } from './refusal-words.js';
import { type Refusal, refusedOption } from './refusals.js';
import { readableSpelling } from './spellings.js';
import { type Devices, isDeviceProperty } from './to-device.js';

/** For what QEMU refuses before it knows of an rbd drive: `RBD:` for `rbd:`, single commas in a `json:` name. */
export function fixesOfCommand(context: CommandRuleContext, { error, span }: Refusal): Fix[] {
  if (error.code === 'json-syntax') {
    const edits = commasOfJsonName(context, span).map((start) => replaceIn({ start, end: start }, ','));
    return edits.length === 0 ? [] : [fix(l10n.t('Write {0} for the commas', ',,'), edits, { preferred: true })];
  }
  if (error.code !== 'unknown-protocol' || !/^rbd:/i.test(written(context, span))) return [];
  const prefix = { start: span.start, end: span.start + 3 };
  return [fix(l10n.t('Write {0}', 'rbd:'), [replaceIn(prefix, 'rbd')], { preferred: true })];
}

/** Where the single commas stand inside a `json:` name of a `-drive`: they end it there. None where its end is not found. */
export function commasOfJsonName({ command }: CommandRuleContext, { start }: Span): readonly number[] {
  const word = command.words.find(({ span }) => span.start <= start && start < span.end);
  const text = word?.value.text ?? '';
  const name = text.indexOf('json:{');
  if (word === undefined || name < 0) return [];
  const commas: number[] = [];
  let depth = 0;
  let inString = false;
  for (let at = name + 'json:'.length; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && inString) at++;
    else if (character === '"') inString = !inString;
    else if (character === ',' && text[at + 1] === ',') at++;
    else if (character === ',') commas.push(word.value.span(at, at + 1).start);
    else if (!inString && character === '{') depth++;
    else if (!inString && character === '}' && --depth === 0) return commas;
  }
  return [];
}

export function fixesOfDrive(
  context: CommandRuleContext,
  devices: Devices,
  trace: DriveTrace,
  refusal: Refusal,
): Fix[] {
  const { error } = refusal;
  const option = refusedOption(trace, error);
  switch (error.code) {
    case 'cache-repeated': {
      const edits = option === undefined ? null : removeOption(context, { span: error.span ?? option.span });
      return edits === null ? [] : [fix(l10n.t('Delete the earlier copy'), edits, { preferred: true })];
    }
    case 'format-and-driver': {
      const edits = option === undefined ? null : removeOption(context, option);
      return edits === null ? [] : [fix(l10n.t('Delete {0}', inTitle(`${option?.key}=${option?.value}`)), edits)];
    }
    case 'file-missing': {
      const format = trace.syntax.options.find(({ key }) => key === 'format');
      const edits = trace.syntax.form !== 'json' || format === undefined ? null : removeOption(context, format);
      return edits === null ? [] : [fix(l10n.t('Delete {0}', 'format='), edits, { preferred: true })];
    }
    case 'drive-in-use':
      return leaveToDevice(context, trace);
    case 'snapshot-read-only':
      return openReadOnly(context, trace, refusal);
    case 'bad-conf-value':
      return readableValue(trace, refusal);
    case 'bad-value':
    case 'wrong-type': {
      if (option === undefined) return [];
      if (error.code === 'wrong-type' && /(?:^|\.)cache$/.test(option.key)) return asSwitches(context, trace, option);
      if (!isDeviceProperty(option.key)) return otherWords(context, trace, option.key, option.valueSpan);
      const move = devices.moveFrom(trace);
      return move === null ? [] : [move];
    }
    default:
      return [];
  }
}

/** The drive without a device that the machine makes for it. */
function leaveToDevice(context: CommandRuleContext, trace: DriveTrace): Fix[] {
  const said = optionOf(trace, 'if');
  const edits =
    said === undefined
      ? appendOption(trace.syntax, 'if=none')
      : rewriteValue(context, said.valueSpan, said.value, 'none');
  return edits === null ? [] : [fix(l10n.t('Set {0}', inTitle('if=none')), edits, { preferred: true })];
}

/** The node of the snapshot, as one that is only read. */
function openReadOnly(context: CommandRuleContext, trace: DriveTrace, { span }: Refusal): Fix[] {
  const { syntax } = trace;
  const title = (word: string) => l10n.t('Set {0}', inTitle(word));
  const add = { preferred: true };
  if (syntax.form === 'drive') {
    const key = ['read-only', 'readonly'].find((each) => optionOf(trace, each) !== undefined);
    const said = key === undefined ? undefined : optionOf(trace, key);
    if (said === undefined) return [fix(title('readonly=on'), appendOption(syntax, 'readonly=on'), add)];
    const edits = rewriteValue(context, said.valueSpan, said.value, 'on');
    return edits === null ? [] : [fix(title(`${key}=on`), edits, add)];
  }
  const snapshot = syntax.options.find(({ valueSpan }) => valueSpan.start === span.start);
  if (snapshot === undefined) return [];
  const key = snapshot.key.replace(/snapshot$/, 'read-only');
  const said = optionOf(trace, key);
  const json = syntax.form === 'json';
  const on = json ? 'true' : 'on';
  if (said !== undefined) {
    if (said.unknown || !/^[a-z]+$/.test(written(context, said.valueSpan))) return [];
    return [fix(title(json ? '"read-only": true' : `${key}=on`), [replaceIn(said.valueSpan, on)], add)];
  }
  if (!json) return [fix(title(`${key}=on`), appendOption(syntax, `${key}=on`), add)];
  const quote = jsonQuote(written(context, snapshot.span));
  const { end } = snapshot.span;
  return [fix(title('"read-only": true'), [replaceIn({ start: end, end }, `,${quote}read-only${quote}:true`)], add)];
}

/** The switch of a node for a mode of `-drive`; the device makes the rest of write-through. */
const SWITCHES: ReadonlyMap<string, { readonly name: string; readonly value: boolean }> = new Map([
  ['none', { name: 'direct', value: true }],
  ['off', { name: 'direct', value: true }],
  ['writeback', { name: 'direct', value: false }],
  ['unsafe', { name: 'no-flush', value: true }],
]);

/** `cache=none` of a node as `cache.direct=on`. */
function asSwitches(context: CommandRuleContext, { syntax }: DriveTrace, option: DriveOption): Fix[] {
  const meant = SWITCHES.get(option.value);
  if (meant === undefined) return [];
  const { name, value } = meant;
  if (syntax.form !== 'json') {
    const text = `${option.key}.${name}=${value ? 'on' : 'off'}`;
    return [fix(l10n.t('Write {0}', text), [replaceIn(option.span, text)], { preferred: true })];
  }
  const quote = jsonQuote(written(context, option.span));
  const edits = [replaceIn(option.valueSpan, `{${quote}${name}${quote}:${value}}`)];
  return [fix(l10n.t('Write {0}', `"cache": {"${name}": ${value}}`), edits, { preferred: true })];
}

const ON: ReadonlySet<string> = new Set(['yes', 'true', 'y', '1', 'enable', 'enabled']);
const OFF: ReadonlySet<string> = new Set(['no', 'false', 'n', '0', 'disable', 'disabled']);

function otherWords(context: CommandRuleContext, trace: DriveTrace, key: string, span: Span): Fix[] {
  const text = written(context, span);
  const { qemu } = trace.releases;
  if (key === 'cache') {
    const modes = cacheModes(qemu).map(({ name }) => name);
    return nearest(text, modes).map((mode, index) =>
      fix(l10n.t('Write {0}', inTitle(`cache=${mode}`)), [replaceIn(span, mode)], { preferred: index === 0 }),
    );
  }
  const json = trace.syntax.form === 'json' || /^['"]?\s*\{/.test(written(context, trace.syntax.span));
  const bare = text.replace(/^\\?"(.*?)\\?"$/, '$1').toLowerCase();
  const wanted = ON.has(bare) || bare === 'on' ? 'on' : OFF.has(bare) || bare === 'off' ? 'off' : null;
  if (wanted === null || (!json && qemuBehaviour(qemu).booleans.has(text))) return [];
  if (!json && driveOption(qemu, key)?.type === 'number') return [];
  const word = json ? String(wanted === 'on') : wanted;
  return [fix(l10n.t('Write {0}', inTitle(word)), [replaceIn(span, word)], { preferred: true })];
}

/** A value of the name's that librados refuses, in the spelling that it reads. */
function readableValue(trace: DriveTrace, { error }: Refusal): Fix[] {
  const { syntax, releases } = trace;
  const { librbd } = releases;
  const key = syntax.name?.options.find(({ valueSpan }) => valueSpan.start === error.span?.start);
  const option = key === undefined ? undefined : cephOption(librbd, cephKey(trace, key.key));
  if (key === undefined || option === undefined || !/^[\w.]*$/.test(key.value)) return [];
  const spelling = readableSpelling(librbd, option, key.value);
  if (spelling === null) return [];
  return [fix(l10n.t('Write {0}', inTitle(spelling)), [replaceIn(key.valueSpan, spelling)], { preferred: true })];
}
