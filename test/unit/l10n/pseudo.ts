/**
 * A language without words: each text that can be translated becomes `«7 {0} {1}»`, a number of its own and the places that
 * are filled. Words that are shown all the same come from no translation.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUNDLE = join(import.meta.dirname, '../../../l10n/bundle.l10n.json');

export function pseudoBundle(): Record<string, string> {
  const texts: unknown = JSON.parse(readFileSync(BUNDLE, 'utf8'));
  return Object.fromEntries(Object.keys(Object(texts)).map((key, at) => [key, pseudo(key, at)]));
}

function pseudo(key: string, at: number): string {
  return `«${[at, ...(key.match(/\{\d+\}/g) ?? [])].join(' ')}»`;
}

/** The same in every language: programs, releases, units, cache modes, levels as Ceph names them. */
const NAMES = new RegExp(
  `\\b(?:${[
    'QEMU Proxmox Ceph librbd librados RBDCache RBD rbd Ceph UUID ASCII NULL RFC SVG Markdown',
    'Argonaut Bobtail Cuttlefish Dumpling Emperor Firefly Giant Hammer Infernalis Jewel Kraken Luminous Mimic',
    'Nautilus Octopus Pacific Quincy Reef Squid Tentacle',
    'KiB MiB GiB TiB PiB EiB min ms',
    'none writeback writethrough writearound directsync unsafe on off true false raw disabled cache',
    'default mon file env cmdline override final global client lib',
  ]
    .join(' ')
    .replaceAll(' ', '|')})\\b`,
  'g',
);

/** What librados and QEMU say themselves. */
const SAID_BY_PROGRAMS =
  /parse error: expected '[^']*' in line \d+ at position \d+|invalid uuid string|strict_\w+: [\w ]+(?:\([^)]*\))?|Expected option value to be \w+, got '[^']*'|'[^']*' is not one of the permitted values: [\w, ]+|expected \w+, got: '[^']*'|(?:Value|value) '?[^ ]*'? (?:exceeds|is less than) \w+ \S+|The option value '[^']*' seems to be [\w ]+/g;

/**
 * Words of a shown text that came from no translation.
 * @param given texts of the user or of a program, which are shown as they are
 */
export function untranslated(text: string, given: readonly string[]): readonly string[] {
  let rest = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/(`+)[\s\S]*?\1/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(SAID_BY_PROGRAMS, ' ');
  for (const one of given) if (rest.includes(one)) rest = rest.replace(wholeWords(one), ' ');
  rest = rest.replace(/[\w.-]*[_./=$:@-][\w./=$:@-]*/g, ' ').replace(NAMES, ' ');
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
}

function wholeWords(text: string): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z])${literal}(?![A-Za-z])`, 'g');
}

/** The text without the places that are filled in its sentences. */
export function outside(text: string): string {
  const rest = text.replace(/«[^«»]*»/g, ' ');
  return rest === text ? text : outside(rest);
}
