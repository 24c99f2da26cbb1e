/** Names that a command gives to its own parts: drives, nodes, secrets. */
import { MappedText, UNKNOWN } from '../../syntax/mapped-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { CommandAnalysis } from '../analysis-model.js';

/** Arguments that are looked through. */
const MOST_ARGUMENTS = 4_000;
const NO_LIMITS = { keyMax: null, valueMax: null, idAsText: false };

/** Ids of drives and names of nodes, those that no device has taken yet first. `but`: an argument that does not count. */
export function driveNames(command: CommandAnalysis | null, but: number): readonly string[] {
  if (command === null) return [];
  const { drives, others } = command.trace;
  const syntaxes = [...drives.map(({ syntax }) => syntax), ...others.map(({ syntax }) => syntax)];
  const names = syntaxes.flatMap(({ id, argument }) =>
    id === null || id === '' || id.includes(UNKNOWN) || argument === but ? [] : [id],
  );
  const taken = new Set(argumentsOf(command, 'device', but).map(({ text }) => valueIn(text, 'drive', 'driver')));
  const unique = [...new Set(names)];
  return [...unique.filter((name) => !taken.has(name)), ...unique.filter((name) => taken.has(name))];
}

/** Ids of `-object secret`. */
export function secretNames(command: CommandAnalysis | null, but: number): readonly string[] {
  if (command === null) return [];
  const ids = argumentsOf(command, 'object', but).flatMap(({ text }) =>
    valueIn(text, 'qom-type', 'qom-type') === 'secret' ? [valueIn(text, 'id', 'qom-type')] : [],
  );
  return [...new Set(ids)].filter((id): id is string => id !== null && id !== '' && !id.includes(UNKNOWN));
}

function argumentsOf({ command }: CommandAnalysis, flag: string, but: number): readonly MappedText[] {
  const { args } = command.first(MOST_ARGUMENTS);
  return args.filter((_, index) => {
    const before = args[index - 1]?.text;
    return index !== but && (before === `-${flag}` || before === `--${flag}`);
  });
}

function valueIn(text: string, key: string, firstKey: string): string | null {
  if (text.startsWith('{')) return new RegExp(`"${key}"\\s*:\\s*"([^"\\\\]*)"`).exec(text)?.[1] ?? null;
  const { options } = parseQemuOpts(MappedText.verbatim(text), { ...NO_LIMITS, firstKey }).tree;
  return options.findLast((option) => option.key === key)?.value ?? null;
}
