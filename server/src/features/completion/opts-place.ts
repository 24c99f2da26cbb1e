/** Where the caret stands among the `key=value` of an argument. */
import { MappedText } from '../../syntax/mapped-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import { type EditedText, partOf, withoutDoubledCommas } from './edited-text.js';

export interface OptsPlace {
  /** Null at a key. */
  readonly key: string | null;
  /** The key as it is written, or the value. */
  readonly edited: EditedText;
  /** At a key: whether `=` follows. */
  readonly hasEquals: boolean;
  /** True for the first option, which may be a value without its key. */
  readonly isFirst: boolean;
  /** Values of the other options; of a repeated one the last. */
  readonly others: ReadonlyMap<string, string>;
  /** The argument with another value of the key at the caret; null: without that option. */
  withValue(value: string | null): string;
}

const NO_LIMITS = { keyMax: null, valueMax: null, idAsText: false };

/** `firstKey`: the key that a first word without `=` is the value of. */
export function optsPlace(argument: EditedText, firstKey: string | null): OptsPlace {
  const { text, caret } = argument;
  const { options } = parseQemuOpts(MappedText.verbatim(text), { ...NO_LIMITS, firstKey }).tree;
  const index = options.findIndex(({ start, end }) => start <= caret && caret <= end);
  const here = options[index];
  const others = new Map(options.filter((_, at) => at !== index).map(({ key, value }) => [key, value]));
  const start = here?.start ?? caret;
  const end = here?.end ?? caret;
  const isFirst = start === 0;
  const place = {
    isFirst,
    others,
    withValue: (value: string | null): string =>
      replaced(
        text,
        start,
        end,
        value === null ? null : `${here?.key ?? firstKey ?? ''}=${value.replaceAll(',', ',,')}`,
      ),
  };
  if (here === undefined || caret <= here.keyEnd) {
    const keyEnd = here === undefined ? caret : here.keyEnd;
    const bareFirst = isFirst && firstKey !== null && text.charAt(here?.end ?? caret) !== '=' && !isWritten(text, here);
    if (!bareFirst) {
      const edited = partOf(argument, start, keyEnd, (written) => written);
      return { ...place, key: null, edited, hasEquals: text.charAt(keyEnd) === '=' };
    }
    return { ...place, key: firstKey, edited: withoutDoubledCommas(argument, start, end), hasEquals: false };
  }
  return {
    ...place,
    key: here.key,
    edited: withoutDoubledCommas(argument, here.valueStart, here.end),
    hasEquals: false,
  };
}

/** True where the first option has a key of its own. */
function isWritten(text: string, option: { readonly start: number; readonly end: number } | undefined): boolean {
  return option !== undefined && /^[^,=]*=/.test(text.slice(option.start, option.end));
}

function replaced(text: string, start: number, end: number, option: string | null): string {
  if (option !== null) return text.slice(0, start) + option + text.slice(end);
  const before = text.slice(0, start).replace(/,$/, '');
  const after = text.slice(end);
  return before === '' ? after.replace(/^,/, '') : before + after;
}
