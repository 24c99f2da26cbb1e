/** The words of a drive that name something outside of it. */
import type { DriveTrace } from '../../simulate/model.js';
import type { ConfFile } from '../../syntax/ceph-conf/tree.js';
import type { Span } from '../../syntax/span.js';

/** Spans count from the start of the drive's command. */
export interface Word {
  readonly key: string;
  /** As QEMU reads it. */
  readonly value: string;
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** `conf=` in the name, `conf` of a node. */
export function confWords({ syntax }: DriveTrace): readonly Word[] {
  return [
    ...(syntax.name?.options.filter(({ key, unknown }) => key === 'conf' && !unknown) ?? []),
    ...memberWords(syntax.options, /(?:^|\.)conf$/),
  ];
}

/** `id=` in the name, `user` of a node. */
export function userWords({ syntax }: DriveTrace): readonly Word[] {
  return [
    ...(syntax.name?.options.filter(({ key, unknown }) => key === 'id' && !unknown) ?? []),
    ...memberWords(syntax.options, /(?:^|\.)user$/),
  ];
}

/** Options of Ceph's in the name, with underscores. */
export function optionWordsOf({ syntax }: DriveTrace): readonly Word[] {
  const own = syntax.name?.options.filter(({ key }) => key !== 'id' && key !== 'conf' && key !== '') ?? [];
  return own.map((option) => ({ ...option, key: option.key.replace(/[ -]/g, '_') }));
}

/** A JSON string stands in quotes. */
function memberWords(options: DriveTrace['syntax']['options'], wanted: RegExp): readonly Word[] {
  return options
    .filter(({ key, unknown }) => wanted.test(key) && !unknown)
    .map((option) => ({ ...option, valueSpan: withoutQuotes(option.valueSpan, option.value) }));
}

function withoutQuotes({ start, end }: Span, value: string): Span {
  return end - start === value.length + 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

/** The file that a `conf=` led to. */
export function fileNamed({ reads }: DriveTrace, path: string): ConfFile | undefined {
  return reads.find((read) => read.requested === path)?.taken?.file;
}
