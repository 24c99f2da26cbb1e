/** Completion as data: a text with the caret marked `‸`, the item that is taken, and the whole text afterwards. */
import { expect } from 'vitest';
import type { DocumentAnalysis } from '../../../../server/src/features/analysis-model.js';
import { plainSnippet } from '../../../../server/src/features/completion/view.js';
import { type CompletionList, type CompletionView, completionsAt } from '../../../../server/src/features/completion.js';
import { Workspace } from '../../../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../../../server/src/workspace/memory-file-access.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../../server/src/workspace/settings.js';
import { CARET } from '../../../caret.js';

/** What a text is: a ceph.conf, a shell script, or a command line as `ps` shows it. */
export type Kind = 'conf' | 'script' | 'args';

const DOCUMENTS: Readonly<Record<Kind, readonly [address: string, language: string]>> = {
  conf: ['file:///h/etc/ceph/ceph.conf', 'ceph-conf'],
  script: ['file:///h/vm.sh', 'shellscript'],
  args: ['file:///h/vm.qemu-args', 'qemu-args'],
};

export interface Scene {
  readonly kind: Kind;
  /** `QEMU librbd`, as people write them. */
  readonly pair: string;
  /** With the caret in it. */
  readonly text: string;
  /** Other documents that are open, by their address. */
  readonly others?: Readonly<Record<string, string>>;
  /** The character that was typed, where the editor asks because of it. */
  readonly trigger?: string;
  readonly settings?: Partial<Settings>;
}

export interface Opened {
  readonly address: string;
  readonly text: string;
  readonly caret: number;
}

function languageOf(address: string): string {
  if (address.endsWith('.conf')) return 'ceph-conf';
  return address.endsWith('.sh') ? 'shellscript' : 'qemu-args';
}

/** A workspace in which one text after another is looked at. */
export class Stage {
  private readonly workspace: Workspace;
  private readonly confPaths: readonly string[];

  constructor(
    pair: string,
    private readonly others: Readonly<Record<string, string>> = {},
    settings: Partial<Settings> = {},
  ) {
    const [qemu, librbd] = pair.split(' ');
    this.workspace = new Workspace({
      files: new MemoryFileAccess({ 'file:///h/etc/passwd': '' }),
      log: (message) => expect.fail(message),
      commandLine: { qemu, librbd },
      rules: [],
    });
    this.workspace.setSettings(null, { ...DEFAULT_SETTINGS, root: '/h', ...settings });
    for (const [address, text] of Object.entries(others)) {
      this.workspace.setDocument(address, languageOf(address), text);
    }
    this.confPaths = Object.keys(this.others).flatMap((one) => /\/etc\/ceph\/[^/]+\.conf$/.exec(one)?.[0] ?? []);
  }

  analyse(kind: Kind, text: string): DocumentAnalysis {
    const [address, language] = DOCUMENTS[kind];
    this.workspace.setDocument(address, language, text);
    const analysis = this.workspace.analyse(address);
    if (analysis === null) throw new Error('the document is none of ours');
    return analysis;
  }

  /** `marked`: with the caret in it. */
  offered(kind: Kind, marked: string, trigger: string | null = null): CompletionList & Opened {
    const caret = marked.indexOf(CARET);
    if (caret < 0) throw new Error('the text holds no caret');
    const text = marked.replace(CARET, '');
    const analysis = this.analyse(kind, text);
    const list = completionsAt(analysis, caret, {
      trigger,
      drives: () => this.workspace.drives(),
      confPaths: () => this.confPaths,
    });
    return { ...list, address: analysis.address, text, caret };
  }
}

export function offered({ kind, pair, text, others, trigger, settings }: Scene): CompletionList & Opened {
  return new Stage(pair, others, settings).offered(kind, text, trigger ?? null);
}

export function labels(scene: Scene): readonly string[] {
  return [...offered(scene).items].sort((a, b) => a.rank - b.rank).map(({ label }) => label);
}

/** The text after an item is taken, and the caret behind what came in, as an editor without snippets does it. */
export function accept(
  { text, insert, replace }: CompletionList & Opened,
  taken: CompletionView,
  how: 'insert' | 'replace',
) {
  const { start, end } = how === 'insert' ? insert : replace;
  const caret = start + taken.newText.length;
  return { text: text.slice(0, start) + taken.newText + text.slice(end), caret };
}

/** As {@link accept} in an editor with snippets: `‸` where its first place is. */
export function acceptSnippet(
  { text, replace: { start, end } }: CompletionList & Opened,
  taken: CompletionView,
): string {
  const snippet = taken.snippet ?? taken.newText;
  const place = /\$\{?1(?![0-9])/.exec(snippet);
  const marked = place === null ? snippet : `${snippet.slice(0, place.index)}${CARET}${snippet.slice(place.index)}`;
  return text.slice(0, start) + plainSnippet(marked) + text.slice(end);
}

export interface Case extends Omit<Scene, 'pair'> {
  readonly pairs: readonly string[];
  /** The item that is taken. */
  readonly take: string;
  /** The whole text afterwards, with the caret. */
  readonly gives: string;
  /** The same where the editor inserts at the caret and leaves the rest of the word. */
  readonly inserted?: string;
}

export function checkCase(each: Case): void {
  for (const pair of each.pairs) {
    const scene = offered({ ...each, pair });
    const taken = scene.items.find(({ label }) => label === each.take);
    if (taken === undefined) {
      expect.fail(`${pair} does not offer ${each.take}; it offers ${scene.items.map(({ label }) => label).join(', ')}`);
    }
    const typed = scene.text.slice(scene.insert.start, scene.insert.end);
    expect(looseMatch(taken.filter, typed), `${taken.filter} is found by ${typed}`).toBe(true);
    expect(marked(accept(scene, taken, 'replace')), pair).toBe(each.gives);
    if (each.inserted !== undefined) expect(marked(accept(scene, taken, 'insert')), pair).toBe(each.inserted);
  }
}

function marked({ text, caret }: { readonly text: string; readonly caret: number }): string {
  return `${text.slice(0, caret)}${CARET}${text.slice(caret)}`;
}

/** As editors sort items out: the typed letters in their order. */
export function looseMatch(filter: string, typed: string): boolean {
  const wanted = filter.toLowerCase();
  let at = -1;
  for (const letter of typed.toLowerCase()) {
    at = wanted.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
