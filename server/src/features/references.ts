/** Words that lead elsewhere: `conf=` to its file, `id=` to its section, a section to the drives that read it. */
import type { DriveTrace } from '../simulate/model.js';
import type { ConfFile } from '../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../syntax/span.js';
import type { DocumentAnalysis } from '../workspace/analysis-model.js';

export interface TargetView {
  readonly address: string;
  readonly span: Span;
  /** The word that leads there. */
  readonly from: Span;
}

const TOP: Span = { start: 0, end: 0 };

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

function fileNamed(drive: DriveTrace, path: string): ConfFile | undefined {
  return drive.reads.find((read) => read.requested === path)?.taken?.file;
}
