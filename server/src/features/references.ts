/** Words that lead elsewhere: `conf=` to its file, `id=` to its section, a section to the drives that read it. */
import type { DriveTrace } from '../simulate/model.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { type Span, shift, touches } from '../syntax/span.js';
import type { CommandDocumentAnalysis, DocumentAnalysis } from '../workspace/analysis-model.js';
import { commandAt, driveAt } from './places.js';

export interface TargetView {
  readonly address: string;
  readonly span: Span;
  /** The word that leads there. */
  readonly from: Span;
}

const TOP: Span = { start: 0, end: 0 };
const MAX_TARGETS = 100;

/** Where each `conf=` of the document leads. */
export function documentLinks(analysis: DocumentAnalysis): readonly TargetView[] {
  if (analysis.kind !== 'command') return [];
  return analysis.commands.flatMap(({ base, trace }) =>
    trace.drives.flatMap((drive) =>
      confWords(drive).flatMap((word) => {
        const file = fileNamed(drive, word.value);
        return file === undefined ? [] : [{ address: file.id, span: TOP, from: shift(word.valueSpan, base) }];
      }),
    ),
  );
}

export function definitionsAt(analysis: DocumentAnalysis, offset: number): readonly TargetView[] {
  if (analysis.kind === 'skipped') return [];
  if (analysis.kind === 'command') return inDrive(analysis, offset);
  const section = analysis.tree.nodes.find((node) => node.kind === 'section' && touches(node.nameSpan, offset));
  if (section?.kind !== 'section') return [];
  const id = /^client\.(.+)$/.exec(section.name)?.[1];
  return analysis.drives
    .filter(({ trace }) => id === undefined || (trace.image.user ?? 'admin') === id)
    .slice(0, MAX_TARGETS)
    .map(({ address, span }) => ({ address, span, from: section.nameSpan }));
}

function inDrive(analysis: CommandDocumentAnalysis, offset: number): readonly TargetView[] {
  const command = commandAt(analysis, offset);
  if (command === undefined) return [];
  const own = offset - command.base;
  const drive = driveAt(command, own);
  if (drive === undefined) return [];
  const conf = confWords(drive).find(({ span }) => touches(span, own));
  if (conf !== undefined) {
    const file = fileNamed(drive, conf.value);
    return file === undefined ? [] : [{ address: file.id, span: TOP, from: shift(conf.span, command.base) }];
  }
  const user = userWords(drive).find(({ span }) => touches(span, own));
  const file = drive.reads.at(-1)?.taken?.file;
  if (user === undefined || file === undefined) return [];
  const section = sectionOf(file, `client.${user.value}`);
  return [{ address: file.id, span: section ?? TOP, from: shift(user.span, command.base) }];
}

interface Word {
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

function confWords({ syntax }: DriveTrace): readonly Word[] {
  return [
    ...(syntax.name?.options.filter(({ key }) => key === 'conf') ?? []),
    ...syntax.options.filter(({ key }) => /(^|\.)conf$/.test(key)),
  ];
}

function userWords({ syntax }: DriveTrace): readonly Word[] {
  return [
    ...(syntax.name?.options.filter(({ key }) => key === 'id') ?? []),
    ...syntax.options.filter(({ key }) => /(^|\.)user$/.test(key)),
  ];
}

function fileNamed(drive: DriveTrace, path: string): ConfFile | undefined {
  return drive.reads.find((read) => read.requested === path)?.taken?.file;
}

function sectionOf(file: ConfFile, name: string): Span | undefined {
  for (const node of file.tree('B').nodes) {
    if (node.kind === 'section' && node.name === name) return node.nameSpan;
  }
  return undefined;
}
