/**
 * A librados connection before rados_connect: what its configuration is after each call, and where each value came from.
 * Source: librados.cc, config.cc, config_values.cc of 0.48.3 to 20.2.4.
 */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import { EINVAL, ENOENT, type LibradosRules, librados } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import { normalizeKeyName } from '../../syntax/ceph-conf/key-name.js';
import type { ConfFile } from '../../syntax/ceph-conf/tree.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type {
  Candidate,
  Cluster,
  CreateCluster,
  FileLookup,
  FileRead,
  Level,
  LibradosContext,
  OptionTrace,
  Place,
  ProcessEnvironment,
} from '../model.js';
import { readCephArgs } from './ceph-args.js';
import { defaultsNaming } from './default-texts.js';
import { type FileValues, fileValues, textCandidate } from './file-values.js';
import { lookUpPath, whyNoFile } from './paths.js';
import { releaseDefaults, releasePresets } from './release-values.js';
import { absolutePath, clusterNameOf, pathsToTry } from './search.js';
import { expandAndKeep, expandOnRead, type VariableSource } from './variables.js';

export const createCluster: CreateCluster = (context, id) => new LibradosCluster(context, `client.${id ?? 'admin'}`);

/** One thing that was written into the configuration: a whole file, or a single value. */
type Write = { readonly file: FileValues; readonly single: null } | { readonly file: null; readonly single: Candidate };

const RANK: Readonly<Record<Level, number>> = {
  default: 0,
  mon: 1,
  file: 2,
  env: 3,
  cmdline: 4,
  override: 5,
  final: 6,
};

function abortReason(): string {
  return l10n.t(
    'a non-ASCII character outside comments and quotes ends the process in builds with assertions, such as Debian’s 16.2.15',
  );
}

class LibradosCluster implements Cluster, VariableSource {
  readonly reads: FileRead[] = [];
  readonly rules: LibradosRules;
  readonly environment: ProcessEnvironment;
  cluster: string;
  private readonly context: LibradosContext;
  private readonly release: CephRelease;
  private readonly defaults: Map<string, Candidate>;
  private readonly writes: Write[] = [];
  /** Up to 12.2: texts whose variables were expanded, and so are no longer what was written. */
  private readonly kept = new Map<Candidate, string>();
  /** What the environment sets anew after each file. */
  private readonly repeated: Candidate[] = [];
  private fileFound = false;
  private heldHost = '';
  exits: string | null = null;

