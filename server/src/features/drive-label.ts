import type { DriveTrace } from '../simulate/model.js';

/** Names a drive for people: `drive-virtio-disk1 (volumes/volume-512c…)`. */
export function driveLabel({ image, syntax }: DriveTrace): string {
  const namespace = image.namespace === '' ? '' : `${image.namespace}/`;
  const snapshot = image.snapshot === null ? '' : `@${image.snapshot}`;
  const name = `${image.pool}/${namespace}${image.image}${snapshot}`;
  return syntax.id === null ? name : `${syntax.id} (${name})`;
}
