/** What the panel's page and the extension say to each other. */
import type { Matrix, ShownCell, ShownLadder, TextPlace } from '../../../server/src/features/who-wins/view.js';

/** A pair of releases, as the matrix names them. */
export interface Pair {
  readonly qemu: string;
  readonly librbd: string;
}

/** The drive that a panel shows; by its name it is found again where its text has moved. */
export interface Target extends TextPlace {
  readonly drive: string;
}

/** All words of the page, in the language of the editor. `{0}` stands for a value. */
export interface PageWords {
  readonly title: string;
  readonly inForce: string;
  readonly loading: string;
  readonly matrix: string;
  readonly matrixHelp: string;
  readonly cell: string;
  readonly chosen: string;
  readonly signs: string;
  readonly explanation: string;
  readonly explained: string;
  readonly noDrive: string;
  readonly use: string;
  readonly isInForce: string;
  readonly exactPair: string;
  readonly wholeTrace: string;
  readonly ladder: string;
  readonly ladderHelp: string;
  readonly option: string;
  readonly value: string;
  readonly wins: string;
  readonly exportSvg: string;
  readonly exportMarkdown: string;
}

export type HostMessage =
  | { readonly type: 'words'; readonly words: PageWords }
  | { readonly type: 'matrix'; readonly target: Target; readonly matrix: Matrix }
  /** There is no matrix, and why. */
  | { readonly type: 'nothing'; readonly message: string }
  | {
      readonly type: 'explained';
      readonly pair: Pair;
      readonly cell: ShownCell | null;
      readonly ladder: ShownLadder | null;
    };

export const EXPORT_FORMATS = ['svg', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type PageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'explain'; readonly pair: Pair; readonly option: string }
  | { readonly type: 'use'; readonly pair: Pair }
  | { readonly type: 'open'; readonly place: TextPlace }
  | { readonly type: 'export'; readonly format: ExportFormat }
  /** The page shows a matrix of that many rows and columns, and the ladder of an option. */
  | { readonly type: 'drawn'; readonly rows: number; readonly columns: number; readonly ladder: string };

/** What the page keeps over a reload of the window. */
export interface Remembered {
  readonly target: Target;
  readonly pair: Pair | null;
  readonly option: string;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

/** A message of the page; undefined for anything else. */
export function pageMessage(value: unknown): PageMessage | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'explain': {
      const [pair, option] = [pairOf(fields['pair']), fields['option']];
      return pair && typeof option === 'string' ? { type: 'explain', pair, option } : undefined;
    }
    case 'use': {
      const pair = pairOf(fields['pair']);
      return pair && { type: 'use', pair };
    }
    case 'open': {
      const place = textPlace(fields['place']);
      return place && { type: 'open', place };
    }
    case 'export': {
      const format = EXPORT_FORMATS.find((known) => known === fields['format']);
      return format && { type: 'export', format };
    }
    case 'drawn': {
      const { rows, columns, ladder } = fields;
      const drawn = typeof rows === 'number' && typeof columns === 'number' && typeof ladder === 'string';
      return drawn ? { type: 'drawn', rows, columns, ladder } : undefined;
    }
    default:
      return undefined;
  }
}

/** What a page kept, perhaps an older one; undefined where no drive can be read from it. */
export function remembered(value: unknown): Remembered | undefined {
  const fields = fieldsOf(value);
  const target = fieldsOf(fields?.['target']);
  const place = textPlace(target);
  const drive = target?.['drive'];
  if (fields === undefined || place === undefined || typeof drive !== 'string') return undefined;
  const option = fields['option'];
  return {
    target: { ...place, drive },
    pair: pairOf(fields['pair']) ?? null,
    option: typeof option === 'string' ? option : '',
  };
}

function pairOf(value: unknown): Pair | undefined {
  const { qemu, librbd } = fieldsOf(value) ?? {};
  return typeof qemu === 'string' && typeof librbd === 'string' ? { qemu, librbd } : undefined;
}

function textPlace(value: unknown): TextPlace | undefined {
  const { uri, position } = fieldsOf(value) ?? {};
  const { line, character } = fieldsOf(position) ?? {};
  return typeof uri === 'string' && typeof line === 'number' && typeof character === 'number'
    ? { uri, position: { line, character } }
    : undefined;
}
