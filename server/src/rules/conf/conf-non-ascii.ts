import * as l10n from '@vscode/l10n';
import { nodeAt } from '../../syntax/ceph-conf/parts.js';
import type { Span } from '../../syntax/span.js';
import type { ConfRule, ConfRuleContext, Fix } from '../rule.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { abortsOnNonAscii, mayAbortOnNonAscii } from '../support/non-ascii.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

export const confNonAscii: ConfRule = {
  id: 'conf-non-ascii',
  severity: 'error',
  statement: 'A character outside of ASCII, neither in a comment nor in quotes, can end the whole process in 16.2.',
  holds: { librbd: { since: '16.2', until: '16.2' } },
  looksAt: 'conf',
  *check(context) {
    const { abortsAt, text } = context.tree;
    const release = context.releases.librbd;
    if (abortsAt === null || !mayAbortOnNonAscii(release) || text.charCodeAt(abortsAt.start) === 0xfeff) return;
    const certain = abortsOnNonAscii(release);
    const fixes = quoteValue(context, abortsAt);
    const character = code(text.slice(abortsAt.start, abortsAt.end));
    yield confFinding(
      context,
      this,
      abortsAt,
      sentences(
        certain
          ? l10n.t(
              '{0} is not ASCII: the parser of {1} as Debian builds it ends the whole QEMU process here.',
              character,
              librbd(context),
            )
          : l10n.t(
              '{0} is not ASCII: the parser of {1} ends the whole QEMU process here if it was built with assertions.',
              character,
              librbd(context),
            ),
        fixes.length > 0 ? l10n.t('Put the value in quotes.') : l10n.t('Keep to ASCII outside of quotes and comments.'),
      ),
      { severity: certain ? 'error' : 'warning', fixes },
    );
  },
};

function quoteValue(context: ConfRuleContext, where: Span): Fix[] {
  const { text } = context.tree;
  const node = nodeAt(context.tree, where.start);
  if (node?.kind !== 'key' || where.start < node.valueSpan.start || where.end > node.valueSpan.end) return [];
  const written = text.slice(node.valueSpan.start, node.valueSpan.end);
  if (/["\\\r\n]/.test(written)) return [];
  return [
    fix(l10n.t('Quote the value'), [replaceInFile(context, node.valueSpan, `"${written}"`)], { preferred: true }),
  ];
}
