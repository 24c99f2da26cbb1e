import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Finding, Fix } from '../rule.js';
import { BoundedMemo } from '../support/bounded-memo.js';
import { isClientOption } from '../support/client-options.js';
import { confIndex } from '../support/conf-index.js';
import { confFinding, fix, inFile, librbd, replaceInFile } from '../support/finding.js';
import { type Absence, absenceOf } from '../support/option-life.js';
import { inStyleOf, renameKey } from '../support/rename-key.js';
import { isClientSection } from '../support/sections.js';
import { code, writtenKey } from '../support/shown.js';

/** From this many on, the daemons' old options get one hint together: they do no harm to a disk. */
const FLOOD = 5;

interface Absent {
  readonly node: KeyNode;
  readonly absence: Absence;
}

function createConfOptionNotInRelease(): ConfRule {
  const absences = new BoundedMemo<Absence | null>(2000);
  return {
    id: 'conf-option-not-in-release',
    severity: 'warning',
    statement: 'This option exists in other releases only: here it is unknown, and the line does nothing.',
    looksAt: 'conf',
    *check(context) {
      const release = context.releases.librbd;
      const ofDaemons: Absent[] = [];
      for (const { node, elsewhere } of confIndex(context).unknown) {
        if (!elsewhere) continue;
        const absence = absences.get(`${release.label} ${node.key}`, () => absenceOf(release, node.key));
        if (absence === null) continue;
        if (isClientOption(node.key) && isClientSection(node.section)) {
          yield notInRelease(context, this, { node, absence }, 'warning');
        } else {
          ofDaemons.push({ node, absence });
        }
      }
      if (ofDaemons.length < FLOOD) {
        for (const absent of ofDaemons) yield notInRelease(context, this, absent, 'hint');
      } else {
        yield* manyOfDaemons(context, this, ofDaemons);
      }
    },
  };
}

function notInRelease(context: ConfRuleContext, rule: ConfRule, absent: Absent, severity: 'warning' | 'hint'): Finding {
  const { node, absence } = absent;
  const { knownAs, uncertain } = absence;
  const doubt =
    uncertain === null
      ? ''
      : ` (The sources between ${uncertain.after} and ${uncertain.until} were not read, so this may differ here.)`;
  return confFinding(
    context,
    rule,
    node.keySpan,
    `${code(node.key)} ${absence.when}: ${librbd(context)} does not know it and ignores this line without a word.` +
      (knownAs === null ? '' : ` Here it is ${code(knownAs)}.`) +
      doubt,
    { severity, fixes: severity === 'hint' ? [] : [...rename(context, absent), deleteLine(context, node)] },
  );
}

function rename(context: ConfRuleContext, { node, absence }: Absent): Fix[] {
  if (absence.knownAs === null) return [];
  const spelt = inStyleOf(writtenKey(context.tree.text, node), absence.knownAs);
  return renameKey(context, node, absence.knownAs, spelt, { verb: 'Rename to', preferred: true });
}

function deleteLine(context: ConfRuleContext, node: KeyNode): Fix {
  return fix(`Delete the line (${librbd(context)} does not read it; other programs may)`, [
    replaceInFile(context, node.span, ''),
  ]);
}

function* manyOfDaemons(context: ConfRuleContext, rule: ConfRule, absent: readonly Absent[]): Generator<Finding> {
  const first = absent[0];
  if (first === undefined) return;
  yield confFinding(
    context,
    rule,
    first.node.keySpan,
    `${absent.length} options of daemons in this file, such as ${code(first.node.key)}, are of other releases: ` +
      `${librbd(context)} does not know them. They do nothing here, and no harm.`,
    {
      severity: 'hint',
      related: absent.slice(1, 11).map(({ node, absence }) => ({
        at: inFile(context, node.keySpan),
        message: `${node.key} ${absence.when}.`,
      })),
    },
  );
}

export const confOptionNotInRelease: ConfRule = createConfOptionNotInRelease();
