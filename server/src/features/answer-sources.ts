/** Who said a value: a candidate in words, with the place to look it up. */
import * as l10n from '@vscode/l10n';
import type { Candidate, DriveTrace } from '../simulate/model.js';
import type { Span } from '../syntax/span.js';
import { type AnswerPlace, code, filled, type Sentence, shortened } from './answer-words.js';
import { redact, shownValue } from './redact.js';
import { releaseName } from './releases.js';

/** A drive as it stands in a text. */
export interface DriveInText {
  readonly trace: DriveTrace;
  /** The command that the trace's spans count in. */
  readonly text: string;
}

/** Null for what stands in no text: a release's default, the environment, QEMU's own doing. */
export function placeOf({ trace }: DriveInText, { place }: Candidate): AnswerPlace | null {
  switch (place.kind) {
    case 'file': {
      const file = trace.reads.find((read) => read.taken?.path === place.path)?.taken?.file;
      if (file === undefined) return null;
      return { location: { in: 'file', file: file.id, span: place.span }, path: place.path, line: place.line };
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

export function inCommand(span: Span): AnswerPlace {
  return { location: { in: 'command', span }, path: null, line: null };
}

/** The source text of a span in the command, fit to be shown. */
export function commandText({ text }: DriveInText, span: Span, length?: number): string {
  return shortened(redact(text.slice(span.start, span.end)), length);
}

/** `rbd cache = true` (in the file), `cache=writeback` (in the drive), librbd 0.87's default. */
export function describeCandidate(drive: DriveInText, candidate: Candidate): Sentence {
  const { place, option } = candidate;
  const link = placeOf(drive, candidate);
  const assigned = [code(`${option} = ${shortened(shownValue(option, candidate.written))}`)];
  switch (place.kind) {
    case 'release':
      return filled(l10n.t("{0}'s default, {1}"), releaseName(drive.trace.releases.librbd), [
        code(defaultText(candidate)),
      ]);
    case 'file': {
      const line = fileText(drive, candidate);
      return filled(l10n.t('{0} in [{1}]'), line === null ? assigned : [code(line, link)], place.section);
    }
    case 'argument':
      return filled(l10n.t('{0} in the drive'), [
        code(`${option}=${shortened(shownValue(option, candidate.written))}`, link),
      ]);
    case 'environment':
      return filled(l10n.t('{0} ({1})'), [code(`$${place.variable}`)], assigned);
    case 'cluster':
      return filled(keeperTemplate(place), assigned, place.section ?? '');
    case 'qemu':
      return describeQemu(drive, candidate, link);
  }
}

function keeperTemplate({ keptBy }: Kept): string {
  switch (keptBy) {
    case 'monitors':
      return l10n.t("{0} in the monitors' database, for {1}");
    case 'pool':
      return l10n.t('{0} on the pool');
    case 'image':
      return l10n.t('{0} on the image');
  }
}

type Kept = Extract<Candidate['place'], { readonly kind: 'cluster' }>;

/** `on the image`, `in the monitors' database, for client.vm1`. */
export function keeper({ keptBy, section }: Kept): string {
  switch (keptBy) {
    case 'monitors':
      return l10n.t("in the monitors' database, for {0}", section ?? '');
    case 'pool':
      return l10n.t('on the pool');
    case 'image':
      return l10n.t('on the image');
  }
}

function defaultText({ option, value, written }: Candidate): string {
  const shown = shownValue(option, value ?? written);
  return shown === '' ? l10n.t('empty') : shown;
}

/** The line as it is written: `rbd cache = true`. */
function fileText({ trace }: DriveInText, { place, option }: Candidate): string | null {
  if (place.kind !== 'file') return null;
  const text = trace.reads.find((read) => read.taken?.path === place.path)?.taken?.file.text;
  if (text === undefined) return null;
  const key = text.slice(place.keySpan.start, place.keySpan.end);
  const value = text.slice(place.valueSpan.start, place.valueSpan.end);
  return shortened(`${key.trim()} = ${shownValue(option, value.trim())}`);
}

function describeQemu(drive: DriveInText, candidate: Candidate, link: AnswerPlace | null): Sentence {
  const { place } = candidate;
  if (place.kind !== 'qemu') return [];
  const { releases, cacheMode } = drive.trace;
  switch (place.because) {
    case 'cache-mode':
      if (place.span !== null && !cacheMode.isDefault) return [code(commandText(drive, place.span), link)];
      return cacheMode.isDefault
        ? filled(l10n.t("{0}'s default cache mode, {1}"), releaseName(releases.qemu), [code(cacheMode.name)])
        : filled(l10n.t("{0}'s default, {1}"), releaseName(releases.qemu), [
            code(`cache.direct=${cacheMode.direct ? 'on' : 'off'}`),
          ]);
    case 'server':
      return filled(l10n.t("the drive's list of servers"));
    case 'secret':
      return filled(l10n.t("the drive's secret object"));
    case 'auth':
      return filled(l10n.t("the drive's {0}"), [code('auth-client-required')]);
    case 'vendor':
      return filled(l10n.t("Proxmox's build of QEMU, which sets it for every drive"));
  }
}
