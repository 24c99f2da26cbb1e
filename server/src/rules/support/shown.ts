/** How values and names are put into messages. */
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import { isSecretOption, REDACTED, withoutKeys } from '../../syntax/secrets.js';

const LONGEST = 60;

/** In code type, cut where it is long, on one line. */
export function code(text: string): string {
  const line = withoutKeys(text).replace(/\s+/g, ' ').replaceAll('`', "'");
  return `\`${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line}\``;
}

/** A value in code type; what may be a secret is never shown. */
export function shownValue(node: KeyNode): string {
  return code(isSecretOption(node.key) && node.value !== '' ? REDACTED : node.value);
}

/** The key as it is written in the file. */
export function writtenKey(text: string, node: KeyNode): string {
  return text.slice(node.keySpan.start, node.keySpan.end);
}
