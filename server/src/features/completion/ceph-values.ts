/** Values of an option of Ceph, each in a spelling that the release was seen, or reads by its source, to take. */
import * as l10n from '@vscode/l10n';
import { type CephOption, cephOption, cephOptionHistory } from '../../catalog/ceph-options.js';
import { metaVariables } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import { humanSize } from '../../rules/support/sizes.js';
import { readValue } from '../../simulate/librados/values.js';
import { isSecretOption } from '../../syntax/secrets.js';

export interface ValueOffer {
  readonly text: string;
  readonly detail: string;
}

const MOST_VALUES = 40;

/** The likeliest first; none for an option that the release does not know, or whose value is a secret. */
export function cephValues(release: CephRelease, name: string): readonly ValueOffer[] {
  const option = cephOption(release, name);
  if (option === undefined || isSecretOption(name)) return [];
  const offers = new Map<string, ValueOffer>();
  for (const offer of [...likely(release, option), ...byDefault(option)]) {
    if (offer.text === '' || offers.has(offer.text) || offers.size >= MOST_VALUES) continue;
    if (!readValue(release, option, offer.text).ok) continue;
    const detail = offer.text === option.default ? withDefault(offer.detail) : offer.detail;
    offers.set(offer.text, { text: offer.text, detail });
  }
  return [...offers.values()];
}

/** An identity or an address of nobody is no value to write. */
function byDefault({ type, default: text }: CephOption): readonly ValueOffer[] {
  return type === 'uuid' || type === 'addr' || type === 'addrvec' ? [] : [{ text, detail: '' }];
}

function withDefault(detail: string): string {
  return detail === '' ? l10n.t('the default') : l10n.t('{0}, the default', detail);
}

function likely(release: CephRelease, option: CephOption): readonly ValueOffer[] {
  const plain = (texts: readonly string[]): ValueOffer[] => texts.map((text) => ({ text, detail: '' }));
  switch (option.type) {
    case 'bool':
      return plain(['true', 'false']);
    case 'subsys':
      return [
        { text: '20', detail: l10n.t('all of it, in the log and in memory') },
        { text: '0/20', detail: l10n.t('nothing in the log, all of it in memory') },
        { text: '1/5', detail: l10n.t('little in the log, more in memory') },
        { text: '0', detail: l10n.t('nothing') },
      ];
    case 'str':
      return option.enum === null ? [...texts(release, option.name), ...mask(option.name)] : plain(option.enum);
    default:
      return [...mask(option.name), ...amounts(release, option)];
  }
}

/** Features of an image by name, where the release reads names. */
function mask(name: string): readonly ValueOffer[] {
  if (name !== 'rbd_default_features') return [];
  return [
    { text: 'layering,exclusive-lock,object-map,fast-diff,deep-flatten', detail: '61' },
    { text: '61', detail: l10n.t('layering, exclusive-lock, object-map, fast-diff, deep-flatten') },
    { text: 'layering', detail: '1' },
    { text: '1', detail: l10n.t('layering') },
  ];
}

function amounts(release: CephRelease, option: CephOption): readonly ValueOffer[] {
  const value = Number(option.default);
  if (!Number.isFinite(value) || option.default.trim() === '') return [];
  const unit = cephOptionHistory(option.name)?.unit ?? '';
  const bytes = option.type === 'size' || (unit.startsWith('byte') && !unit.includes('per'));
  if (!bytes) return [{ text: option.default, detail: unit === 'log2 bytes' ? humanSize(2 ** value) : '' }];
  const sizes = value === 0 ? [0] : [value, value * 2, value * 4, value / 2].filter(Number.isInteger);
  return sizes.flatMap((size) => sizeSpellings(release, option, size));
}

const UNITS = ['K', 'M', 'G', 'T'] as const;

/** With a unit where this release reads it as a power of 1024; and in bytes, which all of them read. */
function sizeSpellings(release: CephRelease, option: CephOption, size: number): readonly ValueOffer[] {
  const plain = { text: String(size), detail: size >= 1024 ? humanSize(size) : '' };
  for (let power = UNITS.length; power > 0; power--) {
    const factor = 1024 ** power;
    if (size === 0 || size % factor !== 0) continue;
    const text = `${size / factor}${UNITS[power - 1] ?? ''}`;
    const read = readValue(release, option, text);
    const exact = read.ok && read.number !== undefined && BigInt(Math.trunc(Number(read.number))) === BigInt(size);
    return exact ? [{ text, detail: l10n.t('{0} bytes', size) }, plain] : [plain];
  }
  return [plain];
}

/** Texts that people give to options whose values are free. */
function texts(release: CephRelease, name: string): readonly ValueOffer[] {
  const has = (variable: string): boolean => metaVariables(release).has(variable);
  const plain = (...values: readonly string[]): ValueOffer[] => values.map((text) => ({ text, detail: '' }));
  const process = `$cluster-$type.$id${has('pid') ? '.$pid' : ''}`;
  switch (name) {
    case 'log_file':
      return plain(`/var/log/ceph/${process}.log`, '/var/log/ceph/$name.log');
    case 'admin_socket':
      return plain(`/var/run/ceph/${process}${has('cctid') ? '.$cctid' : ''}.asok`);
    case 'keyring':
      return plain('/etc/ceph/$cluster.$name.keyring', '/etc/ceph/$cluster.keyring');
    case 'auth_client_required':
    case 'auth_cluster_required':
    case 'auth_service_required':
    case 'auth_supported':
      return plain('cephx', 'none');
    default:
      return [];
  }
}

export interface VariableOffer {
  readonly name: string;
  readonly detail: string;
}

/** The `$variables` that mean something to a client, the commonest first. */
export function variableOffers(release: CephRelease): readonly VariableOffer[] {
  const known = metaVariables(release);
  const all: readonly VariableOffer[] = [
    { name: 'pid', detail: l10n.t('the process') },
    { name: 'cctid', detail: l10n.t('the connection in that process') },
    { name: 'name', detail: '$type.$id' },
    { name: 'id', detail: l10n.t('the client’s id, without `client.`') },
    { name: 'cluster', detail: l10n.t('the cluster’s name') },
    { name: 'type', detail: '`client`' },
    { name: 'host', detail: l10n.t('the machine’s name') },
    { name: 'home', detail: l10n.t('the home directory; what stands before it is dropped') },
  ];
  return all.filter(({ name }) => known.has(name));
}
