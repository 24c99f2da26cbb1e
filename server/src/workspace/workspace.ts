/**
 * Documents, the ceph.conf that each drive reads, and what the rules say of both. Knows no editor and no protocol: the
 * language server and the command line use it alike.
 */

import type { DocumentAnalysis, PlacedDrive } from '../features/analysis-model.js';
import type { Rule } from '../rules/rule.js';
import type { ClusterSettings, ProcessEnvironment } from '../simulate/model.js';
import { addressOfPath, displayName, liesIn, parentAddress } from './address.js';
import { Analyzer } from './analyzer.js';
import type { FileAccess } from './file-access.js';
import { documentKind } from './languages.js';
import { besideMachine, type PathPlace, placeOfPath } from './path-places.js';
import { RcFiles } from './rc-files.js';
import type { ReleaseChoices } from './releases-in-force.js';
import { Scan } from './scan.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';
import type { FolderView } from './surroundings.js';
import { DocumentTexts, EditedTexts, type Texts } from './texts.js';

/** Documents that an edit is tried on besides its own. */
const MAX_TIED = 20;

export interface WorkspaceOptions {
  readonly files: FileAccess;
  /** Told what a person should know and no document shows: an unreadable file, a rule that failed. */
  readonly log: (message: string) => void;
  /** Releases that a command line named; they beat `.rbdcacherc` and settings. */
  readonly commandLine?: ReleaseChoices;
  readonly rules: readonly Rule[];
}

export class Workspace {
  readonly texts: DocumentTexts;
  private readonly log: (message: string) => void;
  private readonly commandLine: ReleaseChoices;
  private readonly rules: readonly Rule[];
  private readonly rcFiles: RcFiles;
  private readonly scanned: Scan;
  private readonly logged = new Set<string>();
  private folderList: readonly string[] = [];
  private readonly settings = new Map<string, Settings>();
  private defaults: Settings = DEFAULT_SETTINGS;
  private analyzer: Analyzer;

  constructor(options: WorkspaceOptions) {
    this.log = options.log;
    this.commandLine = options.commandLine ?? {};
    this.rules = options.rules;
    this.texts = new DocumentTexts(options.files);
    this.rcFiles = new RcFiles(
      this.texts,
      (id) => this.rules.some((rule) => rule.id === id),
      (message) => this.say(message),
    );
    this.scanned = new Scan(options.files);
    this.analyzer = this.newAnalyzer(this.texts);
  }

  get folders(): readonly string[] {
    return this.folderList;
  }

  setFolders(addresses: readonly string[]): void {
    this.folderList = addresses.map((address) => (address.endsWith('/') ? address.slice(0, -1) : address));
    this.scanned.setRoots(this.folderList);
    this.settingsChanged();
  }

  /** `folder` null: the settings outside of all folders. */
  setSettings(folder: string | null, settings: Settings): void {
    if (folder === null) this.defaults = settings;
    else this.settings.set(folder.endsWith('/') ? folder.slice(0, -1) : folder, settings);
    this.settingsChanged();
  }

  settingsOf(address: string): Settings {
    const folder = this.folderOf(address);
    return (folder === null ? undefined : this.settings.get(folder)) ?? this.defaults;
  }

  /** True where the user allowed files outside of the folders, for any of them. */
  readsHostFiles(): boolean {
    return this.defaults.readHostFiles || [...this.settings.values()].some((settings) => settings.readHostFiles);
  }

  /** What a QEMU process started from this document inherits. */
  environmentOf(address: string): ProcessEnvironment {
    return this.analyzer.around.environmentOf(this.viewOf(address));
  }

  /** What somebody read from the cluster that this document's drives connect to; undefined where nobody looked. */
  clusterOf(address: string): ClusterSettings | undefined {
    return this.analyzer.around.clusterOf(this.viewOf(address));
  }

  /** Where a path that a document names can be opened: there, or still to be made; null where it cannot. */
  placeOfPath(address: string, path: string): PathPlace | null {
    const view = this.viewOf(address);
    const { readHostFiles } = view.settings;
    const root = this.analyzer.around.rootOf(besideMachine(address), view);
    return placeOfPath(path, { root, folders: this.folderList, readHostFiles }, this.texts);
  }

  /** As people name a document: relative to its folder. */
  nameOf(address: string): string {
    return displayName(address, this.folderList);
  }

  folderOf(address: string): string | null {
    let longest: string | null = null;
    for (const folder of this.folderList) {
      if (liesIn(folder, address) && folder.length > (longest?.length ?? -1)) longest = folder;
    }
    return longest;
  }

