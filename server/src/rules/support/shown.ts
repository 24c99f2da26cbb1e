/** How values and names are put into messages. */
import * as l10n from '@vscode/l10n';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import { isSecretOption } from '../../syntax/secret-names.js';

const LONGEST = 60;
const SECRET_VALUE = /AQ[A-Za-z0-9+/]{30,}/;

/** In code type, cut where it is long, on one line. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line}\``;
}

/** A value in code type; what may be a secret is never shown. */
export function shownValue(node: KeyNode): string {
  return isSecretOption(node.key) || SECRET_VALUE.test(node.value) ? l10n.t('the value') : code(node.value);
}

/** The key as it is written in the file. */
export function writtenKey(text: string, node: KeyNode): string {
  return text.slice(node.keySpan.start, node.keySpan.end);
}
