/** What the client can do with completions and signatures, read from its `initialize`. */
import type { CompletionClientCapabilities, SignatureHelpClientCapabilities } from 'vscode-languageserver';

export interface CompletionSupport {
  readonly snippets: boolean;
  /** Shows a second text beside the label. */
  readonly labelDetails: boolean;
  /** Asks the person whether to insert at the caret or to replace the word. */
  readonly insertReplace: boolean;
  /** Takes the range once for all items. */
  readonly sharedRange: boolean;
  readonly deprecated: 'tag' | 'flag' | 'none';
  readonly commitCharacters: boolean;
  readonly markdown: boolean;
  /** The client's command that asks for completions again; null: it has none. */
  readonly suggestCommand: string | null;
}

export interface SignatureSupport {
  /** Takes a parameter's place in the label as offsets. */
  readonly labelOffsets: boolean;
  /** Takes the active parameter for each signature. */
  readonly activeParameter: boolean;
  readonly markdown: boolean;
}

export function completionSupport(
  completion: CompletionClientCapabilities | undefined,
  suggestCommand: string | null,
): CompletionSupport {
  const item = completion?.completionItem;
  const formats = item?.documentationFormat;
  return {
    snippets: item?.snippetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    sharedRange: completion?.completionList?.itemDefaults?.includes('editRange') === true,
    deprecated:
      item?.tagSupport?.valueSet?.includes(1) === true ? 'tag' : item?.deprecatedSupport === true ? 'flag' : 'none',
    commitCharacters: item?.commitCharactersSupport === true,
    markdown: formats === undefined || formats.includes('markdown'),
    suggestCommand,
  };
}

export function signatureSupport(signature: SignatureHelpClientCapabilities | undefined): SignatureSupport {
  const information = signature?.signatureInformation;
  const formats = information?.documentationFormat;
  return {
    labelOffsets: information?.parameterInformation?.labelOffsetSupport === true,
    activeParameter: information?.activeParameterSupport === true,
    markdown: formats === undefined || formats.includes('markdown'),
  };
}
