/** What `rbd config image list`, `rbd config pool list` and `rbd image-meta list` print, as tables or with `--format json`. */
import { isRecord } from '../record.js';
import { asJson, type StatedValue, textIn } from './stated.js';

export interface RbdConfig {
  /** Kept on the image. */
  readonly image: readonly StatedValue[];
  /** Kept on the pool. */
  readonly pool: readonly StatedValue[];
  /** True where the text tells of each value who keeps it. */
  readonly showsPool: boolean;
}

interface Sourced extends StatedValue {
  readonly source: string;
}

/** Metadata holds options under this prefix. */
const METADATA = 'conf_';
const SOURCES: ReadonlySet<string> = new Set(['config', 'pool', 'image']);

/** `of`: what a list without sources speaks of. */
export function parseRbdConfig(text: string, of: 'image' | 'pool'): RbdConfig & { readonly unreadable: boolean } {
  const json = asJson(text);
  const rows = json === undefined ? fromTable(text, of) : fromJson(json, of);
  const from = (source: string) =>
    rows.filter((row) => row.source === source).map(({ option, value }) => ({ option, value }));
  const told = rows.length > 0 || json !== undefined || /^\s*(?:Name\s+Value|There (?:is|are)\b)|^\s*$/.test(text);
  const showsPool = of === 'pool' || rows.some(({ source }) => source !== of);
  return { unreadable: !told, image: from('image'), pool: from('pool'), showsPool };
}

function fromJson(json: unknown, of: string): Sourced[] {
  if (Array.isArray(json)) {
    return json.flatMap((row: unknown): Sourced[] => {
      if (!isRecord(row)) return [];
      const [option, value] = [textIn(row, 'name'), textIn(row, 'value')];
      return option === null || value === null ? [] : [{ option, value, source: textIn(row, 'source') ?? of }];
    });
  }
  if (!isRecord(json)) return [];
  return Object.keys(json).flatMap((key): Sourced[] => {
    const value = textIn(json, key);
    return value === null || !key.startsWith(METADATA)
      ? []
      : [{ option: key.slice(METADATA.length), value, source: of }];
  });
}

function fromTable(text: string, of: string): Sourced[] {
  return text.split(/\r\n|\r|\n/).flatMap((line): Sourced[] => {
    const [, name = '', rest = ''] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(line) ?? [];
    if (name.startsWith(METADATA)) return [{ option: name.slice(METADATA.length), value: rest, source: of }];
    if (!name.startsWith('rbd_')) return [];
    const [, value, source = ''] = /^(.*?)\s*(\S+)$/.exec(rest) ?? [];
    if (SOURCES.has(source)) return [{ option: name, value: value ?? '', source }];
    return [{ option: name, value: rest, source: of }];
  });
}