  constructor(
    context: LibradosContext,
    readonly identity: string,
  ) {
    this.context = context;
    this.release = context.release;
    this.environment = context.environment;
    this.rules = librados(context.release);
    this.cluster = this.rules.clusterName === 'ceph' ? 'ceph' : '';
    this.defaults = releaseDefaults(context.release);
    for (const preset of releasePresets(context.release)) this.write(preset);
    this.readEnvironment();
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Reading values

  get(option: string): string | undefined {
    const winner = this.winner(option);
    return winner === undefined ? undefined : (this.textOf(winner) ?? undefined);
  }

  trace(option: string): OptionTrace | undefined {
    const winning = this.winner(option);
    if (winning === undefined) return undefined;
    const stored = [this.default(option) ?? winning];
    for (const { file, single } of this.writes) {
      if (single !== null) {
        if (single.option === option) stored.push(single);
      } else stored.push(...(file.options.get(option)?.candidates ?? []));
    }
    const candidates: Candidate[] = [];
    let winner = winning;
    for (const candidate of stored) {
      const value = this.textOf(candidate);
      const shown = value === candidate.value ? candidate : { ...candidate, value };
      candidates.push(shown);
      if (candidate === winning) winner = shown;
    }
    return { option, candidates, winner };
  }

  inForce(option: string): Candidate | undefined {
    const winner = this.winner(option);
    if (winner === undefined) return undefined;
    const value = this.textOf(winner);
    return value === winner.value ? winner : { ...winner, value };
  }

  mentioned(): readonly string[] {
    const names = new Set<string>();
    for (const { file, single } of this.writes) {
      if (single?.place.kind === 'release') continue;
      if (single !== null) names.add(single.option);
      else for (const name of file.options.keys()) names.add(name);
    }
    return [...names];
  }

  host(): string {
    return this.rules.levels ? this.heldHost : (this.get('host') ?? '');
  }

  /** From 13.2 on: librados keeps its own copy of `host`, in which `$host` is what the copy held before. */
  private holdHost(): void {
    const text = this.winner('host')?.value ?? '';
    this.heldHost = text.includes('$') ? this.expandedNow(text, ['host']) : text;
  }

  private default(option: string): Candidate | undefined {
    const known = this.defaults.get(option);
    if (known !== undefined) return known;
    const about = cephOption(this.release, option);
    if (about === undefined) return undefined;
    const candidate: Candidate = {
      option,
      written: about.default,
      value: about.default,
      level: 'default',
      place: { kind: 'release' },
      refusal: null,
      unknown: false,
    };
    this.defaults.set(option, candidate);
    return candidate;
  }

  /** The value in force; undefined for what is no option of this release. */
  private winner(option: string): Candidate | undefined {
    let best: Candidate | undefined;
    for (let i = this.writes.length - 1; i >= 0; i--) {
      const write = this.writes[i];
      if (write === undefined) continue;
      const { file, single } = write;
      if (single !== null && single.option !== option) continue;
      const candidate = single ?? file?.options.get(option)?.taken;
      if (candidate === undefined || candidate.value === null) continue;
      if (!this.rules.levels) return candidate;
      if (best === undefined || RANK[candidate.level] > RANK[best.level]) best = candidate;
    }
    return best ?? this.default(option);
  }

  /** As `rados_conf_get` would print this candidate, were it the one in force; null where it was refused. */
  private textOf(candidate: Candidate): string | null {
    const { value, option } = candidate;
    if (value === null || !value.includes('$') || cephOption(this.release, option)?.type !== 'str') return value;
    if (this.rules.levels) return this.expandedNow(value, [option]);
    const kept = this.kept.get(candidate);
    // What the release itself gives was expanded by rados_create; it is looked at when first asked for.
    if (kept !== undefined || candidate.level !== 'default') return kept ?? value;
    return this.keep(candidate, []);
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Variables

  /** From 13.2 on. Like librados, a loop leaves its options on the stack. */
  private expandedNow(text: string, stack: string[]): string {
    let inLoop = false;
    const expanded = expandOnRead(this, text, (name) => {
      if (stack.includes(name)) {
        inLoop = true;
        return 'loop';
      }
      const winner = this.winner(name);
      if (winner?.value == null) return 'unknown';
      if (!winner.value.includes('$') || cephOption(this.release, name)?.type !== 'str') return { text: winner.value };
      stack.push(name);
      return { text: this.expandedNow(winner.value, stack) };
    });
    if (!inLoop) stack.pop();
    return expanded;
  }

  /** Up to 12.2. */
  private expandedOnce(text: string, stack: readonly string[]): string {
    return expandAndKeep(this, text, (name) => {
      const about = cephOption(this.release, name);
      if (about === undefined || about.type === 'subsys') return undefined;
      const winner = this.winner(name);
      if (winner?.value == null) return undefined;
      return about.type === 'str' ? this.keep(winner, stack) : winner.value;
    });
  }

  /** Expands a text in place, as the option's slot holds it. */
  private keep(candidate: Candidate, stack: readonly string[]): string {
    const text = this.kept.get(candidate) ?? candidate.value ?? '';
    if (!text.includes('$') || stack.includes(candidate.option)) return text;
    const expanded = this.expandedOnce(text, [...stack, candidate.option]);
    this.kept.set(candidate, expanded);
    return expanded;
  }

  /** Options of type text that something but the release gives a `$`. */
  private withVariables(): readonly string[] {
    const names = new Set<string>();
    for (const { file, single } of this.writes) {
      if (single === null) for (const name of file.withVariables) names.add(name);
      else if (single.place.kind !== 'release' && this.isVariableText(single)) names.add(single.option);
    }
    return [...names];
  }

  private isVariableText({ option, value }: Candidate): boolean {
    return value?.includes('$') === true && cephOption(this.release, option)?.type === 'str';
  }

  /** Up to 12.2, after a file was read: each text in force is expanded for good. */
  private keepAll(): void {
    for (const option of this.withVariables().toSorted()) {
      const winner = this.winner(option);
      if (winner !== undefined && winner.level !== 'default') this.keep(winner, []);
    }
  }

  /** Up to 12.2: the release's own texts were expanded before what they name changes. */
  private keepDefaultsNaming(changed: string): void {
    for (const option of defaultsNaming(this.release).get(changed) ?? []) {
      const candidate = this.default(option);
      if (candidate !== undefined) this.textOf(candidate);
    }
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Writing values

  set(option: string, value: string, place: Place): number {
    const name = normalizeKeyName(option, this.rules.era);
    if (cephOption(this.release, name) === undefined) return option === '' && this.rules.levels ? EINVAL : ENOENT;
    const candidate = this.candidate(name, value, 'override', place);
    this.write(candidate);
    return candidate.refusal?.errno ?? 0;
  }

  private candidate(name: string, written: string, level: Level, place: Place): Candidate {
    if (written.includes(UNKNOWN)) {
      return { option: name, written, value: written, level, place, refusal: null, unknown: true };
    }
    const expands = !this.rules.levels && written.includes('$');
    const value = expands ? this.expandedOnce(written, []) : written;
    return textCandidate(this.release, name, written, level, place, value);
  }

  private write(candidate: Candidate): void {
    if (!this.rules.levels) this.keepDefaultsNaming(candidate.option);
    this.writes.push({ file: null, single: candidate });
    if (this.rules.levels && candidate.option === 'host') this.holdHost();
  }

  private readEnvironment(): void {
    const { env } = this.environment;
    for (const { variable, options } of this.rules.environment) {
      const value = env[variable];
      if (value === undefined) continue;
      for (const option of options) this.setFromEnvironment(option, value, 'env', variable);
    }
    const args = this.rules.readsCephArgs ? env['CEPH_ARGS'] : undefined;
    if (args === undefined) return;
    const { settings, exits } = readCephArgs(this.release, args, (path) => this.keyIn(path));
    this.exits = exits;
    for (const { option, value, level } of settings) this.setFromEnvironment(option, value, level, 'CEPH_ARGS');
  }

  private keyIn(path: string): string | null {
    const found = this.context.files.lookUp(absolutePath(this.environment.cwd, path));
    if (found.status === 'file') return found.file.text;
    return found.status === 'unknown' ? UNKNOWN : null;
  }

  private setFromEnvironment(option: string, value: string, level: Level, variable: string): void {
    if (cephOption(this.release, option) === undefined) return;
    const candidate = this.candidate(option, value, level, { kind: 'environment', variable });
    this.write(candidate);
    if (!this.rules.levels || level === 'override') this.repeated.push(candidate);
  }

  /** rados_conf_read_file ends with another look at the environment, which writes over what came since. */
  private repeatEnvironment(): void {
    for (const candidate of this.repeated) {
      const at = this.writes.findIndex((write) => write.single === candidate);
      if (at >= 0) this.writes.push(...this.writes.splice(at, 1));
    }
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Files

  readFile(requested: string | null): FileRead {
    const read = this.search(requested);
    this.reads.push(read);
    if (read.returned === 0) {
      this.repeatEnvironment();
      if (this.rules.levels) this.holdHost();
      else this.keepAll();
    }
    return read;
  }

  private search(requested: string | null): FileRead {
    const { rules } = this;
    if (this.cluster === '' && requested === null) this.cluster = 'ceph';
    const searched: { path: string; status: FileLookup['status'] }[] = [];
    let uncertain = false;
    const answer = (returned: number, taken: FileRead['taken'], abort: string | null = null): FileRead => ({
      requested,
      searched,
      taken,
      returned,
      uncertain,
      abort,
    });
    for (const written of pathsToTry(rules, requested, this.environment.env['CEPH_CONF'])) {
      const path = this.expandPath(written);
      const found = lookUpPath(this.context.files, this.environment.cwd, path);
      searched.push({ path, status: found.status });
      if (found.status === 'file') {
        const abort = this.take(path, found.file);
        const refused = abort !== null || found.file.tree(rules.era).rejected;
        return answer(refused ? EINVAL : 0, { path, file: found.file }, abort);
      }
      if (found.status === 'unknown') uncertain = true;
      const outcome = this.withoutFile(found.status, path);
      if (outcome === 0) this.remember(path);
      if (outcome !== 'next') return answer(outcome, null);
    }
    return answer(rules.remembersFile && this.fileFound ? 0 : rules.noneFound, null);
  }

  /** What a path that gives no file does to the search: ends it with a result, or lets it go on. */
  private withoutFile(status: FileLookup['status'], path: string): number | 'next' {
    const { unreadable, directory } = this.rules;
    if (status === 'directory') return directory;
    const impossible = status === 'missing' ? whyNoFile(this.context.files, this.environment.cwd, path) : null;
    if (status !== 'unreadable' && impossible === null) return 'next';
    if (unreadable === 'empty') return 0;
    return unreadable === 'next' ? 'next' : (impossible ?? unreadable);
  }

  private expandPath(path: string): string {
    if (!path.includes('$')) return path;
    return this.rules.levels ? this.expandedNow(path, []) : this.expandedOnce(path, []);
  }

  /** Takes the values of a file; gives the reason where reading it ends the process. */
  private take(path: string, file: ConfFile): string | null {
    const tree = file.tree(this.rules.era);
    if (this.rules.assertsAscii && tree.abortsAt !== null) return abortReason();
    if (tree.rejected) return null;
    const values = fileValues(tree, this.release, this.identity, path);
    if (values.options.size > 0) {
      if (!this.rules.levels) {
        for (const named of defaultsNaming(this.release).keys()) {
          if (values.options.has(named)) this.keepDefaultsNaming(named);
        }
      }
      this.writes.push({ file: values, single: null });
      if (this.rules.levels && values.options.has('host')) this.holdHost();
    }
    this.remember(path);
    return null;
  }

  private remember(path: string): void {
    this.fileFound = true;
    if (this.cluster === '') this.cluster = clusterNameOf(path, this.rules.clusterName);
  }
}
