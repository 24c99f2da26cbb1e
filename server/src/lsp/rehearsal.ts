/**
 * The first answer of a kind waits for code that has never run, and for tables that nobody has read. So the server asks itself,
 * while nobody else does.
 */
import { setImmediate } from 'node:timers/promises';
import { type CompletionList, completionsAt } from '../features/completion.js';
import { type HoverView, hoverAt } from '../features/hover.js';
import { MemoryFileAccess } from '../workspace/memory-file-access.js';
import { Workspace } from '../workspace/workspace.js';

const ADDRESS = 'file:///rehearsal';
/** A caret is where something is asked; it is no part of the text. */
const CARET = /‸/g;
const DOCUMENTS = [
  { language: 'ceph-conf', text: '[client.a]\nrbd_ca‸che = true\nrbd_cache_s‸ize = 1\nrbd_cache_m‸ = 1' },
  {
    language: 'shellscript',
    text: 'qemu-system-x86_64 -drive file=rbd:rbd/image:id=a:rbd_ca‸che=true,format=raw,if=virtio,cache=w‸riteback',
  },
] as const;
/** What has run once is still slow. */
const ROUNDS = 3;

/** Ends when all has been asked; messages that come meanwhile are taken in between. */
export async function rehearse(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const _ of answers()) await setImmediate();
  }
}

/** The rehearsal's own documents, looked into anew: what is said at each caret. */
export function* answers(): Generator<{ readonly hover: HoverView | null; readonly completions: CompletionList }> {
  const linker = { place: () => null, explanation: () => null };
  for (const { language, text } of DOCUMENTS) {
    const workspace = new Workspace({ files: new MemoryFileAccess(), log: () => undefined, rules: [] });
    workspace.setDocument(ADDRESS, language, text.replace(CARET, ''));
    const analysis = workspace.analyse(ADDRESS);
    if (analysis === null) continue;
    const environment = workspace.environmentOf(ADDRESS);
    for (const [carets, { index }] of [...text.matchAll(CARET)].entries()) {
      const offset = index - carets;
      yield { hover: hoverAt(analysis, offset, { linker, environment }), completions: completionsAt(analysis, offset) };
    }
  }
}
