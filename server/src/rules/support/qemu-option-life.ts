/** When an option of `-drive`, or a member of a node, came and went, seen from one release. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import { legacyMembers, rbdMembers } from '../../catalog/qemu-rbd.js';
import { positionOf, seriesPosition } from '../../catalog/qemu-timeline.js';
import { newestQemu, type QemuRelease, qemuChoices, qemuRelease } from '../../catalog/releases.js';

export interface QemuOptionLife {
  readonly kind: 'known' | 'removed' | 'too-new' | 'never';
  /** The release that brought or removed it, where the kind is one of these. */
  readonly release: string;
  readonly replacement: string | null;
}

/** `layer`: an option of `-drive`, or a member of a node given by itself. */
export function optionLife(release: QemuRelease, key: string, layer: 'drive' | 'node'): QemuOptionLife {
  const now = seriesPosition(release);
  const option = layer === 'drive' ? anyDriveOption(key) : undefined;
  if (option !== undefined) {
    if (driveOption(release, key) !== undefined) return { kind: 'known', release: '', replacement: null };
    const { removed, since, replacement } = option;
    if (removed !== null && positionOf(removed) <= now) return { kind: 'removed', release: removed, replacement };
    return { kind: 'too-new', release: since, replacement };
  }
  const member = layer === 'node' ? key.replace(/^(?:file\.)+/, '') : key.startsWith('file.') ? key.slice(5) : null;
  const since = member === null ? null : memberSince(member);
  if (since !== null && positionOf(since) > now) return { kind: 'too-new', release: since, replacement: null };
  return { kind: since === null ? 'never' : 'known', release: '', replacement: null };
}

/** The first release whose rbd nodes have the member; null: none has. */
function memberSince(name: string): string | null {
  const own = [...rbdMembers(newestQemu()), ...legacyMembers(newestQemu())].find(
    (member) => member.name === name.replace(/\..*/, ''),
  );
  if (own !== undefined) return own.since;
  for (const { version } of qemuChoices().reverse()) {
    const release = qemuRelease(version);
    if (release !== undefined && qemuBehaviour(release).nodeOptions.has(name)) return version;
  }
  return null;
}
