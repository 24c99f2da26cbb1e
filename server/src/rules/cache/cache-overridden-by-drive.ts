import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { Candidate } from '../../simulate/model.js';
import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { type CacheLine, cacheLines, drivesNamed, followLine, notesAt, type Offered } from '../support/cache-lines.js';
import { modeWords } from '../support/cache-mode.js';
import { librbdName, qemuName } from '../support/drive-words.js';
import { listed } from '../support/drives.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

export const cacheOverriddenByDrive: ConfRule = {
  id: 'cache-overridden-by-drive',
  severity: 'information',
  statement: 'This `rbd cache` line has no effect for these drives: QEMU sets RBDCache from their cache mode.',
  holds: { qemu: { since: '1.2' } },
  compares: true,
  looksAt: 'conf',
  *check(context) {
    for (const line of cacheLines(context)) {
      const beaten = line.drives.filter(({ drive }) => setByMode(drive) !== null);
      const [first] = beaten;
      if (first === undefined) continue;
      const differing = beaten.filter(({ drive, candidate }) => setByMode(drive)?.value !== candidate.value);
      const same = differing.length === 0;
      const overruled = line.drives.filter(({ drive }) => winnerOf(drive)?.place.kind === 'qemu');
      const isDead = overruled.length === context.drives.length;
      yield confFinding(context, this, line.span, message(first, beaten, differing), {
        severity: same ? 'hint' : 'information',
        tags: isDead ? ['unnecessary'] : [],
        related: notesAt(beaten, ({ drive }) =>
          l10n.t(
            '{0}: {1} sets {2}.',
            drive.label,
            modeWords(drive),
            code(`rbd_cache=${setByMode(drive)?.value ?? ''}`),
          ),
        ),
        fixes: [...(same ? [] : followLine(differing)), ...(isDead ? deletion(context, line) : [])],
      });
    }
  },
};

function winnerOf({ trace }: DriveOfFile): Candidate | undefined {
  return trace.config?.inForce('rbd_cache');
}

/** What QEMU set from the cache mode, where that is in force and known. */
function setByMode(drive: DriveOfFile): Candidate | null {
  const winner = winnerOf(drive);
  return winner?.place.kind === 'qemu' && !winner.unknown ? winner : null;
}

function message(first: Offered, beaten: readonly Offered[], differing: readonly Offered[]): string {
  const { trace } = first.drive;
  const values = new Set(beaten.map(({ drive }) => setByMode(drive)?.value ?? ''));
  const modes = new Set(beaten.map(({ drive }) => modeWords(drive)));
  const whom = drivesNamed(beaten);
  const by = modes.size === 1 ? modeWords(first.drive) : l10n.t('their cache modes');
  const why =
    qemuBehaviour(trace.releases.qemu).open.setsRbdCache === 'last'
      ? l10n.t(
          'This line has no effect for {0}: {1} sets `rbd_cache` to {2} from {3}, after it has read the file.',
          whom,
          qemuName(trace),
          listed(values),
          by,
        )
      : l10n.t(
          'This line has no effect for {0}: {1} sets `rbd_cache` to {2} from {3} before it reads the file, but in {4}, as in any librados since 13, what a program sets outranks all files.',
          whom,
          qemuName(trace),
          listed(values),
          by,
          librbdName(trace),
        );
  const [wanting] = differing;
  const todo =
    wanting === undefined
      ? l10n.t('Both say the same.')
      : l10n.t('For {0} change the cache mode.', code(`rbd_cache = ${wanting.candidate.value ?? ''}`));
  return `${why} ${todo}`;
}

function deletion(context: ConfRuleContext, { line, node, behind }: CacheLine): Fix[] {
  if (node === null) return [];
  const title =
    behind.length === 0
      ? l10n.t('Delete line {0} (other programs read this file too)', line)
      : l10n.t('Delete the {0} lines that set {1} (other programs read this file too)', behind.length + 1, 'rbd cache');
  return [
    fix(
      title,
      [node, ...behind].map(({ span }) => replaceInFile(context, span, '')),
    ),
  ];
}
