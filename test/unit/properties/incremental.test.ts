import fc from 'fast-check';
import { expect } from 'vitest';
import { MemoryFileAccess } from '../../../server/src/workspace/memory-file-access.js';
import {
  COMMAND,
  CONF,
  checkLog,
  everythingSaid,
  FOLDER,
  LANGUAGES,
  openWorkspace,
  PAIRS,
  SCRIPT,
} from '../../fuzz/everything.js';
import { property } from './property.js';
import { COMMAND_SOURCES, CONF_SOURCES, commandText, confText } from './texts.js';

const OPEN = [CONF, COMMAND, SCRIPT] as const;
const OTHER_CONF = `${FOLDER}/srv/a.conf`;
const CLOSED_COMMAND = `${FOLDER}/closed.qemu`;
const RC = `${FOLDER}/.rbdcacherc`;
const ON_DISK = [OTHER_CONF, CLOSED_COMMAND, RC, CONF] as const;

const typed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('', '', 'a', ' ', '\n', ',', ':', '=', '"', "'", '\\', '#', '[', '\r\n', '\t', '}'),
  },
  fc.constantFrom(
    ...['rbd cache = true\n', '[client]\n', 'rbd_cache_max_dirty = 0\n', '# rbdcache: qemu=2.2 librbd=0.87\n'],
    ...['cache=none', ',cache=writeback', ':conf=/srv/a.conf', ':id=u', ' -drive file=rbd:p/i,format=raw'],
    ...['qemu-kvm -drive file=rbd:p/i:rbd_cache=true,format=raw\n', '# rbdcache-disable cache-unsafe\n', '#!/bin/sh\n'],
  ),
);

type Step =
  | {
      readonly do: 'type';
      readonly document: string;
      readonly at: number;
      readonly over: number;
      readonly text: string;
    }
  | { readonly do: 'replace'; readonly document: string; readonly text: string }
  | { readonly do: 'close' | 'look'; readonly document: string }
  | { readonly do: 'save'; readonly document: string; readonly text: string | null };

const open = fc.constantFrom(...OPEN);
const textOf = (address: string): fc.Arbitrary<string> =>
  address === CONF || address === OTHER_CONF ? confText : commandText;
const rcText = fc.constantFrom(
  '[releases]\nqemu = 2.2\nlibrbd = 0.87\n',
  '[severity]\nconf-unknown-option = off\ncache-unsafe = error\n',
  '[files]\nroot = .\n',
  '',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(open, fc.nat(), fc.constantFrom(0, 0, 1, 3, 20), typed)
      .map(([document, at, over, text]) => ({ do: 'type' as const, document, at, over, text })),
  },
  {
    weight: 1,
    arbitrary: open.chain((document) => textOf(document).map((text) => ({ do: 'replace' as const, document, text }))),
  },
  { weight: 4, arbitrary: open.map((document) => ({ do: 'look' as const, document })) },
  { weight: 1, arbitrary: open.map((document) => ({ do: 'close' as const, document })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...ON_DISK)
      .chain((document) =>
        fc
          .option(document === RC ? rcText : textOf(document), { freq: 4 })
          .map((text) => ({ do: 'save' as const, document, text })),
      ),
  },
);

const source = (sources: typeof CONF_SOURCES) => fc.constantFrom('', ...sources.map(({ text }) => text));
const start = fc.record({
  [CONF]: fc.oneof(source(CONF_SOURCES), confText),
  [COMMAND]: fc.oneof(source(COMMAND_SOURCES), commandText),
  [SCRIPT]: fc.oneof(source(COMMAND_SOURCES), commandText),
});
const disk = fc.record(
  { [OTHER_CONF]: confText, [CLOSED_COMMAND]: commandText, [CONF]: confText },
  { requiredKeys: [] },
);

property(
  'after any edits, each view says what a fresh start says of the same texts',
  400,
  fc.tuple(
    start,
    disk,
    fc.option(fc.constantFrom(...PAIRS), { freq: 6 }),
    fc.array(step, { minLength: 1, maxLength: 12 }),
    fc.nat(),
  ),
  ([documents, files, pair, steps, place]) => {
    const texts = new Map(Object.entries(documents));
    const edited = openWorkspace(documents, pair ?? undefined, new MemoryFileAccess(files));
    const say = (from: typeof edited, address: string): unknown => {
      const length = texts.get(address)?.length ?? 0;
      const offsets = [place, place >> 3, place >> 6].map((at) => at % (length + 1));
      return everythingSaid(from, address, { offsets });
    };
    for (const one of steps) {
      const { document } = one;
      switch (one.do) {
        case 'look':
          say(edited, document);
          break;
        case 'close':
          texts.delete(document);
          edited.workspace.closeDocument(document);
          break;
        case 'save':
          if (one.text === null) edited.files.remove(document);
          else edited.files.write(document, one.text);
          edited.workspace.filesChanged([document]);
          while (!edited.workspace.scanStep(1_000));
          break;
        default: {
          const text = one.do === 'replace' ? one.text : typeInto(texts.get(document) ?? '', one);
          texts.set(document, text);
          edited.workspace.setDocument(document, LANGUAGES[document] ?? '', text);
        }
      }
    }
    const fresh = openWorkspace(Object.fromEntries(texts), pair ?? undefined, edited.files);
    for (const address of [...OPEN, OTHER_CONF]) expect(say(edited, address), address).toEqual(say(fresh, address));
    checkLog(edited.log);
  },
);

function typeInto(text: string, { at, over, text: added }: Extract<Step, { do: 'type' }>): string {
  const from = at % (text.length + 1);
  return text.slice(0, from) + added + text.slice(from + over);
}
