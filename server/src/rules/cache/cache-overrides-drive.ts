import * as l10n from '@vscode/l10n';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { type CacheLine, cacheLines, drivesNamed, followLine, notesAt, type Offered } from '../support/cache-lines.js';
import { modeWords } from '../support/cache-mode.js';
import { librbdName, qemuName } from '../support/drive-words.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';

export const cacheOverridesDrive: ConfRule = {
  id: 'cache-overrides-drive',
  severity: 'warning',
  statement: "This `rbd cache` line beats the drive's cache mode (QEMU 1.2 to 2.3 with librados before 13).",
  holds: { qemu: { since: '1.2', until: '2.3' }, librbd: { until: '12.2' } },
  compares: true,
  looksAt: 'conf',
  *check(context) {
    for (const line of cacheLines(context)) {
      const winning = line.drives.filter(({ drive, candidate }) => beats(drive, candidate.value));
      const [first] = winning;
      if (first === undefined) continue;
      yield confFinding(context, this, line.span, message(first, winning), {
        related: notesAt(winning, ({ drive }) => l10n.t('{0}: {1} is beaten.', drive.label, modeWords(drive))),
        fixes: [...followLine(winning), ...followDrives(context, line, winning)],
      });
    }
  },
};

/** True where the file's value is in force and QEMU's own, from the cache mode, was another. */
function beats({ trace }: DriveOfFile, value: string | null): boolean {
  const cache = trace.config?.trace('rbd_cache');
  const beaten = cache?.candidates.find(({ place }) => place.kind === 'qemu');
  return (
    cache?.winner.place.kind === 'file' &&
    cache.winner.value === value &&
    beaten !== undefined &&
    !beaten.unknown &&
    beaten.value !== value
  );
}

function message(first: Offered, winning: readonly Offered[]): string {
  const { trace } = first.drive;
  const modes = new Set(winning.map(({ drive }) => modeWords(drive)));
  const mode = modes.size === 1 ? modeWords(first.drive) : l10n.t('the cache mode');
  const who = drivesNamed(winning);
  return first.candidate.value === 'true'
    ? l10n.t(
        'This line beats {0} of {1}: {2} sets RBDCache from the mode before it reads this file, and in {3} the last word counts. RBDCache is on. Make the two agree.',
        mode,
        who,
        qemuName(trace),
        librbdName(trace),
      )
    : l10n.t(
        'This line beats {0} of {1}: {2} sets RBDCache from the mode before it reads this file, and in {3} the last word counts. RBDCache is off. Make the two agree.',
        mode,
        who,
        qemuName(trace),
        librbdName(trace),
      );
}

/** The line says what the drives say; not where it agrees with others. */
function followDrives(context: ConfRuleContext, line: CacheLine, winning: readonly Offered[]): Fix[] {
  const [first] = winning;
  const place = first?.candidate.place;
  if (first === undefined || place?.kind !== 'file' || line.drives.length > winning.length) return [];
  const value = first.candidate.value === 'true' ? 'false' : 'true';
  const title = l10n.t('Set {0} here (other programs read this file too)', `rbd cache = ${value}`);
  return [fix(title, [replaceInFile(context, place.valueSpan, value)])];
}
