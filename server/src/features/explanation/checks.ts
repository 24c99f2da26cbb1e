/** The commands that tell, on the host and of the cluster, whether what the answer assumes is so. */
import * as l10n from '@vscode/l10n';
import { optionOverrides } from '../../catalog/rbd-options.js';
import { within } from '../../catalog/releases.js';
import type { DriveTrace } from '../../simulate/model.js';
import { quoteForShell } from '../../syntax/shell/quote.js';

export interface Check {
  /** What it tells. */
  readonly tells: string;
  readonly command: string;
}

export function checks({ image, releases, outcome }: DriveTrace): readonly Check[] {
  if (outcome === null) return [];
  const { librbd } = releases;
  const pool = quoteForShell(image.pool);
  const spec = quoteForShell([image.pool, ...(image.namespace === '' ? [] : [image.namespace]), image.image].join('/'));
  const client = `client.${image.user ?? 'admin'}`;
  const { image: onImage, pool: onPool, monitors } = optionOverrides(librbd, 'rbd_cache');
  const found: Check[] = [
    { tells: l10n.t('The QEMU that runs'), command: 'qemu-system-x86_64 --version' },
    {
      tells: l10n.t('The librbd that QEMU loads, whatever `rbd --version` says'),
      command:
        'ldd "$(command -v qemu-system-x86_64)" /usr/lib/*/qemu/block-rbd.so 2>/dev/null | grep -o \'/.*librbd[^ ]*\'',
    },
  ];
  if (onImage && !onPool) {
    found.push({ tells: l10n.t('What the image overrides'), command: `rbd image-meta list ${spec}` });
  }
  if (onPool) {
    found.push(
      {
        tells: l10n.t('What the image, or its pool, overrides'),
        command: `rbd config image list ${spec} | grep -v ' config *$'`,
      },
      { tells: l10n.t('What the pool overrides'), command: `rbd config pool list ${pool} | grep -v ' config *$'` },
    );
  }
  if (monitors) {
    found.push(
      {
        tells: l10n.t("What the monitors' database says to this client"),
        command: `ceph config get ${quoteForShell(client)}`,
      },
      {
        tells: l10n.t('`CEPH_ARGS` in the environment of a running QEMU'),
        command: "tr '\\0' '\\n' < /proc/PID/environ | grep ^CEPH",
      },
    );
  }
  found.push({
    tells: l10n.t('What a running QEMU has in force, by its admin socket'),
    command: within(librbd, '0.87', null)
      ? 'ceph --admin-daemon /var/run/ceph/….asok config diff'
      : 'ceph --admin-daemon /var/run/ceph/….asok config show | grep rbd_cache',
  });
  return found;
}
