/** How a release reads a written value, in the terms of the rules. */
import * as l10n from '@vscode/l10n';
import type { CephOption } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { readValue } from '../../simulate/librados/values.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRuleContext } from '../rule.js';
import { isClientSection } from './sections.js';
import { code, shownValue } from './shown.js';
import { readerOf } from './wording.js';

const ERANGE = -34;

export type Reading = 'fine' | 'unreadable' | 'out-of-range';

/** `out-of-range`: readable as its type, but outside of minimum, maximum or the permitted words. */
export function readingOf(release: CephRelease, option: CephOption, written: string): Reading {
  const read = readValue(release, option, written);
  if (read.ok) return 'fine';
  if (readValue(release, unlimited(option), written).ok) return 'out-of-range';
  return read.errno === ERANGE ? 'out-of-range' : 'unreadable';
}

export function isFine(release: CephRelease, option: CephOption, written: string): boolean {
  return readValue(release, option, written).ok;
}

function unlimited(option: CephOption): CephOption {
  return { ...option, min: null, max: null, enum: null };
}

/** The number that a text counts as, limits apart; null for what is none. */
export function numberIn(release: CephRelease, option: CephOption, written: string): number | bigint | null {
  const read = readValue(release, unlimited(option), written);
  return read.ok ? (read.number ?? null) : null;
}

/** What templates hold for a program to fill in: `{{ fsid }}`, `<%= x %>`, `$FSID`, `$(id)`. */
const TEMPLATE = /\{\{|\{%|<%|\$\(|\$\{?[A-Z_][A-Z_0-9]*/;
/** What manuals hold for a person to fill in. */
const PLACEHOLDER = /<[^<>=]+>|\{[^{}]*\}|@@?[A-Za-z][\w.-]*@@?|%%?[A-Za-z][\w.-]*%%?|\.\.\./;
/** `FSID`, `HOST_IP`, `xxxxxxxx-xxxx-…`: where an address or a UUID belongs, these are no slips of the pen. */
const STAND_IN = /^(?:[A-Z][A-Z_]{2,}|[Xx][Xx.:-]{2,})$/;

/** Text that somebody (`placeholder`) or some program (`template`) was to fill in; null for anything else. */
export function unfilled(option: CephOption, written: string): 'placeholder' | 'template' | null {
  if (TEMPLATE.test(written)) return 'template';
  const named = option.type === 'uuid' || option.type === 'addr' || option.type === 'addrvec';
  return PLACEHOLDER.test(written) || (named && STAND_IN.test(written)) ? 'placeholder' : null;
}

/** Why this release cannot read the value as the option's type, as a sentence. */
export function whyUnreadable(context: ConfRuleContext, node: KeyNode, option: CephOption): string {
  const reader = readerOf(context, node.section);
  if (node.value === '') return l10n.t('The value is empty, and {0} needs one here.', reader);
  const value = shownValue(node);
  switch (option.type) {
    case 'bool':
      return l10n.t('{0} is no boolean for {1}, which reads `true`, `false` and whole numbers.', value, reader);
    case 'int':
    case 'longlong':
    case 'u32':
    case 'u64':
    case 'uint':
    case 'size':
      return whyNoNumber(context, node, option, reader);
    case 'float':
    case 'double':
      return l10n.t('{0} is no number for {1}.', value, reader);
    case 'secs':
      return l10n.t('{0} is no duration for {1}.', value, reader);
    case 'millisecs':
      return isFine(context.releases.librbd, option, '1')
        ? l10n.t('{0} is no number of milliseconds for {1}.', value, reader)
        : l10n.t('{0} refuses every value of this option.', reader);
    case 'subsys':
      return l10n.t('{0} is no debug level for {1}, which reads `N` and `N/M`.', value, reader);
    case 'addr':
    case 'addrvec':
      return l10n.t('{0} is no address for {1}.', value, reader);
    case 'uuid':
      return l10n.t('{0} is no UUID for {1}.', value, reader);
    case 'str':
      return l10n.t('{0} holds a word that {1} does not know here.', value, reader);
  }
}

function whyNoNumber(context: ConfRuleContext, node: KeyNode, option: CephOption, reader: string): string {
  const release = context.releases.librbd;
  const value = shownValue(node);
  if (/^[+-]?\d+[.,]\d/.test(node.value)) {
    return l10n.t('{0} is no whole number, and {1} reads no other here.', value, reader);
  }
  const parts = /^(-?)(\d{1,40})\s*([A-Za-z]*)$/.exec(node.value);
  if (parts === null) return l10n.t('{0} is no whole number for {1}.', value, reader);
  const [, sign = '', digits = '', unit = ''] = parts;
  if (unit !== '' && !isFine(release, unlimited(option), `1${unit}`)) {
    return l10n.t('{0} has a unit that {1} does not read here.', value, reader);
  }
  if (/\s/.test(node.value)) return l10n.t('{0} has a blank before its unit, which {1} does not read.', value, reader);
  if (sign !== '') return l10n.t('{0} is negative, which {1} does not read here.', value, reader);
  if (nearestPowerOfTwo(release, option, digits) !== null) {
    return l10n.t('{0} is no power of two, and {1} takes no other number here.', value, reader);
  }
  return l10n.t('{0} is more than {1} can hold in this option.', value, reader);
}

/** For a number that is refused while the power of two beside it is not. */
export function nearestPowerOfTwo(release: CephRelease, option: CephOption, digits: string): string | null {
  if (!/^[1-9]\d{0,17}$/.test(digits) || isFine(release, option, digits)) return null;
  const number = BigInt(digits);
  const below = 1n << BigInt(number.toString(2).length - 1);
  const above = below << 1n;
  const near = number - below <= above - number ? below : above;
  return near !== number && isFine(release, option, near.toString()) ? near.toString() : null;
}

/** That the line does nothing, and what counts instead, as a sentence. Defaults are those of clients. */
export function keepsDefault(node: KeyNode, option: CephOption): string {
  const key = code(node.key);
  if (!isClientSection(node.section)) {
    return l10n.t('It ignores the line without a word and keeps the default of {0}.', key);
  }
  if (option.default === '') return l10n.t('It ignores the line without a word, and {0} stays empty.', key);
  return l10n.t('It ignores the line without a word and keeps the default ({0}) of {1}.', code(option.default), key);
}
