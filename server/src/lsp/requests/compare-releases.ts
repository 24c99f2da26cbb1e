import { cephRelease, qemuRelease } from '../../catalog/releases.js';
import type { CommandAnalysis, CommandDocumentAnalysis } from '../../features/analysis-model.js';
import type { compareReleases as Compare } from '../../features/compare-releases.js';
import { driveLinks } from '../../features/links.js';
import { redact } from '../../features/redact.js';
import type { ReportedDrive, UpgradeReport } from '../../features/upgrade-report.js';
import type { ReleasePair } from '../../simulate/model.js';
import { Lines } from '../../syntax/lines.js';
import type { Answering, Request } from '../answering.js';
import { inSlices } from '../in-slices.js';
import { stringIn } from '../params.js';

type Target = UpgradeReport['to'];

/** Takes `{qemu, librbd}`: the pair to go to, of which one may be null. Each drive is compared with the pair in force for it. */
export const compareReleases: Request = {
  methods: ['rbdcache/compareReleases'],
  gives: 'each drive of the workspace whose outcome another pair of releases changes, and why, as Markdown',
  listen(answering) {
    answering.connection.onRequest(
      'rbdcache/compareReleases',
      answering.guarded('rbdcache/compareReleases', async (params: unknown, token): Promise<string | null> => {
        const to = targetIn(params);
        if (to === null) return null;
        await answering.scanned();
        const { upgradeReport, compareReleases: compare } = await import('../later.js');
        const report = await inSlices(compared(answering, to, compare), token);
        return report && upgradeReport(report);
      }),
    );
  },
};

/** Null where no release is named, or one that nobody knows. */
function targetIn(params: unknown): Target | null {
  const [qemuText, librbdText] = [stringIn(params, 'qemu'), stringIn(params, 'librbd')];
  const qemu = qemuText === null ? null : qemuRelease(qemuText);
  const librbd = librbdText === null ? null : cephRelease(librbdText);
  if (qemu === undefined || librbd === undefined) return null;
  return qemu === null && librbd === null ? null : { qemu, librbd };
}

/** Stops after each command, so that others may be answered. */
function* compared(answering: Answering, to: Target, compare: typeof Compare): Generator<undefined, UpgradeReport> {
  const { workspace } = answering;
  const changed: ReportedDrive[] = [];
  let [drives, documents] = [0, 0];
  for (const address of workspace.commandDocuments()) {
    const analysis = workspace.analyse(address);
    if (analysis?.kind !== 'command') continue;
    const before = drives;
    const lines = new Lines(analysis.text);
    for (const command of analysis.commands) {
      const other = command.inReleases(pairAfter(analysis, to));
      const found = compare(command.command.text, command.trace, other);
      drives += found.length;
      for (const drive of found) {
        if (drive.changed.length > 0) changed.push(reported(answering, drive, { command, analysis, lines }));
      }
      yield;
    }
    if (drives > before) documents += 1;
  }
  return { to, changed, drives, documents };
}

function pairAfter({ releases: { pair } }: CommandDocumentAnalysis, { qemu, librbd }: Target): ReleasePair {
  return { ...pair, qemu: qemu ?? pair.qemu, librbd: librbd ?? pair.librbd };
}

interface Surroundings {
  readonly command: CommandAnalysis;
  readonly analysis: CommandDocumentAnalysis;
  readonly lines: Lines;
}

function reported(
  { links, workspace }: Answering,
  drive: ReportedDrive['drive'],
  { command, analysis, lines }: Surroundings,
): ReportedDrive {
  const { address, releases } = analysis;
  const { base } = command;
  const start = base + drive.syntax.span.start;
  const nameAt = (offset: number): string => `${workspace.nameOf(address)}:${lines.lineOf(offset) + 1}`;
  return {
    drive,
    name: nameAt(start),
    link: links.place(address, start),
    before: releases.pair,
    assumed: releases.assumed,
    text: command.command.text,
    links: driveLinks({ address, base }, links),
    namePlace: ({ location, line }) => {
      if (location.in === 'command') return redact(nameAt(base + location.span.start));
      const name = workspace.nameOf(location.file);
      return redact(line === null ? name : `${name}:${line}`);
    },
  };
}
