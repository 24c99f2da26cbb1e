/** Words of a drive's text: what stands where, how it is named in messages, and edits that fit any quoting. */
import * as l10n from '@vscode/l10n';
import { parserEra } from '../../catalog/librados-rules.js';
import type { Candidate, DriveOption, DriveTrace, NameOption, Place } from '../../simulate/model.js';
import { normalizeKeyName } from '../../syntax/ceph-conf/key-name.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRuleContext, Location, TextEdit } from '../rule.js';

export function inCommand(span: Span): Location {
  return { in: 'command', span };
}

/** `QEMU 2.2`. */
export function qemuName(trace: DriveTrace): string {
  return `QEMU ${trace.releases.qemu.label}`;
}

/** `librbd 0.87.2`. */
export function librbdName(trace: DriveTrace): string {
  return `librbd ${trace.releases.librbd.label}`;
}

/** `QEMU 2.2 with librbd 0.87.2`. */
export function pairName(trace: DriveTrace): string {
  return l10n.t('{0} with {1}', qemuName(trace), librbdName(trace));
}

/** Where a value stands, for a link; null for what no text says. */
export function locationOf(trace: DriveTrace, place: Place): Location | null {
  switch (place.kind) {
    case 'file': {
      const file = trace.reads.find((read) => read.taken?.path === place.path)?.taken?.file;
      return file === undefined ? null : { in: 'file', file: file.id, span: place.span };
    }
    case 'argument':
      return inCommand(place.span);
    case 'qemu':
      return place.span === null ? null : inCommand(place.span);
    case 'release':
    case 'environment':
    case 'cluster':
      return null;
  }
}

/** Where a value stands, in words: `line 8 of /etc/ceph/ceph.conf`. */
export function placeName({ place }: Candidate): string {
  switch (place.kind) {
    case 'file':
      return l10n.t('line {0} of {1}', place.line, place.path);
    case 'argument':
      return l10n.t('the drive string');
    case 'environment':
      return `$${place.variable}`;
    case 'qemu':
      return 'QEMU';
    case 'release':
      return l10n.t('the release');
    case 'cluster':
      return clusterName(place.keptBy);
  }
}

function clusterName(keptBy: 'monitors' | 'pool' | 'image'): string {
  switch (keptBy) {
    case 'monitors':
      return l10n.t("the monitors' database");
    case 'pool':
      return l10n.t('the pool');
    case 'image':
      return l10n.t('the image');
  }
}

/** The effective option of that name. */
export function optionOf(trace: DriveTrace, key: string): DriveOption | undefined {
  return trace.syntax.options.find((option) => option.key === key && option.effective);
}

/** The `:key=` options of the name for an option of Ceph's, in any spelling that librados takes; QEMU's own have but one. */
export function nameOptionsOf(trace: DriveTrace, option: string): readonly NameOption[] {
  const options = trace.syntax.name?.options ?? [];
  if (option === 'id' || option === 'conf') return options.filter(({ key }) => key === option);
  const era = parserEra(trace.releases.librbd);
  return options.filter(({ key }) => key === option || normalizeKeyName(key, era) === option);
}

/** Takes `:key=value` out of the name, with its colon. */
export function removeNameOption(context: CommandRuleContext, option: NameOption): readonly TextEdit[] | null {
  const before = /:(?:\\\r?\n)*$/.exec(
    context.command.text.slice(Math.max(0, option.span.start - 12), option.span.start),
  );
  if (before === null) return null;
  return [{ at: inCommand({ start: option.span.start - before[0].length, end: option.span.end }), newText: '' }];
}

/** What the text of a file says about an option: candidates that librados took from it, beaten or not. */
export function fileCandidates(trace: DriveTrace, option: string): readonly Candidate[] {
  return (trace.config?.trace(option)?.candidates ?? []).filter(
    ({ place, refusal, superseded }) => place.kind === 'file' && refusal === null && superseded === undefined,
  );
}

/** True where librbd caches for this drive. */
export function isCached(trace: DriveTrace): boolean {
  return trace.outcome?.rbdCache === 'on' && trace.error === null;
}

/** What a command rule needs to change a text that stands in a file. */
export interface FileLine {
  /** The line with its end. */
  readonly line: Location;
  readonly indent: string;
  readonly lineEnd: string;
}

/** The line of a file that a value stands on; null where something else stands on it, too. */
export function lineOf(trace: DriveTrace, place: Place): FileLine | null {
  if (place.kind !== 'file') return null;
  const file = trace.reads.find((read) => read.taken?.path === place.path)?.taken?.file;
  if (file === undefined) return null;
  const { text } = file;
  const start = text.lastIndexOf('\n', place.span.start - 1) + 1;
  const newline = text.indexOf('\n', place.span.end);
  const end = newline < 0 ? text.length : newline + 1;
  const indent = text.slice(start, place.span.start);
  if (/\S/.test(indent) || !/^\s*(?:[#;].*)?$/.test(text.slice(place.span.end, end).trimEnd())) return null;
  const lineEnd = text.slice(start, end).endsWith('\r\n') ? '\r\n' : '\n';
  return { line: { in: 'file', file: file.id, span: { start, end } }, indent, lineEnd };
}
