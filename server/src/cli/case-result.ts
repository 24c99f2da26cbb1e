/**
 * A result of `explain --cases`. It is written as text at once: with some 150 options a drive, building objects first
 * doubles the time.
 */
import type { CephRelease } from '../catalog/releases.js';
import { releaseText } from '../features/releases.js';
import type { Call, CommandTrace, DriveTrace, Outcome } from '../simulate/model.js';
import type { CaseOutput } from './case-output.js';
import { ConfigTexts } from './config-texts.js';
import { quoted } from './json.js';

/** Writes results one after another and remembers the texts they have in common. */
export class ResultWriter {
  /** Of the same release and the same open questions, the list is the same object. */
  private readonly assumptions = new WeakMap<readonly string[], Buffer>();

  private readonly configs = new ConfigTexts();

  /** Writes the members behind the id, and the closing brace. */
  write(output: CaseOutput, command: CommandTrace, options: readonly string[]): void {
    let before = ',"drives":[';
    for (const drive of command.drives) {
      output.text(before);
      before = ',';
      this.writeDrive(output, drive, command.releases.librbd, options);
    }
    output.text(command.drives.length === 0 ? `${before}]` : ']');
    if (command.error !== null) output.text(`,"error":${errorText(command.error)}`);
    const notes = releaseNotes(command);
    if (notes.length > 0) output.text(`,"notes":${JSON.stringify(notes)}`);
    output.text('}');
  }

  private writeDrive(output: CaseOutput, drive: DriveTrace, release: CephRelease, options: readonly string[]): void {
    const { image, error, outcome } = drive;
    // Where QEMU opens the image twice, the calls are those of the first open.
    const { calls, config } = drive.firstOpen ?? drive;
    const settled = error === null || error.stage === 'open' ? config : null;
    output.text(
      `{"image":{"pool":${quoted(image.pool)},"namespace":${quoted(image.namespace)},"image":${quoted(image.image)}` +
        `,"snapshot":${quotedOrNull(image.snapshot)},"user":${quotedOrNull(image.user)}}` +
        `,"calls":[${callsText(calls)}]` +
        `,"error":${error === null ? 'null' : errorText(error)},`,
    );
    if (settled === null) output.text('"config":{},"winners":{}');
    else this.configs.write(output, settled, release, options);
    if (settled === null || outcome === null) output.text(',"outcome":null}');
    else this.writeOutcome(output, outcome);
  }

  private writeOutcome(output: CaseOutput, outcome: Outcome): void {
    const { guest, assumes } = outcome;
    output.text(
      `,"outcome":{"rbdCache":"${outcome.rbdCache}","writePolicy":"${outcome.writePolicy}"` +
        `,"untilFirstFlush":${outcome.untilFirstFlush},"staysWritethrough":${outcome.staysWritethrough}` +
        `,"servesReads":${outcome.servesReads},"dirtyLimit":${numberOrNull(outcome.dirtyLimit)}` +
        `,"targetDirty":${numberOrNull(outcome.targetDirty)},"maxDirtyAge":${numberOrNull(outcome.maxDirtyAge)}` +
        `,"size":${numberOrNull(outcome.size)}` +
        `,"guest":{"direct":${guest.direct},"noFlush":${guest.noFlush},"writeback":${guest.writeback}` +
        `,"writeCache":${guest.writeCache},"flushedBy":"${guest.flushedBy}"}` +
        `,"safety":"${outcome.safety}","safetyReason":${quoted(outcome.safetyReason)},"assumes":`,
    );
    let listed = this.assumptions.get(assumes);
    if (listed === undefined) {
      listed = Buffer.from(JSON.stringify(assumes));
      this.assumptions.set(assumes, listed);
    }
    output.bytes(listed);
    output.text('}}');
  }
}

function callsText(calls: readonly Call[]): string {
  let list = '';
  for (const [name, ...parts] of calls) {
    list += `${list === '' ? '' : ','}["${name}"`;
    for (const part of parts) list += `,${typeof part === 'string' ? quoted(part) : part}`;
    list += ']';
  }
  return list;
}

function quotedOrNull(text: string | null): string {
  return text === null ? 'null' : quoted(text);
}

function numberOrNull(number: number | null): string {
  return number !== null && Number.isFinite(number) ? `${number}` : 'null';
}

function errorText({ message, stage }: { readonly message: string; readonly stage: string }): string {
  return JSON.stringify({ message, stage });
}

/** A release that had to be taken as another one is said in the result. */
function releaseNotes({ releases }: CommandTrace): readonly string[] {
  const inexact = [releases.qemu, releases.librbd].filter((release) => release.match !== 'exact');
  return inexact.map((release) => releaseText(release));
}
