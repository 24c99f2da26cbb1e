/** What `ceph config dump` prints, as a table or with `-f json`. */
import { isRecord } from '../record.js';
import { asJson, type StatedValue, textIn } from './stated.js';

export interface DumpedValue extends StatedValue {
  /** `global`, `client`, `client.vm1`, `osd` … */
  readonly section: string;
  /** `host:node1`, `class:ssd`; empty for most. */
  readonly mask: string;
}

const LEVELS: ReadonlySet<string> = new Set(['basic', 'advanced', 'dev', 'unknown']);

export interface ConfigDump {
  readonly values: readonly DumpedValue[];
  /** True where the text is no such output. */
  readonly unreadable: boolean;
}

export function parseConfigDump(text: string): ConfigDump {
  const json = asJson(text);
  if (Array.isArray(json)) return { values: json.flatMap(fromJson), unreadable: false };
  const values = text.split(/\r\n|\r|\n/).flatMap(fromLine);
  return { values, unreadable: values.length === 0 && !/^\s*(?:WHO\b.*)?\s*$/.test(text) };
}

function fromJson(row: unknown): DumpedValue[] {
  if (!isRecord(row)) return [];
  const [section, option, value] = [textIn(row, 'section'), textIn(row, 'name'), textIn(row, 'value')];
  if (section === null || option === null || value === null) return [];
  return [{ section, option: optionName(option), value, mask: textIn(row, 'mask') ?? '' }];
}

/** `WHO  [MASK]  LEVEL  OPTION  VALUE  [*]`; blanks within a value are kept. */
function fromLine(line: string): DumpedValue[] {
  const words = [...line.matchAll(/\S+/g)];
  const levelAt = words.findIndex((word, index) => index > 0 && index < 3 && LEVELS.has(word[0]));
  const section = words[0]?.[0];
  const option = words[levelAt + 1];
  if (levelAt < 0 || section === undefined || option === undefined || section === 'WHO') return [];
  const value = line
    .slice(option.index + option[0].length)
    .replace(/\s+\*?\s*$/, '')
    .trim();
  const mask = levelAt === 2 ? (words[1]?.[0] ?? '') : '';
  return [{ section, mask, option: optionName(option[0]), value }];
}

function optionName(written: string): string {
  return written.replaceAll(' ', '_');
}
