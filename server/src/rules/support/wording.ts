/** Messages are whole sentences, put side by side: what is wrong, what follows from it, what to do. */
import type { ConfRuleContext } from '../rule.js';
import { isClientSection } from './sections.js';

/** The sentences that there are, one behind the other. */
export function sentences(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ');
}

/** Who reads a section, as messages name it: `librbd 16.2.15`; `Ceph 16.2.15` for the sections of daemons. */
export function readerOf(context: ConfRuleContext, section: string): string {
  return `${isClientSection(section) ? 'librbd' : 'Ceph'} ${context.releases.librbd.label}`;
}
