import type { DriveTrace } from '../simulate/model.js';
import { UNKNOWN } from '../syntax/mapped-text.js';

/** Names a drive for people: `drive-virtio-disk1 (volumes/volume-512c…)`. A variable in it is shown as `…`. */
export function driveLabel({ image, syntax }: DriveTrace): string {
  const namespace = image.namespace === '' ? '' : `${image.namespace}/`;
  const snapshot = image.snapshot === null ? '' : `@${image.snapshot}`;
  const name = `${image.pool}/${namespace}${image.image}${snapshot}`;
  const label = syntax.id === null ? name : `${syntax.id} (${name})`;
  return label.replaceAll(UNKNOWN, '…');
}
