import * as l10n from '@vscode/l10n';
import { cephOption, isForeignName } from '../../catalog/ceph-options.js';
import { optionTimeline } from '../../catalog/ceph-timeline.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Finding } from '../rule.js';
import { allowedNames } from '../support/allowed-names.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding } from '../support/finding.js';
import { createNearNames } from '../support/near-names.js';
import { mayKnowMore } from '../support/option-life.js';
import { inStyleOf, renameKey } from '../support/rename-key.js';
import { code, writtenKey } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

/** Names shorter than this are near to too many others to be called misspelt. */
const SHORTEST_NAME = 6;
/** A file with more unknown names than this speaks of something else. */
const MOST_SEARCHES = 100;

function createConfUnknownOption(): ConfRule {
  const nearNames = createNearNames();
  return {
    id: 'conf-unknown-option',
    severity: 'warning',
    statement:
      'No release knows an option of this name, so the line does nothing; there is one with nearly that name, or it begins with `rbd_`.',
    looksAt: 'conf',
    *check(context) {
      const release = context.releases.librbd;
      const isAllowed = allowedNames(context.allowedOptions);
      let searches = 0;
      for (const { node, elsewhere } of confIndex(context).unknown) {
        if (elsewhere || !isNoOption(node.key) || isAllowed(node.key)) continue;
        const plain = node.key.toLowerCase().replace(/[\s-]/g, '_');
        const isRbd = node.key.startsWith('rbd_');
        if (plain.length < SHORTEST_NAME && !isRbd) continue;
        if (++searches > MOST_SEARCHES) return;
        const near = cephOption(release, plain) !== undefined ? [plain] : nearNames(release, plain);
        if (near.length > 0 || isRbd) yield unknownOption(context, this, node, near, plain);
      }
    },
  };
}

/** True for a name that is nobody else's; dashes in a known one have their own rule. */
function isNoOption(key: string): boolean {
  if (isForeignName(key) || !/^[A-Za-z][\w \t\v\f-]*$/.test(key)) return false;
  return !key.includes('-') || optionTimeline(key.replaceAll('-', '_')) === undefined;
}

function unknownOption(
  context: ConfRuleContext,
  rule: ConfRule,
  node: KeyNode,
  near: readonly string[],
  plain: string,
): Finding {
  const written = writtenKey(context.tree.text, node);
  const [meant] = near;
  const onlySpelling = meant === plain;
  const unsure = !onlySpelling && mayKnowMore(context.releases.librbd);
  return confFinding(
    context,
    rule,
    node.keySpan,
    sentences(
      onlySpelling ? misspelt(context, node, written) : notKnown(context, node, written, unsure),
      meant === undefined
        ? l10n.t('Look the name up, or delete the line.')
        : l10n.t('Did you mean {0}?', code(inStyleOf(written, meant))),
    ),
    {
      severity: unsure ? 'hint' : 'warning',
      fixes: near
        .slice(0, 3)
        .flatMap((name, i) =>
          renameKey(context, node, name, inStyleOf(written, name), { verb: 'write', preferred: i === 0 }),
        ),
    },
  );
}

/** The name is right but for capitals, or for what stands between its words. */
function misspelt(context: ConfRuleContext, node: KeyNode, written: string): string {
  const reader = readerOf(context, node.section);
  return /\t/.test(node.key)
    ? l10n.t(
        '{0} is no option of Ceph: {1} does not turn a tab inside a key into an underscore, and so ignores this line without a word.',
        code(written),
        reader,
      )
    : l10n.t(
        '{0} is no option of Ceph: {1} compares keys letter by letter, and so ignores this line without a word.',
        code(written),
        reader,
      );
}

function notKnown(context: ConfRuleContext, node: KeyNode, written: string, unsure: boolean): string {
  const reader = readerOf(context, node.section);
  return unsure
    ? l10n.t(
        '{0} is no option of the releases that are known; {1} stands in for another one, which may know it.',
        code(written),
        reader,
      )
    : l10n.t(
        '{0} is no option of Ceph: {1} does not know it and ignores this line without a word.',
        code(written),
        reader,
      );
}

export const confUnknownOption: ConfRule = createConfUnknownOption();
