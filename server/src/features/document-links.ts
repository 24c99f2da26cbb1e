/** Names of files: a drive's `conf=`, keyrings, log files, sockets, files of secrets, more arguments in a file. */
import type { DriveTrace } from '../simulate/model.js';
import { readCommandLine } from '../simulate/qemu/command-line.js';
import type { KeyNode } from '../syntax/ceph-conf/tree.js';
import { UNKNOWN } from '../syntax/mapped-text.js';
import { type Span, shift } from '../syntax/span.js';
import type { CommandAnalysis, ConfDocumentAnalysis, DocumentAnalysis } from './analysis-model.js';
import { optionWords } from './command-names.js';

/** What may be opened: a path on the machine that QEMU runs on, and where it is named. */
export interface NamedFile {
  readonly span: Span;
  /** Absolute. */
  readonly path: string;
  /** False for what only a program makes: a socket, the file of its process id. */
  readonly makeable: boolean;
}

/** Options of Ceph that name a file, and whether a person can make it. */
const FILE_OPTIONS: ReadonlyMap<string, boolean> = new Map([
  ['keyring', true],
  ['keyfile', true],
  ['log_file', true],
  ['mon_cluster_log_file', true],
  ['pid_file', false],
  ['admin_socket', false],
]);

/** Drives that are asked what a line's variables stand for. */
const MAX_DRIVES = 10;

/**
 * In the order of the text; several for one place, where drives make different names of it. `cwd`: where QEMU is started,
 * from which it looks up a ceph.conf.
 */
export function namedFiles(analysis: DocumentAnalysis, cwd: string): readonly NamedFile[] {
  if (analysis.kind === 'skipped') return [];
  const found =
    analysis.kind === 'conf' ? inConf(analysis) : analysis.commands.flatMap((command) => inCommand(command, cwd));
  return found.filter(({ path, span }) => span.end > span.start && path.startsWith('/') && !path.includes(UNKNOWN));
}

// ---------------------------------------------------------------------------------------------------------------------
// ceph.conf

function inConf(analysis: ConfDocumentAnalysis): readonly NamedFile[] {
  return analysis.tree.nodes.flatMap((node) => {
    const makeable = node.kind === 'key' ? FILE_OPTIONS.get(node.key.replaceAll('-', '_')) : undefined;
    if (node.kind !== 'key' || makeable === undefined) return [];
    const text = analysis.text.slice(node.valueSpan.start, node.valueSpan.end);
    return expanded(analysis, node).flatMap((value) =>
      named(text, value, node.valueSpan.start).map((file) => ({ ...file, makeable })),
    );
  });
}

/** What the drives that take this line make of its variables; the text itself, where it has none. */
function expanded({ uses }: ConfDocumentAnalysis, node: KeyNode): readonly string[] {
  if (!node.value.includes('$')) return [node.value];
  const values = uses
    .of(node)
    .slice(0, MAX_DRIVES)
    .flatMap(({ drive, candidate, beatenBy }) =>
      beatenBy === null ? (drive.trace.config?.get(candidate.option) ?? []) : [],
    );
  return [...new Set(values)];
}

const SEPARATED = /[^;,= \t"'\\\r\n]+/g;

/** The files that a value names, each where it is written; a keyring may name several. */
function named(written: string, value: string, start: number): readonly Pick<NamedFile, 'span' | 'path'>[] {
  const places = [...written.matchAll(SEPARATED)];
  const paths = value.match(SEPARATED) ?? [];
  if (places.length !== paths.length) return [];
  return places.map((match, index) => ({
    span: { start: start + match.index, end: start + match.index + match[0].length },
    path: paths[index] ?? '',
  }));
}

// ---------------------------------------------------------------------------------------------------------------------
// Commands

function inCommand(analysed: CommandAnalysis, cwd: string): readonly NamedFile[] {
  const { base, command, trace } = analysed;
  const found = [
    ...trace.drives.flatMap((drive) => inDrive(drive, cwd)),
    // Words are decoded for these; most commands have neither.
    ...(/-(object|readconfig)\b/.test(command.text) ? besideDrives(analysed) : []),
  ];
  return found.map((file) => ({ ...file, span: shift(file.span, base) })).sort((a, b) => a.span.start - b.span.start);
}

function inDrive(drive: DriveTrace, cwd: string): readonly NamedFile[] {
  const { syntax, config } = drive;
  const inName = syntax.name?.options ?? [];
  const confs = [
    ...inName.filter(({ key }) => key === 'conf'),
    ...syntax.options.filter(({ key }) => /(^|\.)conf$/.test(key)),
  ];
  const files = inName.flatMap(({ key, value, valueSpan }): NamedFile[] => {
    const option = key.replace(/[ -]/g, '_');
    const makeable = FILE_OPTIONS.get(option);
    if (makeable === undefined) return [];
    if (!value.includes('$')) return [{ span: valueSpan, path: value, makeable }];
    const winner = config?.inForce(option);
    const own = winner?.place.kind === 'argument' && winner.place.valueSpan.start === valueSpan.start;
    const path = own ? config?.get(option) : undefined;
    return path === undefined ? [] : [{ span: valueSpan, path, makeable }];
  });
  return [
    ...files,
    ...confs.map(({ value, valueSpan }) => ({ span: valueSpan, path: confPath(drive, value, cwd), makeable: true })),
  ];
}

/** Where librados looked for it. */
function confPath({ reads }: DriveTrace, value: string, cwd: string): string {
  const read = reads.find(({ requested }) => requested === value);
  const path = read?.taken?.path ?? read?.searched.at(-1)?.path ?? value;
  return path.startsWith('/') ? path : `${cwd.replace(/\/$/, '')}/${path}`;
}

function besideDrives(analysed: CommandAnalysis): readonly NamedFile[] {
  const { args } = analysed.command;
  const { objects } = readCommandLine(args);
  const secrets = objects.flatMap((given) => {
    const words = optionWords(given, analysed.trace.releases.qemu, 'qom-type');
    if (!words.some(({ key, value }) => key === 'qom-type' && value === 'secret')) return [];
    return words.flatMap(({ key, value, span }) => (key === 'file' ? [{ span, path: value, makeable: true }] : []));
  });
  const configs = args.flatMap((arg, index) => {
    const file = /^--?readconfig$/.test(arg.text) ? args[index + 1] : undefined;
    return file === undefined ? [] : [{ span: file.span(), path: file.text, makeable: true }];
  });
  return [...secrets, ...configs];
}
