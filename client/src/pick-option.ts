/** A list to type `option = value` into: names first, then values of the one that was taken. */
import * as vscode from 'vscode';
import type { Change, OptionOffer } from './protocol.js';

interface OptionItem extends vscode.QuickPickItem {
  readonly offer: OptionOffer;
}

/** @param ask how what was typed could go on */
export function pickOption(
  title: string,
  ask: (typed: string) => Promise<readonly OptionOffer[] | null>,
): Promise<Change | undefined> {
  const list = vscode.window.createQuickPick<OptionItem>();
  list.title = title;
  list.placeholder = vscode.l10n.t('option = value');
  let asked = 0;
  const fill = async (): Promise<void> => {
    asked += 1;
    const own = asked;
    list.busy = true;
    const offers = (await ask(list.value)) ?? [];
    // What was typed meanwhile has its own answer.
    if (own !== asked) return;
    list.items = offers.map((offer) => ({ label: offer.text, description: offer.detail, alwaysShow: true, offer }));
    list.busy = false;
  };
  return new Promise((resolve, reject) => {
    list.onDidChangeValue(() => fill().catch(reject));
    list.onDidAccept(() => {
      const [item] = list.activeItems;
      if (item === undefined) return;
      if (item.offer.complete) {
        resolve(changeIn(item.offer.text));
        list.hide();
      } else {
        list.value = item.offer.text;
        fill().catch(reject);
      }
    });
    list.onDidHide(() => {
      list.dispose();
      resolve(undefined);
    });
    list.show();
    fill().catch(reject);
  });
}

function changeIn(text: string): Change {
  const equals = text.indexOf('=');
  return { kind: 'option', option: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim() };
}
