/** QEMU's refusals in words: whole sentences, which a message puts one behind the other. */
import * as l10n from '@vscode/l10n';
import type { DriveError, DriveTrace } from '../../simulate/model.js';
import { withoutKeys } from '../../syntax/secrets.js';
import { qemuName } from './drive-words.js';
import { code } from './shown.js';

/** QEMU's own words, without the drive's text in them, which may hold a key. */
export function complaint(error: DriveError): string {
  if (error.code === 'bad-secret' && /Base64/.test(error.message)) return 'Base64 data is not valid';
  return withoutKeys(error.message)
    .replace(/(could not open(?: disk image)?) .*: (?=[A-Z])/i, '$1 …: ')
    .replace(/\s+/g, ' ')
    .slice(0, 160);
}

/** `QEMU 7.2 refuses this drive, after it has opened the image: Block format 'raw' does not support the option 'x'.` */
export function refusedDrive(trace: DriveTrace, error: DriveError): string {
  const said = complaint(error);
  return error.stage === 'open'
    ? l10n.t('{0} refuses this drive, after it has opened the image: {1}.', qemuName(trace), said)
    : l10n.t('{0} refuses this drive: {1}.', qemuName(trace), said);
}

/** `Did you mean …?`; empty where there is nothing to offer. */
export function didYouMean(names: readonly string[]): string {
  const [only] = names;
  if (only === undefined) return '';
  if (names.length === 1) return l10n.t('Did you mean {0}?', code(only));
  return l10n.t('Did you mean one of {0}?', codes(names));
}

/** `` `a`, `b` ``. */
export function codes(names: readonly string[]): string {
  return names.map((name) => code(name)).join(', ');
}

const LONGEST_IN_TITLE = 60;

/** A text for the title of a fix, which is shown as it is: no code type, one line, cut where it is long. */
export function inTitle(text: string): string {
  const line = withoutKeys(text).replace(/\s+/g, ' ');
  return line.length > LONGEST_IN_TITLE ? `${line.slice(0, LONGEST_IN_TITLE - 1)}…` : line;
}

export function listInTitle(texts: readonly string[]): string {
  return texts.map(inTitle).join(', ');
}
