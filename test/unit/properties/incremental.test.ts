import fc from 'fast-check';
import { expect } from 'vitest';
import type { Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Documents } from '../../../server/src/lsp/documents.js';
import type { Workspace } from '../../../server/src/workspace/analysis.js';
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
    arbitrary: fc.constantFrom(
      ...['', '', 'a', ' ', '\n', ',', ':', '=', '"', "'", '\\', '#', '[', '\r\n', '\r', '\n\n', '\t', '}'],
    ),
  },
  fc.constantFrom(
    ...['rbd cache = true\n', '[client]\n', 'rbd_cache_max_dirty = 0\n', '# rbdcache: qemu=2.2 librbd=0.87\n'],
    ...['cache=none', ',cache=writeback', ':conf=/srv/a.conf', ':id=u', ' -drive file=rbd:p/i,format=raw'],
    ...['qemu-kvm -drive file=rbd:p/i:rbd_cache=true,format=raw\n', '# rbdcache-disable cache-unsafe\n', '#!/bin/sh\n'],
  ),
);

/** A place that the document has, by its offset, or any numbers, as a client gone mad may send them. */
const place = fc.oneof(
  { weight: 3, arbitrary: fc.nat() },
  fc.constant('end' as const),
  fc.record({
    line: fc.constantFrom(-1, 0, 0.5, 1, 2, 3, 5, 8, 1e6),
    character: fc.constantFrom(-1, 0, 1, 1.5, 4, 30, 1e6),
  }),
);

type Place = number | 'end' | Position;

type Step =
  | {
      readonly do: 'type';
      readonly document: string;
      readonly at: Place;
      /** To how many characters behind it, or to another place. */
      readonly to: number | { readonly place: Place };
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
      .tuple(
        open,
        place,
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0, 0, 1, 3, 20) }, fc.record({ place })),
        typed,
      )
      .map(([document, at, to, text]) => ({ do: 'type' as const, document, at, to, text })),
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
    const edited = openWorkspace({}, pair ?? undefined, new MemoryFileAccess(files));
    const client = openDocuments(edited.workspace, documents);
    const textOf = (address: string): string => client.get(address)?.document.getText() ?? '';
    const say = (from: typeof edited, address: string): unknown => {
      const offsets = [place, place >> 3, place >> 6].map((at) => at % (textOf(address).length + 1));
      return everythingSaid(from, address, { offsets });
    };
    let version = 1;
    for (const one of steps) {
      const { document } = one;
      switch (one.do) {
        case 'look':
          say(edited, document);
          break;
        case 'close':
          client.close(document);
          break;
        case 'save':
          if (one.text === null) edited.files.remove(document);
          else edited.files.write(document, one.text);
          edited.workspace.filesChanged([document]);
          while (!edited.workspace.scanStep(1_000));
          break;
        default: {
          if (client.get(document) === undefined) client.open(document, LANGUAGES[document] ?? '', 0, '');
          const change = one.do === 'replace' ? { text: one.text } : typedChange(client.get(document)?.document, one);
          version += 1;
          client.change(document, version, [change]);
        }
      }
    }
    const texts = Object.fromEntries(client.all().map(({ address, document }) => [address, document.getText()]));
    const fresh = openWorkspace({}, pair ?? undefined, edited.files);
    const freshClient = openDocuments(fresh.workspace, texts);
    for (const address of [...OPEN, OTHER_CONF]) {
      expect(say(edited, address), address).toEqual(say(fresh, address));
      expect(allPositions(client, address), address).toEqual(allPositions(freshClient, address));
    }
    checkLog(edited.log);
  },
);

function openDocuments(workspace: Workspace, texts: Readonly<Record<string, string>>): Documents {
  const documents = new Documents(workspace);
  for (const [address, text] of Object.entries(texts)) documents.open(address, LANGUAGES[address] ?? '', 0, text);
  return documents;
}

function typedChange(document: TextDocument | undefined, { at, to, text }: Extract<Step, { do: 'type' }>) {
  const length = document?.getText().length ?? 0;
  const position = (one: Place): Position => {
    if (typeof one === 'object') return one;
    return document?.positionAt(one === 'end' ? length : one % (length + 1)) ?? { line: 0, character: 0 };
  };
  const start = position(at);
  const end = typeof to === 'object' ? position(to.place) : { line: start.line, character: start.character + to };
  return { range: { start, end }, text };
}

/** Where the client is shown each character: what every range that goes to it is made of. */
function allPositions(documents: Documents, address: string): readonly string[] {
  const document = documents.positions(address);
  return Array.from({ length: (document?.getText().length ?? 0) + 1 }, (_, offset) => {
    const { line, character } = document?.positionAt(offset) ?? { line: 0, character: 0 };
    return `${line}:${character}`;
  });
}
