/** Other spellings of a value that a release cannot read, which it can. */
import type { CephOption } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { readValue } from '../../simulate/librados/values.js';
import { nearestPowerOfTwo } from './reading.js';

const TRUE_WORDS: ReadonlySet<string> = new Set(['yes', 'y', 'on', 'enable', 'enabled', 't', '1.0']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['no', 'n', 'off', 'disable', 'disabled', 'f', 'none', '0.0']);
const POWERS = 'kmgtpe';

/** The spelling to offer for `written`, with the same meaning; null where none is sure. */
export function readableSpelling(release: CephRelease, option: CephOption, written: string): string | null {
  const bare = written.replace(/^(['"])(.*)\1$/, '$2').trim();
  for (const candidate of candidates(release, option, bare)) {
    if (candidate.text === written || candidate.text === '') continue;
    const read = readValue(release, option, candidate.text);
    if (!read.ok || (candidate.bytes !== null && read.printed !== candidate.bytes.toString())) continue;
    return candidate.text;
  }
  return null;
}

interface Candidate {
  readonly text: string;
  /** What it must be read as; null: anything will do. */
  readonly bytes: bigint | null;
}

function candidates(release: CephRelease, option: CephOption, bare: string): Candidate[] {
  const lower = bare.toLowerCase();
  if (option.type === 'bool') {
    if (TRUE_WORDS.has(lower)) return [{ text: 'true', bytes: null }];
    if (FALSE_WORDS.has(lower)) return [{ text: 'false', bytes: null }];
    return [{ text: bare, bytes: null }];
  }
  if (option.type === 'str' || option.type === 'uuid') return [{ text: bare, bytes: null }];
  return [
    { text: bare, bytes: null },
    ...sizeCandidates(option, lower),
    { text: bare.replace(',', '.'), bytes: null },
    { text: withoutUnit(option, lower), bytes: null },
    { text: nearestPowerOfTwo(release, option, bare) ?? '', bytes: null },
  ];
}

/** `64 MiB`, `64m`, `1.5G`: the unit that the release reads, else plain bytes. */
function sizeCandidates(option: CephOption, lower: string): Candidate[] {
  const match = /^(\d{1,20})(?:\.(\d{1,6}))?\s*([kmgtpe])?i?(?:b|bytes?)?$/.exec(lower);
  const [, whole = '', fraction = '', unit] = match ?? [];
  const isSize = option.type === 'size' || /(size|bytes|dirty)$/.test(option.name);
  if (match === null || !isSize) return [];
  const factor = unit === undefined ? 1n : 1024n ** BigInt(POWERS.indexOf(unit) + 1);
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * factor;
  if (scaled % scale !== 0n) return [];
  const bytes = scaled / scale;
  const suffixed = unit === undefined || fraction !== '' ? [] : [{ text: `${whole}${unit.toUpperCase()}`, bytes }];
  return [...suffixed, { text: bytes.toString(), bytes }];
}

/** `30s` and `30 sec` for a plain number of seconds. */
function withoutUnit(option: CephOption, lower: string): string {
  const match = /^(\d+(?:\.\d+)?)\s*s(?:ec(?:onds?)?)?$/.exec(lower);
  return option.type === 'size' ? '' : (match?.[1] ?? '');
}
