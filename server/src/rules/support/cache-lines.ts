/** The `rbd cache` lines of a file, with the drives that read them. */
import type { Candidate } from '../../simulate/model.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRuleContext, DriveOfFile, Location, TextEdit } from '../rule.js';
import { fileCandidates, setCacheMode } from './drive-words.js';

export interface CacheLine {
  readonly line: number;
  /** Key to value. */
  readonly span: Span;
  /** `rbd_cache = true`. */
  readonly written: string;
  readonly drives: readonly { readonly drive: DriveOfFile; readonly candidate: Candidate }[];
}

/** Only lines that librados takes for at least one drive in view. */
export function cacheLines(context: ConfRuleContext): readonly CacheLine[] {
  const lines = new Map<number, { line: CacheLine; drives: { drive: DriveOfFile; candidate: Candidate }[] }>();
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
      else {
        const drives = [{ drive, candidate }];
        const line = { line: place.line, span: place.span, written: `rbd_cache = ${candidate.value}`, drives };
        lines.set(place.span.start, { line, drives });
      }
    }
  }
  return [...lines.values()].map(({ line }) => line);
}

/** A place in the document of a drive, from a span that counts in the drive's command. */
export function inDrive(drive: DriveOfFile, span: Span): Location {
  const base = drive.span.start - drive.trace.syntax.span.start;
  return { in: 'file', file: drive.document, span: { start: base + span.start, end: base + span.end } };
}

/** `cache=none`; `the default mode writeback` where nothing was said. */
export function modeOf({ trace }: DriveOfFile): string {
  if (trace.syntax.form === 'blockdev') return trace.cacheMode.direct ? 'cache.direct=on' : 'cache.direct=off';
  return trace.cacheMode.isDefault ? `the default mode ${trace.cacheMode.name}` : `cache=${trace.cacheMode.name}`;
}

/** {@link setCacheMode}, with places in the drive's document. */
export function setDriveMode(drive: DriveOfFile, mode: string): readonly TextEdit[] | null {
  const edits = setCacheMode(drive.trace, mode);
  return edits?.map(({ at, newText }) => ({ at: inDrive(drive, at.span), newText })) ?? null;
}
