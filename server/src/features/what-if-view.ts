/** What can be tried on a drive, and what came of it: ready to be shown, here and in an editor's own program. */
import type { NotOneDrive, TextPlace } from './who-wins/view.js';

/** A change that nobody has made yet. */
export type Change =
  | { readonly kind: 'mode'; readonly mode: string }
  | { readonly kind: 'release'; readonly program: 'qemu' | 'librbd'; readonly version: string }
  | { readonly kind: 'option'; readonly option: string; readonly value: string };

/** Something to try, with the outcome that it would have. */
export interface WhatIfOffer {
  readonly change: Change;
  /** `cache=none`, `7.2, 2022`. */
  readonly label: string;
  /** `RBDCache off · safe`. */
  readonly outcome: string;
  /** It is so already. */
  readonly inForce: boolean;
}

export type WhatIfChoices =
  | ({
      readonly kind: 'offers';
      /** The drive, for people; by it a later request finds it again. */
      readonly drive: string;
      /** `RBDCache on · write-through until flush · flush-safe — QEMU 2.2, librbd 0.87`. */
      readonly now: string;
      readonly modes: readonly WhatIfOffer[];
      /** Newest first. */
      readonly qemu: readonly WhatIfOffer[];
      readonly librbd: readonly WhatIfOffer[];
      /** False where no ceph.conf and no name of the drive could take an option of Ceph's. */
      readonly takesOptions: boolean;
    } & TextPlace)
  | NotOneDrive;

/** How `option = value` could go on. */
export interface OptionOffer {
  /** `rbd_cache = `, `rbd_cache = false`. */
  readonly text: string;
  readonly detail: string;
  /** Can be tried as it stands. */
  readonly complete: boolean;
}
