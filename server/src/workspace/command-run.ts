/** One command line, simulated and looked at by the rules: as long as its text and the files it read stay the same. */
import * as l10n from '@vscode/l10n';
import type { CommandRule, CommandRuleContext, Finding, Location, Rule, TextEdit } from '../rules/rule.js';
import type {
  ClusterSettings,
  CommandTrace,
  FileLookup,
  FileRead,
  FileSystem,
  ProcessEnvironment,
  ReleasePair,
} from '../simulate/model.js';
import { simulateCommand } from '../simulate/simulate.js';
import { confFile } from '../syntax/ceph-conf/conf-file.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { findQemuCommands, type QemuCommand } from '../syntax/commands.js';
import type { MappedText } from '../syntax/mapped-text.js';
import type { Span } from '../syntax/span.js';
import { editText } from '../syntax/text-edits.js';
import type { FileChange, FileChanges, SeenFiles } from './file-changes.js';
import { withoutSecrets } from './finding-text.js';
import { RecordedFiles } from './host-files.js';
import { identity, representativePairs } from './other-pairs.js';
import { commandRulesFor } from './rules-in-force.js';

export interface CommandSetting {
  readonly language: 'qemu-cmdline' | 'shellscript';
  readonly pair: ReleasePair;
  readonly pairAssumed: boolean;
  readonly environment: ProcessEnvironment;
  readonly files: FileSystem;
  readonly cluster: ClusterSettings | undefined;
  /** Told when a rule or the simulation fails, so that the rest can go on. */
  readonly report: (what: string, error: unknown) => void;
}

/** What the rules find in a command. */
interface Found {
  readonly findings: readonly Finding[];
  /** The answers of files that the run itself did not look at, but a fix that was tried, or another release. */
  readonly tried: SeenFiles;
}

/** No command that people run has more arguments; of one that has, the first ones are looked at. */
const MOST_ARGUMENTS = 4_000;
/** Where a command has more drives, nobody asks whether other releases refuse them, too. */
const MOST_ELSEWHERE = 200;

export class CommandRun {
  /** The same command in other releases, simulated when first asked for. */
  private otherRuns: readonly { readonly pair: ReleasePair; readonly trace: () => CommandTrace }[] | undefined;

  private constructor(
    readonly command: QemuCommand,
    private readonly setting: CommandSetting,
    private readonly rules: readonly Rule[],
    readonly trace: CommandTrace,
    /** Which answers of the files it was built on. */
    private readonly seen: SeenFiles,
    private found: Found | undefined,
  ) {}

  /** `now`: the setting's files. */
  static start(command: QemuCommand, setting: CommandSetting, rules: readonly Rule[], now: FileChanges): CommandRun {
    const files = new RecordedFiles(setting.files);
    const trace = simulate(command, { ...setting, files });
    return new CommandRun(command, setting, rules, trace, now.now([...files.seen.keys()]), undefined);
  }

  /** What is not looked at, in words; null: nothing. */
  get notice(): string | null {
    const { length } = this.command;
    const looked = this.command.first(MOST_ARGUMENTS).args.length;
    if (length === looked) return null;
    return l10n.t('This command has {0} arguments; only the first {1} are looked at.', length, looked);
  }

  /**
   * What a new run would give, where that is known without one: this run, or the same with the files as they are now.
   * `now`: the setting's files.
   */
  continued(setting: CommandSetting, now: FileChanges): CommandRun | null {
    const same =
      setting.pair === this.setting.pair &&
      setting.pairAssumed === this.setting.pairAssumed &&
      setting.environment === this.setting.environment &&
      setting.cluster === this.setting.cluster;
    if (!same) return null;
    const { seen, changes } = now.of(this.seen);
    if (changes === null) return null;
    const { trace } = this;
    // What is still to be looked at is looked at in the files of now.
    const triedAsNow =
      this.found === undefined ? setting.files === this.setting.files : now.of(this.found.tried).changes?.size === 0;
    if (changes.size === 0) {
      return triedAsNow ? this : new CommandRun(this.command, setting, this.rules, trace, seen, undefined);
    }
    if ('CEPH_ARGS' in setting.environment.env || !sparesAll(trace, changes)) return null;
    const stands = triedAsNow && this.found?.findings.every((finding) => standsBefore(finding, changes));
    const found = stands ? this.found : undefined;
    return new CommandRun(this.command, setting, this.rules, withFiles(trace, changes), seen, found);
  }

