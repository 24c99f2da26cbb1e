import type { Trial } from '../features/fix-trial.js';
import type { Workspace } from './analysis.js';

/** A workspace as fixes are tried on it. */
export function trialOf(workspace: Workspace): Trial {
  return {
    text: (address) => {
      const content = workspace.texts.read(address);
      return content.status === 'file' ? content.text : null;
    },
    analyse: (address) => workspace.analyse(address),
    edited: (texts) => workspace.edited(texts),
    tiedTo: (addresses) => workspace.tiedTo(addresses),
  };
}
