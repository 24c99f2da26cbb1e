/** Analyses documents over one set of texts, and keeps what still holds from one version of a text to the next. */

import * as l10n from '@vscode/l10n';
import { parserEra } from '../catalog/librados-rules.js';
import type {
  CommandAnalysis,
  CommandDocumentAnalysis,
  ConfDocumentAnalysis,
  DocumentAnalysis,
  Notice,
  PlacedDrive,
  PlacedFinding,
} from '../features/analysis-model.js';
import { driveLabel } from '../features/drive-label.js';
import { LineUses } from '../features/line-uses.js';
import type { ConfRuleContext, Rule } from '../rules/rule.js';
import type { ConfFile, ParserEra } from '../syntax/ceph-conf/tree.js';
import { FoundCommands } from '../syntax/commands.js';
import { type Directives, directivesIn } from '../syntax/directives.js';
import { shift } from '../syntax/span.js';
import { Suppressions } from '../syntax/suppressions.js';
import { displayName } from './address.js';
import { CommandRun, type CommandSetting } from './command-run.js';
import { findingsOnComments, type HeardDocument } from './comment-findings.js';
import { confReleases, driveOfFile, findingsInConf, sameView } from './conf-findings.js';
import { FILE_SIZE_CAP } from './file-access.js';
import { FileChanges } from './file-changes.js';
import { documentKind } from './languages.js';
import { looksLikeCephConf } from './looks-like-ceph-conf.js';
import { representativePairs } from './other-pairs.js';
import { type HeardFindings, heardFindings, placeFinding, placeFindings, withoutRepeats } from './placing.js';
import type { SeverityChoice } from './settings.js';
import { noticesOf, Surroundings, type SurroundingsInput } from './surroundings.js';

export interface AnalyzerInput extends SurroundingsInput {
  readonly rules: readonly Rule[];
  readonly commandDocuments: () => readonly string[];
  readonly report: (what: string, error: unknown) => void;
  /** Whose runs may be taken over where they still hold. */
  readonly base: Analyzer | undefined;
}

const NO_DIRECTIVES: Directives = { releases: [], suppressions: [], problems: [] };

interface PlacedCommand {
  readonly command: CommandAnalysis;
  readonly run: CommandRun;
  /** Made when first asked for. */
  findings: readonly PlacedFinding[] | undefined;
}

interface CommandEntry {
  readonly text: string;
  readonly filesEpoch: number;
  readonly found: FoundCommands;
  readonly directives: Directives;
  readonly runs: ReadonlyMap<string, CommandRun>;
  readonly placed: readonly PlacedCommand[];
  readonly analysis: Omit<CommandDocumentAnalysis, keyof HeardFindings>;
  heard: HeardFindings | undefined;
  drives: readonly PlacedDrive[] | undefined;
}

interface ConfEntry {
  readonly file: ConfFile;
  readonly filesEpoch: number;
  readonly drivesEpoch: number;
  readonly analysis: ConfDocumentAnalysis;
}

export class Analyzer {
  private readonly commands = new Map<string, CommandEntry>();
  private readonly confs = new Map<string, ConfEntry>();
  readonly around: Surroundings;
  private readonly read = new Set<string>();
  /** Counts what may change a drive's outcome without a change of its own text. */
  private filesEpoch = 0;
  /** Counts what may change which drives there are. */
  private drivesEpoch = 0;

  constructor(private readonly input: AnalyzerInput) {
    this.around = new Surroundings(input, input.base?.around);
  }

  /** A document was opened, edited or closed. */
  textChanged(address: string): void {
    this.drivesEpoch += 1;
    if (this.read.has(address) || this.isConf(address)) this.filesChanged();
    if (this.input.texts.open(address) === undefined) {
      this.commands.delete(address);
      this.confs.delete(address);
    }
  }

  filesChanged(): void {
    this.filesEpoch += 1;
    this.drivesEpoch += 1;
    this.around.filesChanged();
  }

  commandDocumentsChanged(): void {
    this.drivesEpoch += 1;
  }

  analyse(address: string): DocumentAnalysis | null {
    const language = this.input.texts.open(address)?.language ?? null;
    const kind = documentKind(address, language);
    if (kind === null) return null;
    const content = this.input.texts.read(address);
    if (content.status !== 'file') {
      if (content.status === 'unreadable')
        this.input.say(l10n.t('{0}: {1}; skipped.', displayName(address, this.input.folders()), content.reason));
      return null;
    }
    const { text } = content;
    if (text.length > FILE_SIZE_CAP) {
      const reason = l10n.t(
        'This file is larger than {0}; it is not looked into.',
        `${FILE_SIZE_CAP / 1024 / 1024} MiB`,
      );
      this.input.say(`${displayName(address, this.input.folders())}: ${reason}`);
      return { kind: 'skipped', address, text, releases: this.around.releases(address, NO_DIRECTIVES), reason };
    }
    if (kind !== 'ceph-conf') return this.commandAnalysis(address, kind, text);
    if (!looksLikeCephConf(text)) {
      return {
        kind: 'skipped',
        address,
        text,
        releases: this.around.releases(address, directivesIn(text)),
        reason: null,
      };
    }
    return this.confAnalysis(address);
  }

