/** In a comment that speaks to this tool: releases, and rules that are not wanted. */
import * as l10n from '@vscode/l10n';
import { cephChoices, qemuChoices, type ReleaseChoice, VENDORS } from '../../catalog/releases.js';
import { ALL_RULES } from '../../rules/all.js';
import { DIRECTIVE_KEYS } from '../../syntax/directives.js';
import { type CompletionList, type CompletionView, item } from './view.js';

/** `before`: the line up to the caret. Null where it is no such comment. */
export function directiveCompletions(before: string, offset: number): CompletionList | null {
  const releases = /[#;][ \t]*rbdcache:([^\r\n]*)$/.exec(before)?.[1];
  if (releases !== undefined) return inReleases(releases, offset);
  const rules = /[#;][ \t]*rbdcache-disable(?:-next-line)?[ \t]([^\r\n]*)$/.exec(before)?.[1];
  if (rules === undefined || /(?:^|\s)--(?:\s|$)/.test(rules)) return null;
  const typed = /[\w-]*$/.exec(rules)?.[0] ?? '';
  const given = new Set(rules.split(/[\s,]+/));
  const ids = ALL_RULES.map(({ id }) => id).filter((id) => id === typed || !given.has(id));
  return list(
    ids.map((id) => item({ label: id, kind: 'value' })),
    typed,
    offset,
  );
}

function inReleases(text: string, offset: number): CompletionList {
  const word = /\S*$/.exec(text)?.[0] ?? '';
  const equals = word.indexOf('=');
  if (equals < 0) {
    const keys = DIRECTIVE_KEYS.filter((key) => !new RegExp(`(?:^|\\s)${key}=`).test(text));
    return list(
      keys.map((key) => item({ label: key, kind: 'option', newText: `${key}=`, goesOn: true })),
      word,
      offset,
    );
  }
  const typed = word.slice(equals + 1);
  switch (word.slice(0, equals)) {
    case 'qemu':
      return list(choices(qemuChoices()), typed, offset);
    case 'librbd':
      return list(choices(cephChoices()), typed, offset);
    case 'vendor':
      return list(
        VENDORS.map((vendor) => item({ label: vendor, kind: 'value' })),
        typed,
        offset,
      );
    default:
      return list([], typed, offset);
  }
}

/** Newest first, as they come. */
function choices(releases: readonly ReleaseChoice[]): readonly CompletionView[] {
  return releases.map(({ version, name, year }, rank) =>
    item({
      label: version,
      kind: 'value',
      detail: name === null ? year : l10n.t('{0}, {1}', name, year),
      rank,
    }),
  );
}

function list(items: readonly CompletionView[], typed: string, offset: number): CompletionList {
  const span = { start: offset - typed.length, end: offset };
  return { items, incomplete: false, insert: span, replace: span };
}
