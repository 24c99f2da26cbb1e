/** How an `option = value` that somebody types could go on: options that bear on the disk, then values that this librbd reads. */
import * as l10n from '@vscode/l10n';
import { cephOption } from '../catalog/ceph-options.js';
import { readValue } from '../simulate/librados/values.js';
import type { DriveTrace } from '../simulate/model.js';
import { isSecretOption } from '../syntax/secrets.js';
import { printable } from './answer-render.js';
import { findCephNames, nearClient, shortFacts } from './completion/ceph-names.js';
import { cephValues } from './completion/ceph-values.js';
import { shownValue } from './redact.js';
import { releaseName } from './releases.js';
import { plainName } from './what-if-changes.js';
import type { OptionOffer } from './what-if-view.js';

const MOST_OFFERS = 60;

/** The likeliest first; what was typed itself comes first where it can be tried. */
export function optionOffers(trace: DriveTrace, typed: string): readonly OptionOffer[] {
  const equals = typed.indexOf('=');
  return equals < 0 ? names(trace, typed) : values(trace, typed.slice(0, equals), typed.slice(equals + 1).trim());
}

function names({ releases, config }: DriveTrace, typed: string): readonly OptionOffer[] {
  const { librbd } = releases;
  return findCephNames(librbd, typed, nearClient, new Set())
    .names.filter(({ name }) => !isSecretOption(name))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_OFFERS)
    .map(({ name }) => {
      const value = config?.get(name);
      const facts = shortFacts(librbd, name);
      const detail = value === undefined ? facts : l10n.t('now {0} · {1}', shown(name, value), facts);
      return { text: `${name} = `, detail: printable(detail), complete: false };
    });
}

function values({ releases, config }: DriveTrace, written: string, typed: string): readonly OptionOffer[] {
  const name = plainName(written);
  const { librbd } = releases;
  const option = cephOption(librbd, name);
  if (option === undefined || isSecretOption(name)) return [];
  const now = config?.get(name);
  const offer = (value: string, detail: string): OptionOffer => ({
    text: `${name} = ${value}`,
    detail: printable([value === now ? l10n.t('in force now') : '', detail].filter((text) => text !== '').join(' · ')),
    complete: true,
  });
  const known = cephValues(librbd, name);
  const fitting = known.filter(({ text }) => text.startsWith(typed)).map(({ text, detail }) => offer(text, detail));
  if (typed === '' || known.some(({ text }) => text === typed)) return fitting.slice(0, MOST_OFFERS);
  // What the release cannot read may be tried, too; but it is more likely half of a word.
  return readValue(librbd, option, typed).ok
    ? [offer(typed, ''), ...fitting].slice(0, MOST_OFFERS)
    : [...fitting.slice(0, MOST_OFFERS - 1), offer(typed, l10n.t('{0} cannot read it', releaseName(librbd)))];
}

function shown(name: string, value: string): string {
  const text = shownValue(name, value);
  return text === '' ? l10n.t('empty') : text;
}
