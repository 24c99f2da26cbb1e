/** Texts of each kind: grammar first, then what no grammar knows. */
import fc from 'fast-check';
import { confText } from '../../conformance/live/conf-arbitraries.js';
import { driveText as driveAt, rbdName } from '../../conformance/live/drive-arbitraries.js';
import { blockdevNode } from '../../conformance/live/node-arbitraries.js';
import { loadSources, type Source } from '../../fuzz/sources.js';

export { blockdevNode, confText, rbdName };

/** The value of a `-drive`. */
export const driveText = driveAt('if=none,id=d');

export const SOURCES: readonly Source[] = loadSources(
  new URL('../../../', import.meta.url).pathname.replace(/\/$/, ''),
);
export const CONF_SOURCES = SOURCES.filter(({ kind }) => kind === 'conf');
export const COMMAND_SOURCES = SOURCES.filter(({ kind }) => kind === 'command');

/** Any UTF-16 code units: NUL, lone surrogates, line separators. */
export const units = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 0x7f }) }, fc.integer({ min: 0, max: 0xffff })), {
    maxLength: 60,
  })
  .map((codes) => String.fromCharCode(...codes));

const grammarWords = fc
  .array(
    fc.constantFrom(
      ...['\n', '\r\n', '\r', '\\\n', '\\', '"', "'", '#', ';', '=', '[', ']', ' ', '\t', '\uFEFF', '\0', 'é'],
      ...[
        ',',
        ',,',
        ':',
        '@',
        '/',
        '{',
        '}',
        '$(',
        ')',
        '${',
        '`',
        '<<E\n',
        "$'",
        '|',
        '&',
        '-drive',
        'qemu-kvm ',
        'rbd:',
      ],
      ...['key', 'a b', '[client]', 'id=x', '.0', '"k":', 'null', '1e9', '# rbdcache: qemu=2.2', 'rbdcache-disable x'],
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(''));

/** Grammar's own words in no order, or no words at all. */
export const anyText = fc.oneof({ weight: 2, arbitrary: grammarWords }, units);

const quotings = ['none', 'single', 'double'] as const;

/** A line of a script or of `ps` that starts QEMU with these drives. */
export const commandLine = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: driveText.map((drive) => ['-drive', drive] as const) },
      blockdevNode.map((node) => ['-blockdev', JSON.stringify(node)] as const),
      fc.constantFrom(['-snapshot', ''] as const, ['-name', 'x'] as const, ['-hda', 'rbd:p/i'] as const),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((options) => fc.tuple(fc.constant(options), fc.constantFrom(...quotings), fc.constantFrom(' ', ' \\\n  ')))
  .map(([options, quoting, separator]) =>
    ['qemu-system-x86_64', ...options.map(([flag, value]) => `${flag} ${quoted(value, quoting)}`)].join(separator),
  );

function quoted(value: string, quoting: (typeof quotings)[number]): string {
  if (value === '') return '';
  // A backslash in double quotes is read otherwise in a script than in what `ps` prints.
  if (quoting === 'double' && !/["\\$`]/.test(value)) return `"${value}"`;
  const plain = quoting === 'none' && !/['"{}\s]/.test(value);
  return plain ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

export const commandText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(commandLine, { minLength: 1, maxLength: 3 }).map((lines) => `${lines.join('\n')}\n`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...COMMAND_SOURCES).map(({ text }) => text) },
  grammarWords,
);

export const anyConf = fc.oneof(
  { weight: 4, arbitrary: confText },
  { weight: 2, arbitrary: fc.constantFrom(...CONF_SOURCES).map(({ text }) => text) },
  anyText,
);
