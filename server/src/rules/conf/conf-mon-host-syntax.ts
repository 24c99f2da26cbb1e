import * as l10n from '@vscode/l10n';
import { cephOption } from '../../catalog/ceph-options.js';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Finding } from '../rule.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, fix, librbd, replaceInFile } from '../support/finding.js';
import { isClientSection } from '../support/sections.js';
import { code } from '../support/shown.js';
import { sentences } from '../support/wording.js';

const OLD_PORT = '6789';

export const confMonHostSyntax: ConfRule = {
  id: 'conf-mon-host-syntax',
  severity: 'warning',
  statement:
    'A blank or a semicolon tears a monitor address apart, or it is written for msgr2, which this release does not have.',
  looksAt: 'conf',
  *check(context) {
    for (const { node } of confIndex(context).notable) {
      if (node.key !== 'mon_host' || !isClientSection(node.section) || /[<{]/.test(node.value)) continue;
      // The option that binds msgr2 came with it.
      const hasMsgr2 = cephOption(context.releases.librbd, 'ms_bind_msgr2') !== undefined;
      if (!hasMsgr2 && /(^|[[,; ])v[12]:/.test(node.value)) {
        yield msgr2(context, this, node);
        continue;
      }
      if (hasMsgr2) yield* tornGroups(context, this, node);
      yield* tornPorts(context, this, node);
    }
  },
};

function msgr2(context: ConfRuleContext, rule: ConfRule, node: KeyNode): Finding {
  const plain = v1Form(node.value);
  return confFinding(
    context,
    rule,
    node.valueSpan,
    sentences(
      l10n.t(
        '`v1:` and `v2:` belong to msgr2, which {0} does not have (it came with 14.2): it cannot read these addresses.',
        librbd(context),
      ),
      plain === null ? null : l10n.t('Write {0}.', code(plain)),
    ),
    plain === null
      ? {}
      : {
          fixes: [
            fix(l10n.t('Write plain addresses'), [replaceInFile(context, node.valueSpan, plain)], { preferred: true }),
          ],
        },
  );
}

/** `[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]` as `10.0.0.1:6789`; null where a part is not understood. */
function v1Form(written: string): string | null {
  const groups = [...written.matchAll(/\[(v[12]:[^[\]]*(?:\[[0-9A-Fa-f:.]*\][^[\]]*)*)\]|v[12]:[^,; ]+|[^,; ]+/g)];
  const plain = groups.map((match) => {
    const addresses = (match[1] ?? match[0]).split(',').map((each) => each.trim());
    const first = addresses.find((each) => each.startsWith('v1:')) ?? addresses[0] ?? '';
    if (!/^v[12]:/.test(first)) return first;
    const parts = /^v[12]:(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(\d+))?(?:\/\d+)?$/.exec(first);
    if (parts === null) return null;
    const [, host = '', port] = parts;
    return `${host}:${first.startsWith('v1:') && port !== undefined ? port : OLD_PORT}`;
  });
  return plain.includes(null) ? null : plain.join(',');
}

/** `[v2:10.0.0.1:3300, v1:10.0.0.1:6789]`: the list is cut at blanks and semicolons before its brackets are looked at. */
function* tornGroups(context: ConfRuleContext, rule: ConfRule, node: KeyNode): Generator<Finding> {
  const written = context.tree.text.slice(node.valueSpan.start, node.valueSpan.end);
  for (const match of written.matchAll(/\[[ \t]*v[12]:[^[\]]*(?:\[[0-9A-Fa-f:.]*\][^[\]]*)*\]/g)) {
    const [group] = match;
    if (!/[ ;\t]/.test(group) || /[\\\n]/.test(group)) continue;
    const start = node.valueSpan.start + match.index;
    const span = { start, end: start + group.length };
    const addresses = group
      .slice(1, -1)
      .split(/[,; \t]+/)
      .filter((each) => each !== '');
    const whole = addresses.every((each) => /^v[12]:/.test(each)) ? `[${addresses.join(',')}]` : null;
    yield confFinding(
      context,
      rule,
      span,
      l10n.t(
        '{0} cuts the list at blanks and semicolons before it looks at brackets, and cannot read the pieces of this one. Only commas may stand inside.',
        librbd(context),
      ),
      whole === null
        ? {}
        : {
            fixes: [
              fix(l10n.t('Leave only commas inside'), [replaceInFile(context, span, whole)], { preferred: true }),
            ],
          },
    );
  }
}

/** `10.0.0.1 :6789`: a blank ends an address. */
function* tornPorts(context: ConfRuleContext, rule: ConfRule, node: KeyNode): Generator<Finding> {
  const written = context.tree.text.slice(node.valueSpan.start, node.valueSpan.end);
  for (const match of written.matchAll(/[\w.\]](?:[ \t]+:|:[ \t]+)(?=\d+\b)(?!\d+[.:])/g)) {
    const start = node.valueSpan.start + match.index + 1;
    const span = { start, end: start + match[0].length - 1 };
    yield confFinding(
      context,
      rule,
      span,
      l10n.t(
        'A blank ends a monitor address: {0} does not see the port behind it as part of the address.',
        librbd(context),
      ),
      { fixes: [fix(l10n.t('Take out the blank'), [replaceInFile(context, span, ':')], { preferred: true })] },
    );
  }
}
