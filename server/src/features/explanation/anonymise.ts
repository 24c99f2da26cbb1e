/** A copy for bug reports: no name, no address, no identifier of the place it comes from is left in it. */
import type { DriveTrace } from '../../simulate/model.js';

const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi;
const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const LINK = /\]\([^()\s]*\)/g;
/** Names that everybody has, and those that are part of the words around them. */
const COMMON: ReadonlySet<string> = new Set(['', 'rbd', 'admin', 'ceph', 'client', 'image', 'pool', 'raw', 'none']);

/** The text with stand-ins, the same one for the same name; links are taken away. */
export function anonymised(markdown: string, { image, syntax }: DriveTrace): string {
  const names: [string, string][] = [
    [image.pool, 'POOL'],
    [image.namespace, 'NAMESPACE'],
    [image.image, 'IMAGE'],
    [image.snapshot ?? '', 'SNAPSHOT'],
    [image.user ?? '', 'CLIENT'],
    [syntax.id ?? '', 'DRIVE'],
  ];
  let text = markdown.replace(LINK, ']').replace(/\[(`[^`]*`)\]/g, '$1');
  for (const [name, standIn] of names.sort((a, b) => b[0].length - a[0].length)) {
    if (!COMMON.has(name)) text = text.replace(wholeName(name), standIn);
  }
  return numbered(numbered(numbered(text, UUID, 'UUID'), IPV4, 'ADDRESS'), IPV6, 'ADDRESS-V6');
}

function wholeName(name: string): RegExp {
  return new RegExp(`(?<![\\w])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`, 'g');
}

function numbered(text: string, pattern: RegExp, standIn: string): string {
  const known = new Map<string, string>();
  return text.replace(pattern, (found) => {
    const named = known.get(found) ?? `${standIn}-${known.size + 1}`;
    known.set(found, named);
    return named;
  });
}