  /** What another setting makes of the command; `only`: argument of the one drive that is asked for. */
  inReleases(setting: CommandSetting, only?: number): CommandTrace {
    return simulate(this.command, setting, only);
  }

  /** What a setting makes of other arguments in the command's place. */
  withArguments(setting: CommandSetting, args: readonly MappedText[]): CommandTrace {
    return simulateArguments(args, this.command, setting);
  }

  /** Spans in the command count from its start. Made when first asked for. */
  get findings(): readonly Finding[] {
    this.found ??= this.check();
    return this.found.findings;
  }

  private check(): Found {
    const findings: Finding[] = [];
    const { pair, pairAssumed } = this.setting;
    const files = new RecordedFiles(this.setting.files);
    const context = this.context(pair, this.trace, files);
    for (const rule of commandRulesFor(this.rules, pair)) {
      let elsewhere: readonly FindingsElsewhere[] | undefined;
      for (const finding of this.apply(rule, context)) {
        if (finding.severity !== 'error' || !pairAssumed) {
          findings.push(withoutSecrets(finding));
          continue;
        }
        elsewhere ??= this.trace.drives.length > MOST_ELSEWHERE ? [NOWHERE_ELSE] : this.elsewhere(rule, files);
        findings.push(withoutSecrets(asCertain(finding, elsewhere)));
      }
    }
    return { findings, tried: new Map([...files.seen].filter(([path]) => !this.seen.has(path))) };
  }

  /** What a rule says of the command in other releases; each is looked at once, and only when it is asked for. */
  private elsewhere(rule: CommandRule, files: FileSystem): readonly FindingsElsewhere[] {
    this.otherRuns ??= representativePairs().map((pair) => {
      let trace: CommandTrace | undefined;
      return {
        pair,
        trace: () => {
          trace ??= simulate(this.command, { ...this.setting, pair, files });
          return trace;
        },
      };
    });
    return this.otherRuns.map(({ pair, trace }) => {
      let said: ReadonlySet<string> | undefined;
      return (finding) => {
        said ??= new Set(this.saidOf(rule, this.context(pair, trace(), files)));
        return said.has(identity(finding));
      };
    });
  }

  private saidOf(rule: CommandRule, context: CommandRuleContext): readonly string[] {
    if (!commandRulesFor(this.rules, context.releases).includes(rule)) return [];
    return this.apply(rule, context).map(identity);
  }

  /** `files`: those that what a rule tries is tried with. */
  private context(pair: ReleasePair, trace: CommandTrace, files: FileSystem): CommandRuleContext {
    const { setting, command } = this;
    return {
      command: {
        trace,
        text: command.text,
        program: command.program,
        words: command.first(MOST_ARGUMENTS).words,
        language: setting.language,
      },
      releases: pair,
      simulateEdited: (edits) => simulateEdited(this, edits, { ...setting, pair, files }, trace),
    };
  }

  private apply(rule: CommandRule, context: CommandRuleContext): readonly Finding[] {
    try {
      return [...rule.check(context)];
    } catch (error) {
      this.setting.report(`rule ${rule.id}`, error);
      return [];
    }
  }
}

/** True where a rule makes the same statement in another release. */
type FindingsElsewhere = (finding: Finding) => boolean;

const NOWHERE_ELSE: FindingsElsewhere = () => false;

/** While the releases are assumed, an error that other releases would not give is a warning. */
function asCertain(finding: Finding, elsewhere: readonly FindingsElsewhere[]): Finding {
  return elsewhere.every((holds) => holds(finding)) ? finding : { ...finding, severity: 'warning' };
}

/** True where no drive reads anything that changed, and nothing else was read of the files. */
function sparesAll({ drives }: CommandTrace, changes: ReadonlyMap<ConfFile, FileChange>): boolean {
  const read = new Set<ConfFile>();
  for (const { reads, calls, unknown, firstOpen } of drives) {
    for (const { taken } of reads) {
      const change = taken === null ? undefined : changes.get(taken.file);
      if (taken === null || change === undefined) continue;
      if (unknown.length > 0 || (firstOpen !== undefined && firstOpen !== null)) return false;
      for (const [call, id] of calls) {
        if (call === 'rados_create' && !change.spares(`client.${id ?? 'admin'}`)) return false;
      }
      read.add(taken.file);
    }
  }
  return read.size === changes.size;
}

