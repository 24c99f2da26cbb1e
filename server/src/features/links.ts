/** Addresses that a view may open. */
import type { PlacedDrive } from './analysis-model.js';
import type { LinkTo } from './answer-render.js';
import { placed } from './places.js';

/** What a client can open. */
export interface Linker {
  /** The address of a place in a document; null where it cannot be opened. */
  place(address: string, offset: number): string | null;
  /** The address of the full explanation of what stands there; null where the client has none. */
  explanation(address: string, offset: number): string | null;
  /** The address that asks what is to be tried on the drive there; absent or null where the client has none. */
  whatIf?(address: string, offset: number): string | null;
}

/** Places in a drive's answer: its command's own, and those of files. */
export function driveLinks(drive: Pick<PlacedDrive, 'address' | 'base'>, linker: Linker): LinkTo {
  return ({ location }) => {
    const { address, span } = placed(location, drive);
    return linker.place(address, span.start);
  };
}
