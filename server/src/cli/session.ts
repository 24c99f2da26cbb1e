/** The files that a command was given, opened in workspaces of their own. */
import { readFileSync, statSync } from 'node:fs';
import type { DocumentAnalysis } from '../features/analysis-model.js';
import { decodeBytes } from '../syntax/ceph-conf/decode.js';
import { findQemuCommands } from '../syntax/commands.js';
import { addressOfPath } from '../workspace/address.js';
import { Workspace } from '../workspace/analysis.js';
import { FILE_SIZE_CAP, type FileAccess } from '../workspace/file-access.js';
import { type DocumentKind, documentKind } from '../workspace/languages.js';
import { looksLikeCephConf } from '../workspace/looks-like-ceph-conf.js';
import { NodeFileAccess } from '../workspace/node-file-access.js';
import type { ReleaseChoices } from '../workspace/releases-in-force.js';
import { DEFAULT_SETTINGS } from '../workspace/settings.js';
import { collectInputs, type InputFile, type InputProblem, systemMessage } from './input-files.js';
import { isIn, leadsToKeyring } from './paths.js';

export interface SessionOptions {
  readonly cwd: string;
  readonly releases: ReleaseChoices;
  /** Whether files of this machine outside of `cwd` may be read when a drive names them. */
  readonly readHostFiles: boolean;
}

export interface Session {
  readonly workspace: Workspace;
  readonly analyses: readonly DocumentAnalysis[];
  /** Files that could not be looked into. */
  readonly problems: readonly InputProblem[];
  /** What else a person should know: a setting that was passed over, a release that had to be taken as another. */
  readonly notes: readonly string[];
  readonly cwd: string;
}

/** Reads and analyses all at once; `words` as in {@link collectInputs}. */
export function openSession(words: readonly string[], options: SessionOptions): Session {
  const { files, problems: missing, folders } = collectInputs(words, options.cwd);
  const problems = [...missing];
  const notes: string[] = [];
  const workspace = openWorkspace(folders, options, (message) => notes.push(message));
  const opened: string[] = [];
  for (const file of files) {
    const read = readInput(file);
    if ('message' in read) problems.push({ path: file.path, message: read.message });
    else {
      const address = addressOfPath(file.path);
      workspace.setDocument(address, read.kind, read.text);
      opened.push(address);
    }
  }
  const analyses = opened.flatMap((address) => workspace.analyse(address) ?? []);
  for (const analysis of analyses) for (const problem of analysis.releases.problems) notes.push(problem);
  return { workspace, analyses, problems, notes: [...new Set(notes)], cwd: options.cwd };
}

/** `given`: folders besides the current one whose files may be read. `around` may put texts in the place of files. */
export function openWorkspace(
  given: readonly string[],
  { cwd, releases, readHostFiles }: SessionOptions,
  log: (message: string) => void,
  around: (files: FileAccess) => FileAccess = (files) => files,
): Workspace {
  const folders = foldersOf(given, cwd);
  const files = around(new NodeFileAccess({ folders: () => folders, hostFiles: () => readHostFiles }));
  const workspace = new Workspace({ files, log, commandLine: releases });
  workspace.setFolders(folders.map(addressOfPath));
  workspace.setSettings(null, { ...DEFAULT_SETTINGS, readHostFiles });
  return workspace;
}

/** The current folder, and those given that lie in no other. */
function foldersOf(given: readonly string[], cwd: string): readonly string[] {
  const folders = new Set([cwd, ...given]);
  return [...folders].filter((folder) => ![...folders].some((other) => other !== folder && isIn(other, folder)));
}

export type ReadInput = { readonly kind: DocumentKind; readonly text: string } | { readonly message: string };

/** The text of an input and its kind, or why it is none. */
export function readInput({ path, kind }: Pick<InputFile, 'path' | 'kind'>): ReadInput {
  if (leadsToKeyring(path)) return { message: 'keyrings are never read' };
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { message: 'not a regular file; skipped' };
    if (stats.size > FILE_SIZE_CAP) {
      return { message: `larger than ${FILE_SIZE_CAP / 1024 / 1024} MiB (${stats.size} bytes); skipped` };
    }
    const text = decodeBytes(readFileSync(path));
    const known = kind ?? kindByContent(path, text);
    return known === null
      ? { message: 'neither a ceph.conf nor a file with a QEMU command line; skipped' }
      : { kind: known, text };
  } catch (error) {
    return { message: systemMessage(error) };
  }
}

function kindByContent(path: string, text: string): DocumentKind | null {
  const named = documentKind(addressOfPath(path), null);
  if (named !== null) return named;
  if (findQemuCommands(text, 'shellscript').length > 0) return 'shellscript';
  if (/^\s*-(?:drive|blockdev|name|device)\s/m.test(text)) return 'qemu-cmdline';
  return text.trim() !== '' && looksLikeCephConf(text) ? 'ceph-conf' : null;
}
