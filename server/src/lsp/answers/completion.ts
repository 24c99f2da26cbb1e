/** Completion in the shapes that this client takes. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  CompletionTriggerKind,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver';
import { documentationOf } from '../../features/completion/documentation.js';
import {
  type CompletionView,
  completionsAt,
  type CompletionList as Offered,
  type Topic,
} from '../../features/completion.js';
import { pathOfAddress } from '../../workspace/address.js';
import type { Analysed, Answering } from '../answering.js';
import type { CompletionSupport } from '../completion-client.js';
import { type ClientDocument, offsetOf, rangeOf } from '../documents.js';
import { stringIn } from '../params.js';

const KINDS: Readonly<Record<CompletionView['kind'], CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  section: CompletionItemKind.Module,
  variable: CompletionItemKind.Variable,
  flag: CompletionItemKind.Keyword,
  name: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
};

export function completions(
  answering: Answering,
  { known, analysis }: Analysed,
  { position, context }: CompletionParams,
): CompletionList {
  const byCharacter = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
  const offered = completionsAt(analysis, offsetOf(known.document, position), {
    trigger: byCharacter ? (context.triggerCharacter ?? null) : null,
    drives: () => answering.workspace.drives(),
    confPaths: () => openConfPaths(answering),
  });
  return toList(offered, known, answering.client().completion);
}

/** The item with its documentation. */
export function documented(answering: Answering, item: CompletionItem): CompletionItem {
  const topic = topicIn(item.data);
  const address = stringIn(item.data, 'address');
  const pair = address === null ? undefined : answering.workspace.analyse(address)?.releases.pair;
  if (topic === null || pair === undefined) return item;
  const value = documentationOf(topic, pair);
  if (value === '') return item;
  const { markdown } = answering.client().completion;
  return { ...item, documentation: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value } };
}

/** Where each open ceph.conf stands on its machine: below an `etc` that stands for `/etc`. */
function openConfPaths({ documents }: Answering): readonly string[] {
  return documents.all().flatMap(({ address }) => {
    const path = /\/etc\/ceph\/[^/]+\.conf$/.exec(pathOfAddress(address) ?? '')?.[0];
    return path === undefined ? [] : [path];
  });
}

function toList({ items, incomplete, insert, replace }: Offered, known: ClientDocument, client: CompletionSupport) {
  const { document, address } = known;
  const ranges = { insert: rangeOf(document, insert), replace: rangeOf(document, replace) };
  const list: CompletionList = { isIncomplete: incomplete, items: [] };
  if (client.sharedRange) list.itemDefaults = { editRange: client.insertReplace ? ranges : ranges.replace };
  list.items = items.map((view): CompletionItem => {
    const asSnippet = client.snippets && view.snippet !== null;
    const newText = asSnippet ? (view.snippet ?? view.newText) : view.newText;
    return {
      label: view.label,
      kind: KINDS[view.kind],
      sortText: `${String(view.rank).padStart(4, '0')} ${view.label}`,
      filterText: view.filter,
      ...edit(newText, ranges, client),
      ...(view.detail === '' ? {} : detail(view, client)),
      ...(asSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      ...(view.deprecated ? deprecation(client) : {}),
      ...(client.commitCharacters && view.commits.length > 0 ? { commitCharacters: [...view.commits] } : {}),
      ...(view.goesOn && client.suggestCommand !== null
        ? { command: { title: '', command: client.suggestCommand } }
        : {}),
      ...(view.topic === null ? {} : { data: { address, about: view.topic.about, name: view.topic.name } }),
    };
  });
  return list;
}

function edit(
  newText: string,
  { insert, replace }: { readonly insert: ReturnType<typeof rangeOf>; readonly replace: ReturnType<typeof rangeOf> },
  client: CompletionSupport,
): Pick<CompletionItem, 'textEdit' | 'textEditText'> {
  if (client.sharedRange) return { textEditText: newText };
  return { textEdit: client.insertReplace ? { newText, insert, replace } : { newText, range: replace } };
}

function detail(
  { detail: text }: CompletionView,
  client: CompletionSupport,
): Pick<CompletionItem, 'detail' | 'labelDetails'> {
  return client.labelDetails ? { labelDetails: { description: text } } : { detail: text };
}

function deprecation({ deprecated }: CompletionSupport): Pick<CompletionItem, 'tags' | 'deprecated'> {
  if (deprecated === 'tag') return { tags: [CompletionItemTag.Deprecated] };
  return deprecated === 'flag' ? { deprecated: true } : {};
}

const ABOUT: readonly Topic['about'][] = [
  'ceph',
  'drive',
  'name',
  'mode',
  'member',
  'device',
  'object',
  'flag',
  'snippet',
];

function topicIn(data: unknown): Topic | null {
  const [about, name] = [stringIn(data, 'about'), stringIn(data, 'name')];
  const known = ABOUT.find((one) => one === about);
  return known === undefined || name === null ? null : { about: known, name };
}
