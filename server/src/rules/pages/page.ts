/** What a rule's page says beyond its row in the table. The pages of `docs/rules/` are made from these; no program bundles them. */
import type { Vendor } from '../../catalog/releases.js';

export interface RulePage {
  /** What happens, and what it costs: for a person who meets the finding for the first time. Markdown, a sentence or two. */
  readonly what: string;
  /** What the bounds of the row (`holds`) cannot say of the releases, such as a severity that depends on them. */
  readonly releases?: string;
  /** How the programs come to behave so. Markdown. */
  readonly why: string;
  /** How to mend it, and what the quick fix does if there is one. Markdown. */
  readonly fix: string;
  readonly example: RuleExample;
  /** Where it is seen: source files and functions with their release, release notes, recordings. One a line. */
  readonly evidence: readonly string[];
}

/** Tried by a test: the rule speaks of `before`, and of nothing in `after`. */
export interface RuleExample {
  readonly qemu: string;
  readonly librbd: string;
  readonly vendor?: Vendor;
  readonly before: readonly ExampleFile[];
  readonly after: readonly ExampleFile[];
}

/** A file as it lies in a folder: `etc/ceph/ceph.conf`, `vm1.qemu-args`, `start.sh`. */
export interface ExampleFile {
  readonly name: string;
  readonly text: string;
}