  allDrives(): readonly PlacedDrive[] {
    return this.input.commandDocuments().flatMap((address) => this.drivesIn(address));
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Command documents

  private commandAnalysis(address: string, language: 'qemu-cmdline' | 'shellscript', text: string) {
    const entry = this.commandEntry(address, language, text);
    entry.heard ??= this.commandFindings(entry);
    return { ...entry.analysis, ...entry.heard };
  }

  private commandEntry(address: string, language: 'qemu-cmdline' | 'shellscript', text: string): CommandEntry {
    const before = this.commands.get(address);
    if (before !== undefined && before.filesEpoch === this.filesEpoch && before.text === text) return before;
    const view = this.input.view(address);
    const directives = directivesIn(text);
    const releases = this.around.releases(address, directives);
    const root = this.around.rootOf(address, view);
    const setting: CommandSetting = {
      language,
      pair: releases.pair,
      pairAssumed: releases.assumed,
      environment: this.around.environmentOf(view),
      files: this.around.hostOf(root, view.settings.readHostFiles),
      cluster: this.around.clusterOf(view),
      report: this.input.report,
    };
    const earlier = before ?? this.input.base?.commands.get(address);
    const known = earlier?.runs;
    const now = new FileChanges(setting.files, erasOf(setting));
    const runs = new Map<string, CommandRun>();
    const found = FoundCommands.of(text, language, earlier?.found);
    const kept = before?.filesEpoch === this.filesEpoch ? before.placed : undefined;
    const placed = found.commands.map((command, index): PlacedCommand => {
      const old = runs.get(command.text) ?? known?.get(command.text);
      const continued = old?.continued(setting, now) ?? null;
      const run = continued ?? CommandRun.start(command, setting, this.input.rules, now);
      runs.set(command.text, run);
      const same = kept?.[index];
      if (same?.run === run && same.command.command === command) return same;
      if (continued === null || before === undefined) this.noteReads(run);
      const { start, end } = command.span;
      return {
        run,
        command: { command, base: start, end, trace: run.trace, ...otherwise(run, setting) },
        findings: undefined,
      };
    });
    const entry: CommandEntry = {
      text,
      filesEpoch: this.filesEpoch,
      found,
      directives,
      runs,
      placed,
      analysis: {
        kind: 'command',
        notices: [...noticesOf(directives, releases), ...placed.flatMap(lengthNotice)],
        address,
        text,
        language,
        releases,
        root,
        commands: placed.map((one) => one.command),
      },
      heard: undefined,
      drives: undefined,
    };
    this.commands.set(address, entry);
    return entry;
  }

  private commandFindings(entry: CommandEntry): HeardFindings {
    const { address } = entry.analysis;
    const severity = this.severities(address);
    const all: PlacedFinding[] = [];
    for (const placed of entry.placed) {
      placed.findings ??= placeFindings(placed.run.findings, { address, base: placed.command.base }, severity);
      for (const finding of placed.findings) all.push(finding);
    }
    const suppressions = new Suppressions(entry.directives.suppressions, () =>
      entry.placed.map(({ command }) => ({ start: command.base, end: command.end + 1 })),
    );
    return heardFindings(this.withComments(entry.analysis, all, suppressions), suppressions);
  }

  /** Drives of a document that is open or was found by the scan. */
  private drivesIn(address: string): readonly PlacedDrive[] {
    const kind = documentKind(address, this.input.texts.open(address)?.language ?? null);
    if (kind !== 'qemu-cmdline' && kind !== 'shellscript') return [];
    const content = this.input.texts.read(address);
    if (content.status !== 'file' || content.text.length > FILE_SIZE_CAP) return [];
    const entry = this.commandEntry(address, kind, content.text);
    entry.drives ??= entry.placed.flatMap(({ command }) =>
      command.trace.drives.map((trace) => ({
        trace,
        label: driveLabel(trace),
        address,
        span: shift(trace.syntax.span, command.base),
        base: command.base,
        text: command.command.text,
        releases: entry.analysis.releases,
      })),
    );
    return entry.drives;
  }

  // -------------------------------------------------------------------------------------------------------------------
  // ceph.conf

  private confAnalysis(address: string): ConfDocumentAnalysis | null {
    const file = this.input.texts.conf(address);
    if (file === undefined) return null;
    const before = this.confs.get(address);
    const current = before?.filesEpoch === this.filesEpoch && before.drivesEpoch === this.drivesEpoch;
    if (before !== undefined && current && before.file === file) return before.analysis;
    const drives = this.allDrives().filter((drive) =>
      drive.trace.reads.some((read) => read.taken?.file.id === file.id),
    );
    const directives = directivesIn(file.text);
    const own = this.around.releases(address, directives);
    const releases = confReleases(own, drives);
    if (before !== undefined && before.file === file && sameView(before.analysis, drives, releases)) {
      this.confs.set(address, { ...before, filesEpoch: this.filesEpoch, drivesEpoch: this.drivesEpoch });
      return before.analysis;
    }
    const tree = file.tree(parserEra(releases.pair.librbd));
    const severity = this.severities(address);
    const analysis: Omit<ConfDocumentAnalysis, keyof HeardFindings> = {
      kind: 'conf',
      notices: noticesOf(directives, own),
      address,
      text: file.text,
      releases,
      file,
      tree,
      drives,
      uses: new LineUses(file.id, drives),
    };
    const find = (): HeardFindings => {
      const context: ConfRuleContext = {
        file,
        tree,
        releases: releases.pair,
        drives: drives.map(driveOfFile),
        allowedOptions: this.allowedOptions(address),
      };
      const found: PlacedFinding[] = [];
      for (const rule of this.input.rules) {
        if (rule.looksAt !== 'conf') continue;
        for (const finding of findingsInConf(rule, context, releases.assumed, this.input.report)) {
          found.push(...placedOrNone(placeFinding(finding, null, address, severity)));
        }
      }
      for (const { finding, origin } of this.findingsFromCommands(drives)) {
        if (finding.at.in !== 'file' || finding.at.file !== address) continue;
        found.push(...placedOrNone(placeFinding(finding, origin, address, severity)));
      }
      const suppressions = new Suppressions(directives.suppressions, () => tree.nodes.map((node) => node.span));
      return heardFindings(this.withComments(analysis, withoutRepeats(found), suppressions), suppressions);
    };
    // Made when first asked for: who types and is offered words need not wait for the rules.
    let known: HeardFindings | undefined;
    const heard = (): HeardFindings => {
      known ??= find();
      return known;
    };
    const complete: ConfDocumentAnalysis = {
      ...analysis,
      get findings() {
        return heard().findings;
      },
      get suppressed() {
        return heard().suppressed;
      },
    };
    this.confs.set(address, { file, filesEpoch: this.filesEpoch, drivesEpoch: this.drivesEpoch, analysis: complete });
    return complete;
  }

  /** What the rules said of a command at a place in a file. */
  private *findingsFromCommands(drives: readonly PlacedDrive[]) {
    const bases = new Map<string, Set<number>>();
    for (const drive of drives) {
      const known = bases.get(drive.address) ?? new Set<number>();
      bases.set(drive.address, known.add(drive.base));
    }
    for (const [address, wanted] of bases) {
      for (const { command, run } of this.commands.get(address)?.placed ?? []) {
        if (!wanted.has(command.base)) continue;
        for (const finding of run.findings) yield { finding, origin: { address, base: command.base } };
      }
    }
  }

  // -------------------------------------------------------------------------------------------------------------------
  // What surrounds a document

  /** The findings, and what is to be said of the comments that turn findings off. */
  private withComments(
    analysis: HeardDocument,
    findings: readonly PlacedFinding[],
    suppressions: Suppressions,
  ): readonly PlacedFinding[] {
    if (suppressions.none) return findings;
    const severity = this.severities(analysis.address);
    const { rules, report } = this.input;
    const unused = findingsOnComments({ analysis, findings, suppressions, rules, severity, report });
    return unused.length === 0 ? findings : [...findings, ...unused];
  }

  private allowedOptions(address: string): readonly string[] {
    const { rc, settings } = this.input.view(address);
    return [...rc.allowedOptions, ...settings.allowedOptions];
  }

  private severities(address: string): (rule: string) => SeverityChoice | undefined {
    const { rc, settings } = this.input.view(address);
    return (rule) => rc.severity.get(rule) ?? settings.severity.get(rule);
  }

  private noteReads(run: CommandRun): void {
    for (const drive of run.trace.drives) {
      for (const read of drive.reads) if (read.taken !== null) this.read.add(read.taken.file.id);
    }
  }

  private isConf(address: string): boolean {
    return documentKind(address, this.input.texts.open(address)?.language ?? null) === 'ceph-conf';
  }
}

/** A function of its own: one made where the document is read would keep the version before, and that the one before it. */
function otherwise(run: CommandRun, setting: CommandSetting): Pick<CommandAnalysis, 'inReleases' | 'withArguments'> {
  return {
    inReleases: (pair, only) => run.inReleases({ ...setting, pair }, only),
    withArguments: (args) => run.withArguments(setting, args),
  };
}

function lengthNotice({ command, run }: PlacedCommand): readonly Notice[] {
  const message = run.notice;
  return message === null ? [] : [{ message, span: shift(run.command.program, command.base) }];
}

/** How a file is read for a drive: while the releases are assumed, as others read it, too. */
function erasOf({ pair, pairAssumed }: CommandSetting): ReadonlySet<ParserEra> {
  const pairs = pairAssumed ? [pair, ...representativePairs()] : [pair];
  return new Set(pairs.map(({ librbd }) => parserEra(librbd)));
}

function placedOrNone(finding: PlacedFinding | null): readonly PlacedFinding[] {
  return finding === null ? [] : [finding];
}
