/**
 * An image's own encryption, loaded once the image is open.
 * Source: qemu_rbd_encryption_load and qemu_rbd_encryption_load2 in block/rbd.c; what librbd knows of it is settled when QEMU
 * is built (`LIBRBD_SUPPORTS_ENCRYPTION`, `LIBRBD_SUPPORTS_ENCRYPTION_LOAD2`). Run with QEMU 10.0.2 on librbd 16.2.15.
 */
import { librados } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import type { OptionSet } from './flat-options.js';
import { type EncryptionLayer, type PlacedText, placedText } from './plan.js';
import { errnoText, refusal } from './refusal.js';
import type { Secrets } from './secrets.js';

const ENOTSUP = -95;
/** Place of `luks-any` among the formats. */
const ANY_LUKS = 2;

/** The image's own layer first, then its parents'. */
export function takeEncryption(options: OptionSet): readonly EncryptionLayer[] {
  const layers: EncryptionLayer[] = [];
  for (let path = 'encrypt'; ; path += '.parent') {
    const format = options.get(`${path}.format`);
    const secret = options.get(`${path}.key-secret`);
    if (format === undefined || secret === undefined) return layers;
    layers.push({ format: placedText(format), secret: placedText(secret) });
  }
}

/** Null where librbd may load it. */
export function encryptionProblem(
  librbd: CephRelease,
  layers: readonly EncryptionLayer[],
  secrets: Secrets,
): DriveError | null {
  const [own, parent] = layers;
  if (own === undefined) return null;
  const { encryption } = librados(librbd);
  if (encryption === 'nothing') return unsupported('RBD library does not support image encryption', own.format);
  if (encryption === 'image') {
    if (parent !== undefined) return unsupported('RBD library does not support layered encryption', parent.format);
    if (own.format.text === 'luks-any')
      return unsupported(`unknown image encryption format: ${ANY_LUKS}: ${errnoText(ENOTSUP)}`, own.format);
  }
  if (secrets.hasMore) return null;
  const missing = layers.find(({ secret: { text } }) => !text.includes(UNKNOWN) && !secrets.byId.has(text));
  return missing === undefined ? null : missingSecret('open', missing.secret);
}

function unsupported(message: string, { span }: PlacedText): DriveError {
  return refusal('open', 'encryption-unsupported', message, span);
}

export function missingSecret(stage: 'conf' | 'open', { text, span }: PlacedText): DriveError {
  return refusal(stage, 'secret-missing', `No secret with id '${text}'`, span);
}
