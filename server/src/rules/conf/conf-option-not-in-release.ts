import * as l10n from '@vscode/l10n';
import type { KeyNode } from '../../syntax/ceph-conf/tree.js';
import type { ConfRule, ConfRuleContext, Finding, Fix } from '../rule.js';
import { BoundedMemo } from '../support/bounded-memo.js';
import { isClientOption } from '../support/client-options.js';
import { confIndex, winnersOf } from '../support/conf-index.js';
import { confFinding, fix, inFile, replaceInFile } from '../support/finding.js';
import { type Absence, absenceOf, mayKnowMore } from '../support/option-life.js';
import { inStyleOf, renameKey } from '../support/rename-key.js';
import { isClientSection } from '../support/sections.js';
import { code, writtenKey } from '../support/shown.js';
import { readerOf, sentences } from '../support/wording.js';

/** From this many on, the daemons' old options get one hint together: they do no harm to a disk. */
const FLOOD = 5;
/** Of the options that share a hint. */
const MOST_NOTES = 10;

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
          yield notInRelease(context, this, { node, absence }, isSure(context, absence) ? 'warning' : 'hint');
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

/** False where the release's own source was not read, or may hold options of later ones. */
function isSure({ releases }: ConfRuleContext, { uncertain, kind }: Absence): boolean {
  return uncertain === null && !(kind !== 'gone' && mayKnowMore(releases.librbd));
}

function notInRelease(context: ConfRuleContext, rule: ConfRule, absent: Absent, severity: 'warning' | 'hint'): Finding {
  const { node, absence } = absent;
  const { knownAs, uncertain } = absence;
  const key = code(node.key);
  return confFinding(
    context,
    rule,
    node.keySpan,
    sentences(
      absence.when(key),
      l10n.t('{0} does not know it and ignores this line without a word.', readerOf(context, node.section)),
      knownAs === null ? null : insteadOf(context, node, knownAs),
      uncertain === null
        ? null
        : l10n.t(
            'The sources between {0} and {1} were not read, so that this may differ here.',
            uncertain.after,
            uncertain.until,
          ),
    ),
    { severity, fixes: [...rename(context, absent), deleteLine(context, node)] },
  );
}

function insteadOf({ tree }: ConfRuleContext, { section }: KeyNode, knownAs: string): string {
  return winnersOf(tree, section).has(knownAs)
    ? l10n.t('{0}, which is set here too, takes its place.', code(knownAs))
    : l10n.t('Use {0} instead.', code(knownAs));
}

function rename(context: ConfRuleContext, { node, absence }: Absent): Fix[] {
  if (absence.knownAs === null) return [];
  const spelt = inStyleOf(writtenKey(context.tree.text, node), absence.knownAs);
  return renameKey(context, node, absence.knownAs, spelt, { verb: 'rename', preferred: true });
}

function deleteLine(context: ConfRuleContext, node: KeyNode): Fix {
  return fix(l10n.t('Delete the line (other programs may read it)'), [replaceInFile(context, node.span, '')]);
}

function* manyOfDaemons(context: ConfRuleContext, rule: ConfRule, absent: readonly Absent[]): Generator<Finding> {
  const [first, ...others] = absent;
  if (first === undefined) return;
  yield confFinding(
    context,
    rule,
    first.node.keySpan,
    l10n.t(
      '{0} options of daemons in this file, such as {1}, are of other releases: Ceph {2} passes over them. No disk takes harm from that.',
      absent.length,
      code(first.node.key),
      context.releases.librbd.label,
    ),
    {
      severity: 'hint',
      related: others.slice(0, MOST_NOTES).map(({ node, absence }) => ({
        at: inFile(context, node.keySpan),
        message: absence.when(code(node.key)),
      })),
      fixes: [
        fix(
          l10n.t('Delete the {0} lines (other programs may read them)', absent.length),
          absent.map(({ node }) => replaceInFile(context, node.span, '')),
        ),
      ],
    },
  );
}

export const confOptionNotInRelease: ConfRule = createConfOptionNotInRelease();
