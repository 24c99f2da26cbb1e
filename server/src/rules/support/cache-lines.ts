/** The `rbd cache` lines of a file, with the drives that read them. */
import * as l10n from '@vscode/l10n';
import type { Candidate } from '../../simulate/model.js';
import { nodeAt } from '../../syntax/ceph-conf/parts.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRuleContext, DriveOfFile, Finding, Fix, Location } from '../rule.js';
import { changeDirect } from './cache-mode.js';
import { fileCandidates } from './drive-words.js';
import { fix } from './finding.js';

/** More drives than a person looks at: of more there are no links, and none is edited. */
const MOST_DRIVES = 20;

/** A drive, and what the line offers it. */
export interface Offered {
  readonly drive: DriveOfFile;
  readonly candidate: Candidate;
}

export interface CacheLine {
  readonly line: number;
  /** Key to value. */
  readonly span: Span;
  /** Null where the file in view is read in another era, which sees no such line. */
  readonly node: KeyNode | null;
  /** Lines that would take its place for one of the drives if it went: the same key in a wider section, or said twice. */
  readonly behind: readonly KeyNode[];
  readonly drives: readonly Offered[];
}

/** Only lines that librados takes for at least one drive in view. */
export const cacheLines = (() => {
  const known = new WeakMap<ConfRuleContext, readonly CacheLine[]>();
  return (context: ConfRuleContext): readonly CacheLine[] => {
    const lines = known.get(context) ?? findCacheLines(context);
    known.set(context, lines);
    return lines;
  };
})();

function findCacheLines(context: ConfRuleContext): readonly CacheLine[] {
  const lines = new Map<number, { place: { line: number; span: Span; keySpan: Span }; drives: Offered[] }>();
  for (const drive of context.drives) {
    const { trace } = drive;
    if (trace.error !== null && trace.error.stage !== 'open') continue;
    for (const candidate of fileCandidates(trace, 'rbd_cache')) {
      const { place } = candidate;
      if (place.kind !== 'file') continue;
      const read = trace.reads.find(({ taken }) => taken?.path === place.path);
      if (read?.taken?.file.id !== context.file.id) continue;
      const known = lines.get(place.span.start);
      if (known !== undefined) known.drives.push({ drive, candidate });
      else lines.set(place.span.start, { place, drives: [{ drive, candidate }] });
    }
  }
  if (lines.size === 0) return [];
  return [...lines.values()].map(({ place: { line, span, keySpan }, drives }) => {
    const behind = [...linesBehind(drives)].flatMap((start) => cacheLineAt(context, start) ?? []);
    return { line, span, node: cacheLineAt(context, keySpan.start), behind, drives };
  });
}

/** The line whose key starts there. */
function cacheLineAt({ tree }: ConfRuleContext, start: number): KeyNode | null {
  const node = nodeAt(tree, start);
  return node?.kind === 'key' && node.key === 'rbd_cache' && !node.lost && node.keySpan.start === start ? node : null;
}

/** Where the keys stand. */
function linesBehind(drives: readonly Offered[]): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const { drive, candidate } of drives) {
    const path = candidate.place.kind === 'file' ? candidate.place.path : null;
    for (const { place, superseded } of drive.trace.config?.trace('rbd_cache')?.candidates ?? []) {
      if (superseded !== undefined && place.kind === 'file' && place.path === path) starts.add(place.keySpan.start);
    }
  }
  return starts;
}

/** The drive, or how many there are, as the middle of a sentence. */
export function drivesNamed(drives: readonly Offered[]): string {
  const [only, ...others] = drives;
  return only === undefined || others.length > 0 ? l10n.t('{0} drives', drives.length) : only.drive.label;
}

/** A note at the mode of each drive. */
export function notesAt(drives: readonly Offered[], say: (offered: Offered) => string): Finding['related'] {
  return drives.slice(0, MOST_DRIVES).map((offered) => {
    const { trace } = offered.drive;
    return { at: inDrive(offered.drive, trace.cacheMode.decidedBy ?? trace.syntax.span), message: say(offered) };
  });
}

/** Gives each of the drives the mode that says what the line offers; none where one of them has no place for it. */
export function followLine(drives: readonly Offered[]): Fix[] {
  if (drives.length > MOST_DRIVES) return [];
  const changes = drives.map(({ drive, candidate }) => {
    const change = changeDirect(drive, candidate.value !== 'true');
    return change === null
      ? null
      : {
          says: change.says,
          edits: change.edits.map(({ at, newText }) => ({ at: inDrive(drive, at.span), newText })),
        };
  });
  const [first] = changes;
  if (first == null || changes.some((change) => change === null)) return [];
  const alike = changes.every((change) => change?.says === first.says);
  const title = alike
    ? l10n.t('Set {0} on {1}', first.says, drivesNamed(drives))
    : l10n.t('Change the cache mode of {0} drives', drives.length);
  const edits = changes.flatMap((change) => change?.edits ?? []);
  return [fix(title, edits, { preferred: true })];
}

/** A place in the document of a drive, from a span that counts in the drive's command. */
function inDrive(drive: DriveOfFile, span: Span): Location {
  const base = drive.span.start - drive.trace.syntax.span.start;
  return { in: 'file', file: drive.document, span: { start: base + span.start, end: base + span.end } };
}
