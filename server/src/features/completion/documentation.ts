/** What is said of an item once somebody looks at it, as Markdown. */
import * as l10n from '@vscode/l10n';
import { anyDriveOption, driveOption } from '../../catalog/qemu-options.js';
import type { ReleasePair } from '../../simulate/model.js';
import { markdownCode } from '../answer-render.js';
import {
  cacheModeMeaning,
  deviceOptionMeaning,
  driveOptionMeaning,
  flagMeaning,
  nameOptionMeaning,
  secretMemberMeaning,
} from '../drive-option-words.js';
import { optionFacts } from '../option-words.js';
import type { Topic } from './view.js';

/** Empty where there is nothing to say. */
export function documentationOf({ about, name }: Topic, releases: ReleasePair): string {
  return paragraphsOf(about, name, releases).join('\n\n');
}

function paragraphsOf(about: Topic['about'], name: string, releases: ReleasePair): readonly string[] {
  switch (about) {
    case 'ceph':
      return optionFacts(name, releases.librbd);
    case 'name': {
      const own = nameOptionMeaning(name);
      return own === undefined ? optionFacts(name, releases.librbd) : [own];
    }
    case 'drive':
      return [...said(driveOptionMeaning(name)), ...driveFacts(name, releases)];
    case 'member':
      return said(driveOptionMeaning(name));
    case 'device':
      return said(deviceOptionMeaning(name));
    case 'object':
      return said(secretMemberMeaning(name));
    case 'mode':
      return said(cacheModeMeaning(name));
    case 'flag':
      return said(flagMeaning(name));
    case 'snippet':
      return [snippetWords(name)];
  }
}

function said(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function driveFacts(name: string, { qemu }: ReleasePair): readonly string[] {
  const option = driveOption(qemu, name);
  if (option === undefined) return [];
  const facts: string[] = [];
  if (option.allowed.size > 0) facts.push(l10n.t('One of {0}', [...option.allowed].map(markdownCode).join(', ')));
  else if (option.type === 'bool') facts.push(l10n.t('One of {0}', ['on', 'off'].map(markdownCode).join(', ')));
  if (option.default !== null) facts.push(l10n.t('default {0}', markdownCode(option.default)));
  const life = lifeOf(name);
  return [...(facts.length === 0 ? [] : [facts.join(' · ')]), ...(life === '' ? [] : [life])];
}

function lifeOf(name: string): string {
  const option = anyDriveOption(name);
  if (option === undefined) return '';
  const { since, deprecated, removed, replacement, alias } = option;
  const parts = [
    ...(since === FIRST ? [] : [l10n.t('Since QEMU {0}', since)]),
    ...(alias === null ? [] : [l10n.t('the same as {0} from {1}', markdownCode(alias.of), alias.since)]),
    ...(deprecated === null ? [] : [l10n.t('deprecated in {0}', deprecated)]),
    ...(removed === null ? [] : [l10n.t('gone in {0}', removed)]),
    ...(replacement === null ? [] : [l10n.t('instead: {0}', markdownCode(replacement))]),
  ];
  return parts.join(' · ');
}

/** The oldest release of the facts. */
const FIRST = '0.14';

function snippetWords(name: string): string {
  switch (name) {
    case 'drive':
      return l10n.t(
        'A disk that a crash costs no more than what the guest left unflushed, in the releases in force and without a ceph.conf. Pool, image, client and name are to be filled in.',
      );
    case 'client':
      return l10n.t(
        'A section for the client that drives connect as with `id=`. A general section stays in force for what it does not say.',
      );
    case 'observe':
      return l10n.t(
        'Shows what librbd really does: `ceph --admin-daemon … config show` and `perf dump` on the socket. Where AppArmor guards QEMU, the lines in the comment belong into its abstraction. It counts for disks that are attached afterwards.',
      );
    default:
      return '';
  }
}
