import type { DriveSyntax, DriveTrace } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { appendOption, replaceIn, written } from '../support/drive-text.js';
import { driveFinding, inCommand, qemuName } from '../support/drive-words.js';
import { fix } from '../support/finding.js';
import { code } from '../support/shown.js';

export const nodeCacheNotInherited: CommandRule = {
  id: 'node-cache-not-inherited',
  severity: 'warning',
  statement: '`cache.direct` on a format node does not reach an rbd node that is given by itself.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      const { syntax, error } = trace;
      if (error !== null || trace.cacheMode.direct || ownSwitch(syntax) !== undefined) continue;
      for (const above of trace.nodesAbove ?? []) {
        const option = ownSwitch(above);
        if (option === undefined || option.unknown || !/^(?:on|yes|true|y)$/.test(option.value)) continue;
        yield driveFinding(
          this,
          inCommand(option.span),
          `${code('cache.direct')} of the node ${code(above.id ?? '')} does not reach the rbd node ${code(syntax.id ?? '')}, which is given by itself: in ${qemuName(trace)} a node named by another ` +
            'inherits nothing from it, so RBDCache is on. Say it on the rbd node, too.',
          {
            related: [{ at: inCommand(syntax.span), message: 'The rbd node, whose own switch counts.' }],
            fixes: copyFix(context, trace),
          },
        );
      }
    }
  },
};

function ownSwitch({ options }: DriveSyntax) {
  return options.findLast(({ key }) => key === 'cache.direct');
}

function copyFix(context: CommandRuleContext, { syntax }: DriveTrace): Fix[] {
  const title = `Set cache.direct on ${syntax.id ?? 'the rbd node'}`;
  if (syntax.form === 'blockdev') {
    return [fix(title, appendOption(syntax, 'cache.direct=on'), { preferred: true })];
  }
  const sibling = syntax.options.find(({ key }) => key.startsWith('cache.'));
  const text = written(context, syntax.span);
  // Within a shell's double quotes the inserted ones would end the word.
  if (text.includes('\\"') || !text.endsWith('}')) return [];
  const at = sibling?.span.end ?? syntax.span.end - 1;
  const newText = sibling === undefined ? ',"cache":{"direct":true}' : ',"direct":true';
  return [fix(title, [replaceIn({ start: at, end: at }, newText)], { preferred: true })];
}
