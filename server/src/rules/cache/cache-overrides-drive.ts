import type { ConfRule, ConfRuleContext, DriveOfFile, Fix } from '../rule.js';
import { type CacheLine, cacheLines, inDrive, modeOf, setDriveMode } from '../support/cache-lines.js';
import { confFinding, fix, replaceInFile } from '../support/finding.js';
import { code } from '../support/shown.js';

const MOST_LINKS = 20;

export const cacheOverridesDrive: ConfRule = {
  id: 'cache-overrides-drive',
  severity: 'warning',
  statement: "This `rbd cache` line beats the drive's cache mode (QEMU 1.2 to 2.3 with librados before 13).",
  looksAt: 'conf',
  *check(context) {
    for (const line of cacheLines(context)) {
      const winning = line.drives.filter(({ drive, candidate }) => beats(drive, candidate.value));
      const [first] = winning;
      if (first === undefined) continue;
      const { qemu, librbd } = first.drive.trace.releases;
      const who = winning.length === 1 ? first.drive.label : `${winning.length} drives`;
      const modes = [...new Set(winning.map(({ drive }) => modeOf(drive)))].slice(0, 3).map((mode) => code(mode));
      yield confFinding(
        context,
        this,
        line.span,
        `This line beats ${modes.join(', ')} of ${who}: QEMU ${qemu.label} sets RBDCache from the mode before this file is read, and in librbd ${librbd.label} the ` +
          `last word counts. RBDCache is ${first.candidate.value === 'true' ? 'on' : 'off'}. Make the two agree.`,
        {
          related: winning.slice(0, MOST_LINKS).map(({ drive }) => ({
            at: inDrive(drive, drive.trace.cacheMode.decidedBy ?? drive.trace.syntax.span),
            message: `${drive.label}: ${modeOf(drive)} is beaten.`,
          })),
          fixes: fixes(context, line, winning),
        },
      );
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
    beaten.value !== value
  );
}

function fixes(context: ConfRuleContext, line: CacheLine, winning: CacheLine['drives']): Fix[] {
  const [first, ...others] = winning;
  const place = first?.candidate.place;
  if (first === undefined || place?.kind !== 'file') return [];
  const value = first.candidate.value === 'true';
  const toDrive = others.length === 0 ? setDriveMode(first.drive, value ? 'writeback' : 'none') : null;
  const agreeing = line.drives.length > winning.length;
  return [
    ...(toDrive === null
      ? []
      : [fix(`Set cache=${value ? 'writeback' : 'none'} on ${first.drive.label}`, toDrive, { preferred: true })]),
    ...(agreeing
      ? []
      : [
          fix(`Set rbd cache = ${!value} here, as the drive says`, [
            replaceInFile(context, place.valueSpan, String(!value)),
          ]),
        ]),
  ];
}
