import { cephOption, isForeignName } from '../../catalog/ceph-options.js';
import { optionTimeline } from '../../catalog/ceph-timeline.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Finding } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, librbd } from '../support/finding.js';
import { createNearNames } from '../support/near-names.js';
import { inStyleOf, renameKey } from '../support/rename-key.js';
import { code, writtenKey } from '../support/shown.js';

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
      let searches = 0;
      for (const { node, elsewhere } of confIndex(context).unknown) {
        if (elsewhere || !isNoOption(node.key)) continue;
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
  let why = 'does not know it and ignores this line without a word';
  if (near[0] === plain) {
    why = /\t/.test(node.key)
      ? 'does not turn a tab inside a key into an underscore, and so ignores this line without a word'
      : 'compares keys letter by letter, and so ignores this line without a word';
  }
  return confFinding(
    context,
    rule,
    node.keySpan,
    `${code(written)} is no option of Ceph: ${librbd(context)} ${why}. ` +
      (near[0] === undefined ? 'Look the name up, or delete the line.' : `Did you mean ${code(near[0])}?`),
    {
      fixes: near
        .slice(0, 3)
        .flatMap((name, i) =>
          renameKey(context, node, name, inStyleOf(written, name), { verb: 'Write', preferred: i === 0 }),
        ),
    },
  );
}

export const confUnknownOption: ConfRule = createConfUnknownOption();
