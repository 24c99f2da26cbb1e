/**
 * Looks into many files with the memory that a few take. Drives and ceph.confs are judged together, so a batch holds the
 * files that are asked for and, beside them, those whose drives read its ceph.confs; what is done is dropped.
 */
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { DocumentAnalysis, PlacedDrive } from '../features/analysis-model.js';
import { addressOfPath } from '../workspace/address.js';
import type { Workspace } from '../workspace/analysis.js';
import type { FileAccess } from '../workspace/file-access.js';
import { type DocumentKind, kindByName } from '../workspace/languages.js';
import { FilesWithTexts } from './files-with-texts.js';
import type { InputFile, InputProblem, Inputs } from './input-files.js';
import { displayPath, isIn, tryRealPath } from './paths.js';
import { Positions } from './placed.js';
import { openWorkspace, readInput, type SessionOptions } from './session.js';

export interface BatchOptions extends SessionOptions {
  /** Command files that are open at once, and ceph.confs. */
  readonly batchSize?: number;
  /** Command files that a ceph.conf is judged with: the first so many, and one of each kind of drive beyond. */
  readonly mostReaders?: number;
  /** True where nothing is asked of ceph.confs themselves. */
  readonly commandsOnly?: boolean;
  /** Texts to be taken in the place of what lies on the disk, by address. */
  readonly texts?: ReadonlyMap<string, string>;
}

const BATCH_SIZE = 100;
/** From so many files on the heap is kept small; V8 would rather let it grow fourfold than look for garbage. */
const MANY_FILES = 1_000;
const MOST_READERS = 1_000;
/** Kinds of drives that are told apart, over all files. */
const MOST_KINDS = 5_000;

export interface LookedInto {
  readonly file: InputFile;
  readonly kind: DocumentKind;
  readonly analysis: DocumentAnalysis;
  /** Holds this file and what it is judged with, until the next one is asked for. */
  readonly workspace: Workspace;
  readonly positions: Positions;
  /** How many inputs are done with, this one included. */
  readonly done: number;
}

interface Entry {
  readonly file: InputFile;
  readonly address: string;
  readonly kind: DocumentKind;
  /** A ceph.conf that would not be found in the place of itself: it is open in each batch. */
  readonly everywhere: boolean;
}

/** Command files that read a ceph.conf: those that it is judged with, and how many there are. */
interface Readers {
  readonly chosen: Entry[];
  readonly kinds: Set<string>;
  count: number;
  last: Entry | null;
}

export class Batches {
  /** Inputs that could not be looked into; complete when all analyses were taken. */
  readonly problems: InputProblem[];
  private readonly said = new Set<string>();
  private readonly kinds = new Set<string>();

  constructor(
    private readonly inputs: Inputs,
    private readonly options: BatchOptions,
  ) {
    this.problems = [...inputs.problems];
    if (inputs.files.length >= MANY_FILES) setFlagsFromString('--heap-growing-percent=75');
  }

  get size(): number {
    return this.inputs.files.length;
  }

  /** What else a person should know; complete when all analyses were taken. */
  get notes(): readonly string[] {
    return [...this.said];
  }

  /** In the order of the inputs. */
  *analyses(): Generator<LookedInto> {
    const entries = this.entries();
    const commands = entries.filter(({ kind }) => kind !== 'ceph-conf');
    const { batchSize = BATCH_SIZE, commandsOnly = false } = this.options;
    const wanted = commandsOnly ? commands : entries;
    const readers = commands.length > batchSize && !commandsOnly ? this.findReaders(commands, entries) : null;
    let done = this.problems.length - this.inputs.problems.length;
    for (const { batch, beside } of cut(wanted, batchSize, readersOf(readers, commands))) {
      const workspace = this.openWorkspace(entries);
      const positions = new Positions(workspace);
      const opened = batch.filter((entry) => this.open(workspace, entry));
      done += batch.length - opened.length;
      for (const entry of beside) this.open(workspace, entry);
      for (const { file, address, kind } of opened) {
        done += 1;
        const analysis = workspace.analyse(address);
        if (analysis === null) continue;
        for (const problem of analysis.releases.problems) this.said.add(problem);
        yield { file, kind, analysis, workspace, positions, done };
      }
    }
  }

  /** The inputs whose kind is known; the others are opened to be told. */
  private entries(): readonly Entry[] {
    const folders = [this.options.cwd, ...this.inputs.folders].flatMap((folder) => tryRealPath(folder) ?? []);
    const isFound = (path: string): boolean => {
      const real = tryRealPath(path);
      return real !== null && folders.some((folder) => isIn(folder, real));
    };
    return this.inputs.files.flatMap((file): Entry[] => {
      const address = addressOfPath(file.path);
      const read = file.kind === null ? readInput(file) : { kind: file.kind };
      if ('message' in read) {
        this.problems.push({ path: file.path, message: read.message });
        return [];
      }
      const { kind } = read;
      const everywhere = kind === 'ceph-conf' && (kindByName(address) === null || !isFound(file.path));
      return [{ file, address, kind, everywhere }];
    });
  }