function withFiles(trace: CommandTrace, changes: ReadonlyMap<ConfFile, FileChange>): CommandTrace {
  const current = (read: FileRead): FileRead => {
    const file = read.taken === null ? undefined : changes.get(read.taken.file)?.now;
    return read.taken === null || file === undefined ? read : { ...read, taken: { path: read.taken.path, file } };
  };
  return { ...trace, drives: trace.drives.map((drive) => ({ ...drive, reads: drive.reads.map(current) })) };
}

/** True where a finding speaks of no place behind an edit. */
function standsBefore({ at, related, fixes }: Finding, changes: ReadonlyMap<ConfFile, FileChange>): boolean {
  return (
    isBefore(at, changes) &&
    related.every((note) => isBefore(note.at, changes)) &&
    fixes.every(({ edits }) => edits.every((edit) => isBefore(edit.at, changes)))
  );
}

function isBefore(place: Location, changes: ReadonlyMap<ConfFile, FileChange>): boolean {
  if (place.in === 'command') return true;
  for (const { now, start } of changes.values()) if (now.id === place.file && place.span.end >= start) return false;
  return true;
}

function simulate(command: QemuCommand, setting: CommandSetting, only?: number): CommandTrace {
  return simulateArguments(command.first(MOST_ARGUMENTS).args, command, setting, only);
}

function simulateArguments(
  args: readonly MappedText[],
  command: QemuCommand,
  setting: CommandSetting,
  only?: number,
): CommandTrace {
  return simulateCommand({
    args,
    releases: setting.pair,
    files: setting.files,
    cluster: setting.cluster,
    environment: withAssignments(setting.environment, command),
    only,
  });
}

/** What the command itself puts into QEMU's environment counts before the settings. */
function withAssignments(environment: ProcessEnvironment, command: QemuCommand): ProcessEnvironment {
  const known = command.environment.filter(({ value }) => !value.hasUnknown());
  if (known.length === 0) return environment;
  const assigned = Object.fromEntries(known.map(({ name, value }) => [name, value.text]));
  return { ...environment, env: { ...environment.env, ...assigned } };
}

/** Simulates again with the command or a file edited; the same trace where the edit leaves no command. */
function simulateEdited(
  run: CommandRun,
  edits: readonly TextEdit[],
  setting: CommandSetting,
  unchanged: CommandTrace,
): CommandTrace {
  const inCommand: { span: Span; newText: string }[] = [];
  const inFiles = new Map<string, { span: Span; newText: string }[]>();
  for (const { at, newText } of edits) {
    if (at.in === 'command') inCommand.push({ span: at.span, newText });
    else inFiles.set(at.file, [...(inFiles.get(at.file) ?? []), { span: at.span, newText }]);
  }
  const [command] =
    inCommand.length === 0 ? [run.command] : findQemuCommands(editText(run.command.text, inCommand), setting.language);
  if (command === undefined) return unchanged;
  return simulate(command, { ...setting, files: new EditedFiles(setting.files, inFiles) });
}

class EditedFiles implements FileSystem {
  private readonly made = new Map<string, FileLookup>();

  constructor(
    private readonly base: FileSystem,
    private readonly edits: ReadonlyMap<string, readonly { span: Span; newText: string }[]>,
  ) {}

  lookUp(path: string): FileLookup {
    const answer = this.base.lookUp(path);
    if (answer.status !== 'file') return answer;
    const edits = this.edits.get(answer.file.id);
    if (edits === undefined) return answer;
    const known = this.made.get(answer.file.id);
    if (known !== undefined) return known;
    const edited: FileLookup = {
      status: 'file',
      file: confFile(answer.file.id, editText(answer.file.text, edits), answer.file),
    };
    this.made.set(answer.file.id, edited);
    return edited;
  }

  lookUpSecret(path: string): FileLookup {
    return this.base.lookUpSecret === undefined ? this.lookUp(path) : this.base.lookUpSecret(path);
  }
}
