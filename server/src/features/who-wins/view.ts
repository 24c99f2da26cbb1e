/** What the views of "who wins" are made of: words and places, ready to be shown, here and in an editor's own program. */

export const CELL_KINDS = ['off', 'safe', 'flush-safe', 'unsafe', 'refused', 'crashes', 'depends', 'other'] as const;
/** How an outcome is coloured: RBDCache off; on, by what a crash costs; or why there is none. */
export type CellKind = (typeof CELL_KINDS)[number];

/** The outcome for a pair of releases. */
export interface Cell {
  readonly kind: CellKind;
  /** One character, another for each kind. */
  readonly sign: string;
  /** `on, write-back`. */
  readonly word: string;
  /** Who decided, in a few words; empty where nobody did. */
  readonly reason: string;
}

/** Releases that stand next to each other and give the same everywhere. */
export interface ReleaseRun {
  /** `2.4 – 7.2`. */
  readonly name: string;
  /** `Giant – Hammer`; empty for a program that does not name its releases. */
  readonly codenames: string;
  /** `2015 – 2022`. */
  readonly years: string;
  /** Oldest first; what a request for a cell names. */
  readonly versions: readonly string[];
  /** The one that is in force; null where that is in another run. */
  readonly chosen: string | null;
}

export interface MatrixRow {
  readonly qemu: ReleaseRun;
  /** One for each column. */
  readonly cells: readonly Cell[];
}

/** Releases of QEMU down, of librbd across, oldest first. */
export interface Matrix {
  /** The drive, for people. */
  readonly drive: string;
  /** The pair in force: `QEMU 2.2, librbd 0.87 (assumed)`. */
  readonly inForce: string;
  readonly columns: readonly ReleaseRun[];
  readonly rows: readonly MatrixRow[];
  /** The kinds that occur, and what they mean. */
  readonly legend: readonly { readonly kind: CellKind; readonly sign: string; readonly says: string }[];
  /** Options to ask a ladder of: `rbd_cache` first. */
  readonly options: readonly string[];
}

/** Weakest first in librados 13 and later. */
export const SOURCES = ['default', 'monitors', 'file', 'environment', 'drive', 'qemu', 'pool', 'image'] as const;
export type Source = (typeof SOURCES)[number];

/** A value from one source. `Place`: how the place in a text is given, if it stands in one. */
export interface Offer<Place> {
  readonly value: string;
  /** `ceph.conf:5, [global]`; empty where there is nothing to name. */
  readonly where: string;
  readonly place: Place | null;
  /** Why it does not count, where it was not simply outranked; empty otherwise. */
  readonly note: string;
  readonly wins: boolean;
}

export interface Rung<Place> {
  readonly source: Source;
  readonly title: string;
  readonly offers: readonly Offer<Place>[];
  /** What there is to say of a source without a value; empty otherwise. */
  readonly says: string;
  /** The text cannot show what this source holds. */
  readonly unseen: boolean;
  readonly wins: boolean;
}

/** The sources of one option for one pair, the weakest first. */
export interface Ladder<Place> {
  readonly option: string;
  /** `QEMU 2.2, librbd 0.87`. */
  readonly pair: string;
  /** The value in force, for people; empty where there is none. */
  readonly value: string;
  /** Why there is no ladder; empty where there is one. */
  readonly says: string;
  readonly rungs: readonly Rung<Place>[];
}

// ---------------------------------------------------------------------------------------------------------------------
// As it goes to an editor

/** A place as the protocol gives it. */
export interface TextPlace {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** `code` is text of the user or of a program; `place` is where it stands. */
export interface ShownPiece {
  readonly kind: 'words' | 'strong' | 'code';
  readonly text: string;
  readonly place: TextPlace | null;
}

export interface ShownPart {
  readonly topic: string;
  readonly sentences: readonly (readonly ShownPiece[])[];
}

export interface ShownCell {
  readonly pair: string;
  readonly headline: readonly ShownPiece[];
  readonly parts: readonly ShownPart[];
  readonly details: readonly ShownPart[];
}

export type ShownLadder = Ladder<TextPlace>;

/** Why a place means no one drive: several come into question, or there is none. */
export type NotOneDrive =
  | {
      readonly kind: 'choose';
      readonly message: string;
      readonly drives: readonly ({ readonly label: string } & TextPlace)[];
    }
  | { readonly kind: 'none'; readonly message: string };

/** What is known of the drive at a place: its matrix, or which drives there are to choose from, or why there is none. */
export type WhoWins = ({ readonly kind: 'matrix'; readonly matrix: Matrix } & TextPlace) | NotOneDrive;
