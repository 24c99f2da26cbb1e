/** Whether what cannot be known bears on the answer. */

import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { ConfigTrace, FileRead, UnknownPart } from '../model.js';

/** True where an unknown part may change what librbd does; pool and image never do. */
export function matteringUnknown(
  unknown: readonly UnknownPart[],
  config: ConfigTrace,
  reads: readonly FileRead[],
): boolean {
  return unknown.some((part) => {
    if (part.matters === 'image-name') return false;
    if (part.matters === 'user') return reads.some(hasClientSections);
    if (part.matters !== 'option-value') return true;
    return config.mentioned().some((option) => bears(option) && isUnknown(config, option));
  });
}

function bears(option: string): boolean {
  return option.startsWith('rbd_');
}

function isUnknown(config: ConfigTrace, option: string): boolean {
  const winner = config.trace(option)?.winner;
  return winner !== undefined && (winner.unknown || winner.written.includes(UNKNOWN));
}

/** A section for one client only, with an option that bears on the cache, may or may not be the unknown client's. */
function hasClientSections({ taken }: FileRead): boolean {
  if (taken === null) return false;
  return (['A', 'B', 'C'] as const).some((era) =>
    taken.file
      .tree(era)
      .nodes.some((node) => node.kind === 'key' && node.section.startsWith('client.') && node.key.startsWith('rbd')),
  );
}