  /** With those ceph.confs open that are to be so everywhere. */
  private openWorkspace(entries: readonly Entry[]): Workspace {
    const { texts } = this.options;
    const log = (message: string): void => void this.said.add(message);
    const around = (files: FileAccess): FileAccess => (texts === undefined ? files : new FilesWithTexts(files, texts));
    const workspace = openWorkspace(this.inputs.folders, this.options, log, around);
    for (const entry of entries) if (entry.everywhere) this.open(workspace, entry);
    return workspace;
  }

  /** False where it cannot be read. A ceph.conf is read from the disk when it is needed. */
  private open(workspace: Workspace, { file, address, kind, everywhere }: Entry): boolean {
    const read = readInput({ path: file.path, kind });
    if ('message' in read) {
      if (!this.problems.some(({ path }) => path === file.path)) {
        this.problems.push({ path: file.path, message: read.message });
      }
      return false;
    }
    if (kind !== 'ceph-conf' || (everywhere && workspace.texts.open(address) === undefined)) {
      workspace.setDocument(address, kind, this.options.texts?.get(address) ?? read.text);
    }
    return true;
  }

  /** Runs all commands once, without the rules, to know who reads which of the ceph.confs. */
  private findReaders(commands: readonly Entry[], entries: readonly Entry[]): ReadonlyMap<string, Readers> {
    const readers = new Map<string, Readers>();
    for (const { address, kind } of entries) {
      if (kind === 'ceph-conf') readers.set(address, { chosen: [], kinds: new Set(), count: 0, last: null });
    }
    if (readers.size === 0) return readers;
    for (const { batch } of cut(commands, this.options.batchSize ?? BATCH_SIZE, () => [])) {
      const workspace = this.openWorkspace(entries);
      const byAddress = new Map(batch.map((entry) => [entry.address, entry]));
      for (const entry of batch) this.open(workspace, entry);
      for (const drive of workspace.drives()) {
        const entry = byAddress.get(drive.address);
        if (entry !== undefined) this.noteReader(drive, entry, readers);
      }
    }
    for (const [address, { count, chosen }] of readers) {
      if (count <= chosen.length) continue;
      const name = displayPath(address, this.options.cwd);
      this.said.add(
        `${name} is read by the drives of ${count} files; it was judged with ${chosen.length} of them, among them one of ` +
          'each kind of drive',
      );
    }
    return readers;
  }

  private noteReader(drive: PlacedDrive, entry: Entry, readers: ReadonlyMap<string, Readers>): void {
    for (const { taken } of drive.trace.reads) {
      const known = taken === null ? undefined : readers.get(taken.file.id);
      if (known === undefined) continue;
      if (known.last !== entry) known.count += 1;
      known.last = entry;
      const kind = kindOf(drive);
      const isNew = !known.kinds.has(kind) && this.kinds.size < MOST_KINDS;
      if (isNew) {
        known.kinds.add(kind);
        this.kinds.add(kind);
      }
      const wanted = isNew || known.chosen.length < (this.options.mostReaders ?? MOST_READERS);
      if (wanted && known.chosen.at(-1) !== entry) known.chosen.push(entry);
    }
  }
}

interface Batch {
  readonly batch: readonly Entry[];
  /** What its ceph.confs are judged with that is not part of it. */
  readonly beside: readonly Entry[];
}

/** Runs of entries that open about so many command files at once, readers of their ceph.confs included, and so many ceph.confs. */
function* cut(entries: readonly Entry[], size: number, readers: (conf: Entry) => readonly Entry[]): Generator<Batch> {
  let batch: Entry[] = [];
  let open = new Set<Entry>();
  const take = (): Batch => {
    const own = new Set(batch);
    return { batch, beside: [...open].filter((entry) => !own.has(entry)) };
  };
  for (const entry of entries) {
    const wanted = entry.kind === 'ceph-conf' ? readers(entry) : [entry];
    const more = wanted.filter((one) => !open.has(one)).length;
    if (batch.length >= 2 * size || (batch.length > 0 && more > 0 && open.size + more > size)) {
      yield take();
      batch = [];
      open = new Set();
    }
    batch.push(entry);
    for (const one of wanted) open.add(one);
  }
  if (batch.length > 0) yield take();
}

/** Who reads a ceph.conf; all commands where nobody looked, as they fit into one batch. */
function readersOf(readers: ReadonlyMap<string, Readers> | null, commands: readonly Entry[]) {
  return ({ address }: Entry): readonly Entry[] => (readers === null ? commands : (readers.get(address)?.chosen ?? []));
}

/** The same for drives that a ceph.conf means the same to. */
function kindOf({ trace, releases }: PlacedDrive): string {
  const { pair } = releases;
  const said = [
    [pair.qemu.label, pair.librbd.label, pair.vendor, releases.assumed],
    [trace.image.user, trace.cacheMode, trace.error?.code, trace.unknown.length > 0, trace.outcome],
    trace.calls,
  ];
  return createHash('sha1').update(JSON.stringify(said)).digest('base64');
}
