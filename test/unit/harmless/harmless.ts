/** Harmless text as found in the wild, in our own words: nothing may be said against it. */
import type { Vendor } from '../../../server/src/catalog/releases.js';

export interface Harmless {
  /** Who writes such text. */
  readonly about: string;
  /** The file that is looked at; its ending tells its language. */
  readonly name: string;
  readonly text: string;
  /** Files beside it. */
  readonly beside?: Readonly<Record<string, string>>;
  /** First and last release that it is written for, both included; absent: all that are known. */
  readonly qemu?: readonly [string, string];
  readonly librbd?: readonly [string, string];
  readonly vendor?: Vendor;
  /** Rules that may inform here, never warn: what they say is true of the text, and of use. */
  readonly informs?: readonly string[];
}
