/** `What If…`: something is picked to be tried on a drive, and shown; on demand the edit is made that was tried. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Content, Documents } from './documents.js';
import { placeInFront } from './explain.js';
import { pickOption } from './pick-option.js';
import { pickDrive, sayWhereToPutTheCaret } from './places.js';
import {
  type Change,
  type DrivePlace,
  type Program,
  type WhatIfChoices,
  type WhatIfOffer,
  whatIfChoicesRequest,
  whatIfOptionsRequest,
  whatIfRequest,
} from './protocol.js';

type Offers = Extract<WhatIfChoices, { readonly kind: 'offers' }>;

interface Item extends vscode.QuickPickItem {
  readonly next: Change | Program | 'option' | null;
}

export interface WhatIfInput {
  readonly client: LanguageClient;
  readonly documents: Documents;
  /** Puts a release in force for a document. */
  readonly useRelease: (document: vscode.Uri, program: Program, version: string) => Promise<void>;
}

export class WhatIf {
  constructor(private readonly input: WhatIfInput) {}

  /**
   * Asks what is to be tried, unless that is said, and shows what would come of it.
   * @returns the document's address; undefined where nothing was picked, or there is nothing to try it on
   */
  async open(given: DrivePlace | undefined, change?: Change): Promise<vscode.Uri | undefined> {
    const start = placeInFront(given);
    if (start === undefined) {
      sayWhereToPutTheCaret();
      return undefined;
    }
    const offers = await this.offersAt(start);
    if (offers === undefined) return undefined;
    const { uri, position, drive } = offers;
    const place = { uri, position, drive };
    const wanted = change ?? (await this.pick(offers, place));
    if (wanted === undefined) return undefined;
    const title = vscode.l10n.t('What if {0}', saysOf(wanted));
    return this.input.documents.open({ kind: 'whatIf', place, change: wanted }, title);
  }

  /** What a document shows of a change. */
  async content(place: DrivePlace, change: Change): Promise<Content> {
    const answer = await this.input.client.sendRequest(whatIfRequest, { ...place, change });
    if (answer?.kind !== 'tried') return { markdown: `${answer?.message ?? ''}\n`, canBeApplied: false };
    return { markdown: answer.markdown, canBeApplied: answer.edit !== null || change.kind === 'release' };
  }

  /** Makes the change: the edit that is tried once more on the text as it is now, or another release. */
  async apply(place: DrivePlace, change: Change): Promise<boolean> {
    const { client, useRelease } = this.input;
    if (change.kind === 'release') {
      await useRelease(vscode.Uri.parse(place.uri), change.program, change.version);
      return true;
    }
    const answer = await client.sendRequest(whatIfRequest, { ...place, change });
    if (answer?.kind !== 'tried' || answer.edit === null) return false;
    return vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(answer.edit));
  }

  // -------------------------------------------------------------------------------------------------------------------

  /** Where several drives read a file, of the one that the user picks. */
  private async offersAt(place: DrivePlace): Promise<Offers | undefined> {
    const answer = await this.input.client.sendRequest(whatIfChoicesRequest, place);
    switch (answer?.kind) {
      case 'offers':
        return answer;
      case 'choose': {
        const question = vscode.l10n.t('{0} On which one is something to be tried?', answer.message);
        const picked = await pickDrive(answer.drives, question);
        return picked && this.offersAt(picked);
      }
      case 'none':
        void vscode.window.showInformationMessage(answer.message);
        return undefined;
      default:
        return undefined;
    }
  }

  private async pick(offers: Offers, place: DrivePlace): Promise<Change | undefined> {
    const title = vscode.l10n.t('What if: {0}', offers.drive);
    const picked = await vscode.window.showQuickPick(firstItems(offers), {
      title,
      placeHolder: vscode.l10n.t('Now: {0}', offers.now),
      matchOnDescription: true,
    });
    const next = picked?.next ?? null;
    switch (next) {
      case null:
        return undefined;
      case 'qemu':
      case 'librbd':
        return this.pickRelease(offers, next);
      case 'option': {
        const ask = (typed: string) => this.input.client.sendRequest(whatIfOptionsRequest, { ...place, typed });
        return pickOption(title, ask);
      }
      default:
        return next;
    }
  }

  private async pickRelease(offers: Offers, program: Program): Promise<Change | undefined> {
    const picked = await vscode.window.showQuickPick(offers[program].map(offerItem), {
      title: vscode.l10n.t('What if: {0}', offers.drive),
      placeHolder: vscode.l10n.t('Now: {0}', offers.now),
      matchOnDescription: true,
    });
    return picked?.offer.change;
  }
}

function firstItems({ modes, takesOptions }: Offers): readonly Item[] {
  const { l10n, QuickPickItemKind } = vscode;
  const heading = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator, next: null });
  return [
    ...(modes.length === 0 ? [] : [heading(l10n.t('Cache mode'))]),
    ...modes.map((offer) => ({ ...offerItem(offer), next: offer.change })),
    heading(l10n.t('Release')),
    { label: l10n.t('Another QEMU release…'), next: 'qemu' },
    { label: l10n.t('Another librbd release…'), next: 'librbd' },
    ...(takesOptions
      ? [heading('ceph.conf'), { label: l10n.t('A value in ceph.conf…'), next: 'option' } as const]
      : []),
  ];
}

function offerItem(offer: WhatIfOffer): vscode.QuickPickItem & { readonly offer: WhatIfOffer } {
  const now = offer.inForce ? vscode.l10n.t('in force now') : '';
  return { label: offer.label, description: [now, offer.outcome].filter((text) => text !== '').join(' — '), offer };
}

/** As a tab names it. */
function saysOf(change: Change): string {
  switch (change.kind) {
    case 'mode':
      return `cache=${change.mode}`;
    case 'release':
      return `${change.program === 'qemu' ? 'QEMU' : 'librbd'} ${change.version}`;
    case 'option':
      return `${change.option} = ${change.value}`;
  }
}