  /** An open document, new or changed. `language` is the client's id. */
  setDocument(address: string, language: string, text: string): void {
    this.texts.set({ address, language, text });
    this.analyzer.textChanged(address);
  }

  closeDocument(address: string): void {
    this.texts.close(address);
    this.analyzer.textChanged(address);
  }

  /** Something happened to files on the disk. */
  filesChanged(addresses: readonly string[]): void {
    for (const address of addresses) {
      this.texts.forget(address);
      this.scanned.touch(address);
    }
    this.rcFiles.forget();
    this.analyzer.filesChanged();
  }

  /** Looks at the files in use that nobody watches; true where one changed. */
  revalidate(watched: (address: string) => boolean): boolean {
    if (!this.texts.revalidate((address) => !watched(address))) return false;
    this.rcFiles.forget();
    this.analyzer.filesChanged();
    return true;
  }

  /** What is wrong with the `.rbdcacherc` files above a document, one sentence each. */
  rcProblems(address: string): readonly string[] {
    return this.rcFiles.of(address).problems;
  }

  /** Looks through the folders for more command files, a bounded step at a time; true when there is nothing left. */
  scanStep(milliseconds: number): boolean {
    const found = this.scanned.step(milliseconds);
    if (found > 0) this.analyzer.commandDocumentsChanged();
    return this.scanned.done;
  }

  /** Null for a document that is none of ours or cannot be read. */
  analyse(address: string): DocumentAnalysis | null {
    return this.analyzer.analyse(address);
  }

  /** All drives known, in open documents and in files of the workspace. */
  drives(): readonly PlacedDrive[] {
    return this.analyzer.allDrives();
  }

  /** The same workspace with some texts edited, to see what an edit would do. */
  edited(texts: ReadonlyMap<string, string>): Pick<Workspace, 'analyse' | 'drives'> {
    const analyzer = this.newAnalyzer(new EditedTexts(this.texts, texts), this.analyzer);
    return { analyse: (address) => analyzer.analyse(address), drives: () => analyzer.allDrives() };
  }

  /** Documents whose findings may depend on these: a file's drives, a drive's files. */
  tiedTo(addresses: readonly string[]): readonly string[] {
    const tied = new Set<string>();
    const wanted = new Set(addresses);
    for (const { trace, address } of this.analyzer.allDrives()) {
      for (const read of trace.reads) {
        const file = read.taken?.file.id;
        if (file === undefined) continue;
        if (wanted.has(address)) tied.add(file);
        if (wanted.has(file)) tied.add(address);
      }
      if (tied.size >= MAX_TIED) break;
    }
    return [...tied].slice(0, MAX_TIED);
  }

  private settingsChanged(): void {
    this.rcFiles.forget();
    this.texts.forgetAll();
    this.analyzer = this.newAnalyzer(this.texts);
  }

  private newAnalyzer(texts: Texts, base?: Analyzer): Analyzer {
    return new Analyzer({
      texts,
      rules: this.rules,
      folders: () => this.folderList,
      view: (address) => this.viewOf(address),
      commandDocuments: () => this.commandDocuments(),
      report: (what, error) => this.say(`${what} failed: ${error instanceof Error ? error.stack : String(error)}`),
      say: (message) => this.say(message),
      base,
    });
  }

  private viewOf(address: string): FolderView {
    const settings = this.settingsOf(address);
    const folder = this.folderOf(address);
    const rc = this.rcFiles.of(address);
    return {
      settings,
      rc,
      base: folder ?? parentAddress(address) ?? addressOfPath('/'),
      statements: {
        'command-line': this.commandLine,
        'rc-file': rc.releases,
        setting: {
          qemu: settings.qemuVersion,
          librbd: settings.librbdVersion,
          ...(settings.vendor === null ? {} : { vendor: settings.vendor }),
        },
      },
    };
  }

  /** Documents that may hold commands: open ones, and those that were found in the folders. */
  commandDocuments(): readonly string[] {
    const known = new Set<string>();
    for (const document of this.texts.openDocuments()) {
      const kind = documentKind(document.address, document.language);
      if (kind === 'qemu-cmdline' || kind === 'shellscript') known.add(document.address);
    }
    for (const address of this.scanned.commandFiles) known.add(address);
    return [...known];
  }

  /** Each message once. */
  private say(message: string): void {
    if (this.logged.has(message)) return;
    if (this.logged.size > 1_000) this.logged.clear();
    this.logged.add(message);
    this.log(message);
  }
}
