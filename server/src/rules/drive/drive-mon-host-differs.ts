import * as l10n from '@vscode/l10n';
import type { Candidate, DriveTrace } from '../../simulate/model.js';
import type { CommandRule } from '../rule.js';
import { isTemplate } from '../support/drive-text.js';
import { fileCandidates, inCommand, locationOf, pairName, placeName } from '../support/drive-words.js';
import { findingAt } from '../support/finding.js';
import { monitors } from '../support/monitors.js';
import { sentences } from '../support/wording.js';

export const driveMonHostDiffers: CommandRule = {
  id: 'drive-mon-host-differs',
  severity: 'warning',
  statement: "The drive's monitors and the file's differ; which of them are asked.",
  holds: { qemu: { since: '0.15' } },
  compares: true,
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const winner = trace.config?.trace('mon_host')?.winner;
      const own = ownMonitors(trace);
      const filed = fileCandidates(trace, 'mon_host').at(-1);
      if (winner === undefined || own === undefined || filed === undefined || own.unknown) continue;
      if (isTemplate(own.written) || isTemplate(filed.written)) continue;
      const drives = monitors(own.value ?? '');
      const files = monitors(filed.value ?? '');
      if (drives === null || files === null || equal(drives, files)) continue;
      const at = locationOf(trace, own.place);
      const there = locationOf(trace, filed.place);
      if (at === null) continue;
      const part = isPart(drives, files) || isPart(files, drives);
      yield findingAt(
        this,
        at.in === 'command' ? at : inCommand(trace.syntax.span),
        sentences(
          part
            ? l10n.t('The drive names more monitors, or fewer, than {0}.', placeName(filed))
            : l10n.t('The drive and {0} name different monitors.', placeName(filed)),
          winner === filed
            ? l10n.t('{0} asks those of the file, because it is read later.', pairName(trace))
            : l10n.t('{0} asks those of the drive.', pairName(trace)),
          l10n.t('If they are of one cluster, name the same ones; if not, give the drive a file of its own.'),
        ),
        {
          severity: part ? 'information' : 'warning',
          related: there === null ? [] : [{ at: there, message: l10n.t("The file's monitors.") }],
        },
      );
    }
  },
};

/** What the drive says: the name's `mon_host=`, or the node's `server`. */
function ownMonitors({ config }: DriveTrace): Candidate | undefined {
  return config
    ?.trace('mon_host')
    ?.candidates.findLast(
      ({ place }) => place.kind === 'argument' || (place.kind === 'qemu' && place.because === 'server'),
    );
}

function isPart(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((address) => all.has(address));
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && isPart(a, b);
}
